package dev.tessera.cosim;

import dev.tessera.emit.UnitBenchFiles;
import dev.tessera.emit.UnitUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Simulates units side by side, without a design around them. */
public final class UnitBench {
  private UnitBench() {}

  /**
   * Builds one simulation of all {@code duts}; their names must differ.
   *
   * @param work folder for sources, objects and vectors
   */
  public static Bench build(
      Verilator verilator, List<UnitUnderTest> duts, Path work, BuildOptions options) {
    return build(verilator, UnitBenchFiles.of(duts), work, options);
  }

  /** Builds the simulation of these files. */
  static Bench build(Verilator verilator, UnitBenchFiles.Top top, Path work, BuildOptions options) {
    Path rtl = work.resolve("rtl");
    write(rtl, top.sources());
    Path program =
        verilator.build(
            top.top(),
            rtl,
            verilogFiles(top.sources()),
            Map.of("ports.cpp", top.ports()),
            work,
            options);
    return new Bench(program, rtl, work);
  }

  static void write(Path folder, Map<String, String> files) {
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  static List<String> verilogFiles(Map<String, String> files) {
    return files.keySet().stream().filter(f -> f.endsWith("v")).toList();
  }
}
