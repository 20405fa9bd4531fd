package dev.tessera.cosim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds simulations: Verilog to C++ by Verilator, C++ to a program through ccache. */
public final class Verilator {
  private static final String OBJECTS = "obj";

  /** Statements per generated C++ file; splitting lets several compilers work. */
  private static final String SPLIT = "20000";

  private static final int MOST_UNROLL = 4096;

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
   * @param extra further C and C++ files, the port list among them: name to text
   * @param work folder for intermediate files
   * @return the program
   */
  public Path build(
      String top,
      Path rtl,
      List<String> sources,
      Map<String, String> extra,
      Path work,
      BuildOptions options) {
    try {
      Path program = work.resolve("bench");
      Path stamp = work.resolve("bench.stamp");
      String wanted = stamp(rtl, sources, extra, options);
      if (Files.exists(program) && Files.exists(stamp) && Files.readString(stamp).equals(wanted)) {
        return program;
      }
      Files.deleteIfExists(stamp);
      Path objects = emptied(work.resolve(OBJECTS));
      translate(rtl, command(top, objects, sources, options), options.unroll());
      for (Map.Entry<String, String> file : extra.entrySet()) {
        Files.writeString(objects.resolve(file.getKey()), file.getValue());
      }
      compiler.link(objects, cppFiles(objects), program, options);
      Files.writeString(stamp, wanted);
      return program;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static List<String> command(
      String top, Path objects, List<String> sources, BuildOptions options) {
    List<String> command = new ArrayList<>(List.of("verilator", "--cc", "--top-module", top));
    command.addAll(List.of("-Mdir", objects.toAbsolutePath().toString(), "-O3", "--noassert"));
    String start = options.randomStart() ? "unique" : "fast";
    command.addAll(List.of("--x-assign", start, "--x-initial", start));
    command.addAll(List.of("--output-split", SPLIT, "--output-split-cfuncs", SPLIT));
    command.addAll(
        options.lint() ? List.of("-Wall") : List.of("-Wno-lint", "-Wno-style", "-Wno-fatal"));
    if (options.trace()) {
      command.add("--trace-fst");
    }
    command.addAll(sources);
    return command;
  }

  /**
   * Runs Verilator. The bound for loops also bounds generate loops, at 16 times its value, and
   * there exceeding it is an error: then the bound is raised.
   */
  private static void translate(Path rtl, List<String> command, int unroll) {
    List<String> bounded = new ArrayList<>(command);
    bounded.addAll(List.of("--unroll-count", Integer.toString(unroll)));
    Processes.Ended ended = Processes.run(rtl, bounded);
    if (!ended.failed()) {
      return;
    }
    if (ended.output().contains("set --unroll-count") && unroll < MOST_UNROLL) {
      translate(rtl, command, unroll * 4);
    } else {
      Processes.require(rtl, bounded);
    }
  }

  /** Warnings of {@code verilator --lint-only -Wall}; empty if there are none. */
  public static String lint(String top, Path rtl, List<String> sources) {
    List<String> command = new ArrayList<>(List.of("verilator", "--lint-only", "-Wall"));
    command.addAll(List.of("--top-module", top));
    command.addAll(sources);
    return Processes.run(rtl, command).output().strip();
  }

  /** What a program was built from; memory images are read when it runs. */
  private String stamp(
      Path rtl, List<String> sources, Map<String, String> extra, BuildOptions options)
      throws IOException {
    StringBuilder text = new StringBuilder(version).append(options).append(extra);
    text.append(compiler.key(options.trace()));
    for (String source : sources) {
      text.append(source).append(Files.readString(rtl.resolve(source)));
    }
    return Compiler.hash(text.toString());
  }

  /** The folder without what an earlier build left. */
  private static Path emptied(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(folder);
  }

  private static List<Path> cppFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().matches(".*\\.(cpp|c)")).sorted().toList();
    }
  }
}
