package dev.tessera.emit;

import java.util.List;
import java.util.Locale;

/**
 * Output model of constraints, tool scripts and the core description.
 *
 * @param header comment lines
 * @param name module name of the top
 * @param periodNs clock period
 * @param part device of the tool that the script is for
 * @param sources Verilog files, relative to {@code rtl/}
 * @param memories memory images, relative to {@code rtl/}
 * @param description one line about the design
 * @param version version of the generator
 */
public record ToolModel(
    List<String> header,
    String name,
    double periodNs,
    String part,
    List<String> sources,
    List<String> memories,
    String description,
    String version) {
  public ToolModel {
    header = List.copyOf(header);
    sources = List.copyOf(sources);
    memories = List.copyOf(memories);
  }

  /** The clock period in the notation of all tools. */
  public String period() {
    return String.format(Locale.ROOT, "%.3f", periodNs);
  }

  /** Whether a source is SystemVerilog. */
  public boolean systemVerilog(String source) {
    return source.endsWith(".sv");
  }
}
