package dev.tessera.emit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
  public record Top(String top, Map<String, String> sources, String ports) {
    public Top {
      sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    }
  }

  /** The files of {@code duts}; their names must differ. */
  public static Top of(List<UnitUnderTest> duts) {
    UnitTop.Result made = UnitTop.of(duts);
    Map<String, String> files = UnitTop.sources(duts);
    files.put(UnitTop.NAME + ".v", Templates.render("top/netlist.v.vm", made.netlist()));
    return new Top(UnitTop.NAME, files, Templates.render("bench/ports.cpp.vm", made.bench()));
  }
}
