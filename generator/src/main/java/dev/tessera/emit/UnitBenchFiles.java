package dev.tessera.emit;

import dev.tessera.hw.RtlModule;
import dev.tessera.hw.UnitSpec;
import java.util.Map;

/** Everything that a simulator needs to run units side by side. */
public final class UnitBenchFiles {
  private UnitBenchFiles() {}

  /**
   * A simulated top in files.
   *
   * @param top module name
   * @param sources Verilog and memory images, name to contents
   * @param ports C++ port list for the bench
   */
  public record Top(String top, Map<String, String> sources, String ports) {}

  /** The files of {@code modules}; unit names must differ. */
  public static Top of(Map<UnitSpec, RtlModule> modules) {
    UnitTop.Result made = UnitTop.of(modules);
    Map<String, String> files = UnitTop.sources(modules);
    files.put(UnitTop.NAME + ".v", Templates.render("top/netlist.v.vm", made.netlist()));
    return new Top(UnitTop.NAME, files, Templates.render("bench/ports.cpp.vm", made.bench()));
  }
}
