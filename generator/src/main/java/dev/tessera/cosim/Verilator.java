package dev.tessera.cosim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Builds simulations: Verilog to C++ by Verilator, C++ to a program through ccache. */
public final class Verilator {
  private static final String OBJECTS = "obj";

  /** Statements per generated C++ file; splitting lets several compilers work. */
  private static final String SPLIT = "20000";

  private final Compiler compiler;
  private final String version;

  private Verilator(Compiler compiler, String version) {
    this.compiler = compiler;
    this.version = version;
  }

  /**
   * The installed tools.
   *
   * @throws dev.tessera.base.TesseraException {@code tool.missing}
   */
  public static Verilator find() {
    Path here = Path.of("").toAbsolutePath();
    String version = Processes.require(here, List.of("verilator", "--version")).strip();
    String root = Processes.require(here, List.of("verilator", "--getenv", "VERILATOR_ROOT"));
    return new Verilator(Compiler.find(version, Path.of(root.strip())), version);
  }

  /** Name and version of the simulator. */
  public String version() {
    return version;
  }

  /**
   * Builds the simulation of {@code top}.
   *
   * @param rtl folder of the sources and memory images
   * @param sources Verilog files, relative to {@code rtl}
   * @param ports text of the C++ port list
   * @param work folder for intermediate files
   * @return the program
   */
  public Path build(
      String top, Path rtl, List<String> sources, String ports, Path work, BuildOptions options) {
    try {
      Path objects = Files.createDirectories(work.resolve(OBJECTS));
      List<String> command = new ArrayList<>(List.of("verilator", "--cc", "--top-module", top));
      command.addAll(List.of("-Mdir", objects.toAbsolutePath().toString(), "-O3", "--noassert"));
      String start = options.randomStart() ? "unique" : "fast";
      command.addAll(List.of("--x-assign", start, "--x-initial", start));
      command.addAll(List.of("--output-split", SPLIT, "--output-split-cfuncs", SPLIT));
      command.add(options.lint() ? "-Wall" : "-Wno-lint");
      if (options.trace()) {
        command.add("--trace-fst");
      }
      command.addAll(sources);
      Processes.require(rtl, command);
      Files.writeString(objects.resolve("ports.cpp"), ports);
      return compiler.link(objects, cppFiles(objects), work.resolve("bench"), options);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** Warnings of {@code verilator --lint-only -Wall}; empty if there are none. */
  public static String lint(String top, Path rtl, List<String> sources) {
    List<String> command = new ArrayList<>(List.of("verilator", "--lint-only", "-Wall"));
    command.addAll(List.of("--top-module", top));
    command.addAll(sources);
    return Processes.run(rtl, command).output().strip();
  }

  private static List<Path> cppFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".cpp")).sorted().toList();
    }
  }
}
