package dev.tessera.cosim;

import dev.tessera.base.Sha256;
import dev.tessera.base.UserCache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * C++ compiler and linker. What no design changes (Verilator's run time and the bench) is compiled
 * once per machine and kept in the user's cache.
 */
final class Compiler {
  private static final List<String> BENCH_SOURCES =
      List.of(
          "stream.cpp",
          "dram.cpp",
          "memory.cpp",
          "lite.cpp",
          "host.cpp",
          "bench.cpp",
          "report.cpp",
          "plan.cpp",
          "main.cpp");

  private static final List<String> BENCH_HEADERS =
      List.of(
          "model.hpp",
          "stream.hpp",
          "dram.hpp",
          "memory.hpp",
          "lite.hpp",
          "host.hpp",
          "session.hpp",
          "bench.hpp",
          "verilated_model.hpp");

  private static final String C_SOURCE = ".c";

  private static final List<String> RUN_TIME = List.of("verilated.cpp", "verilated_threads.cpp");

  /** Generated files of this size are compiled on their own. */
  private static final long LARGE_BYTES = 200_000;

  private static final int HASH_BYTES = 12;

  private static final String TRACE_RUN_TIME = "verilated_fst_c.cpp";

  private final String versions;
  private final Path include;
  private final List<String> launcher;

  private Compiler(String versions, Path include, List<String> launcher) {
    this.versions = versions;
    this.include = include;
    this.launcher = launcher;
  }

  static Compiler find(String verilatorVersion, Path verilatorRoot) {
    Path here = Path.of("").toAbsolutePath();
    String version = Processes.require(here, List.of("g++", "--version"));
    return new Compiler(
        verilatorVersion + version.lines().findFirst().orElse(""),
        verilatorRoot.resolve("include"),
        cached(here) ? List.of("ccache", "g++") : List.of("g++"));
  }

  private static boolean cached(Path here) {
    try {
      return !Processes.run(here, List.of("ccache", "--version")).failed();
    } catch (dev.tessera.base.TesseraException missing) {
      return false;
    }
  }

  /**
   * Compiles {@code sources} of {@code folder} and links them with bench and run time.
   *
   * <p>Every file includes Verilator's headers, which takes as long as 200 kB of generated code;
   * small files are therefore compiled together. What runs once (constructors, initial blocks) is
   * long and not worth optimising.
   */
  Path link(Path folder, List<Path> sources, Path program, BuildOptions options)
      throws IOException {
    Path runTime = runTime(options.trace());
    List<String> flags = flags(options.trace(), runTime);
    List<String> once = new ArrayList<>();
    List<String> small = new ArrayList<>();
    List<String> large = new ArrayList<>();
    List<List<String>> commands = new ArrayList<>();
    List<String> objects = new ArrayList<>();
    for (Path source : sources) {
      String name = source.getFileName().toString();
      boolean slow = name.contains("__Slow") || name.endsWith("__Syms.cpp");
      if (name.endsWith(C_SOURCE)) {
        objects.add(name + ".o");
        commands.add(compileC(name));
      } else {
        (slow ? once : Files.size(source) < LARGE_BYTES ? small : large).add(name);
      }
    }
    large.add(0, together(folder, "small.cc", small));
    String level = "-O" + options.optimization();
    for (String name : large) {
      objects.add(name + ".o");
      commands.add(compile(flags, level, name, name + ".o"));
    }
    objects.add("once.cc.o");
    commands.add(compile(flags, "-O0", together(folder, "once.cc", once), "once.cc.o"));
    inParallel(folder, commands);
    List<String> command = new ArrayList<>(List.of("g++", "-o"));
    command.add(program.toAbsolutePath().toString());
    command.addAll(objects);
    command.addAll(List.of(runTime.resolve("runtime.a").toString(), "-pthread", "-latomic"));
    if (options.trace()) {
      command.add("-lz");
    }
    Processes.require(folder, command);
    return program;
  }

  private static String together(Path folder, String name, List<String> files) throws IOException {
    Files.write(folder.resolve(name), files.stream().map(f -> "#include \"" + f + "\"").toList());
    return name;
  }

  private List<String> flags(boolean trace, Path runTime) {
    return List.of(
        "-std=c++17",
        "-I.",
        "-isystem",
        include.toString(),
        "-isystem",
        include.resolve("vltstd").toString(),
        "-I" + runTime,
        "-DVM_COVERAGE=0",
        "-DVM_SC=0",
        "-DVM_TRACE=" + (trace ? 1 : 0),
        "-DVM_TRACE_FST=" + (trace ? 1 : 0),
        "-DVM_TRACE_VCD=0",
        "-faligned-new",
        "-fcf-protection=none",
        "-w");
  }

  private List<String> compile(List<String> flags, String level, String source, String object) {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(flags);
    command.addAll(List.of(level, "-c", source, "-o", object));
    return command;
  }

  /**
   * A driver is plain C without a warning; its callbacks may throw through it, as it runs in the
   * bench.
   */
  private static List<String> compileC(String name) {
    List<String> command = new ArrayList<>(List.of("gcc", "-std=c99", "-pedantic", "-O1"));
    command.addAll(List.of("-Wall", "-Wextra", "-Werror", "-fexceptions"));
    command.addAll(List.of("-c", name, "-o", name + ".o"));
    return command;
  }

  /** The folder of run time and bench for this machine, made if it is not there yet. */
  private Path runTime(boolean trace) throws IOException {
    Path cache = UserCache.folder();
    Path place = cache.resolve("bench-" + key(trace));
    if (Files.exists(place.resolve("runtime.a"))) {
      return place;
    }
    Files.createDirectories(cache);
    Path fresh = Files.createTempDirectory(cache, "bench");
    for (Map.Entry<String, String> file : benchFiles().entrySet()) {
      Files.writeString(fresh.resolve(file.getKey()), file.getValue());
    }
    compileRunTime(fresh, trace);
    try {
      Files.move(fresh, place);
    } catch (FileAlreadyExistsException | AtomicMoveNotSupportedException another) {
      return place;
    } catch (java.nio.file.DirectoryNotEmptyException another) {
      return place;
    }
    return place;
  }

  private void compileRunTime(Path folder, boolean trace) {
    List<String> sources = new ArrayList<>(BENCH_SOURCES);
    RUN_TIME.forEach(file -> sources.add(include.resolve(file).toString()));
    if (trace) {
      sources.add(include.resolve(TRACE_RUN_TIME).toString());
    }
    List<List<String>> commands = new ArrayList<>();
    List<String> archive = new ArrayList<>(List.of("ar", "-rcs", "runtime.a"));
    for (String source : sources) {
      String object = Path.of(source).getFileName().toString().replace(".cpp", ".o");
      commands.add(compile(flags(trace, folder), "-O2", source, object));
      archive.add(object);
    }
    inParallel(folder, commands);
    Processes.require(folder, archive);
  }

  private static Map<String, String> benchFiles() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(BENCH_HEADERS);
    names.addAll(BENCH_SOURCES);
    for (String name : names) {
      files.put(name, benchFile(name));
    }
    return files;
  }

  /** Text of a file of the bench. */
  static String benchFile(String name) throws IOException {
    try (InputStream in = Compiler.class.getResourceAsStream("/testbench/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A hash of everything that decides about run time and bench. */
  String key(boolean trace) throws IOException {
    return hash(versions + flags(trace, Path.of("here")) + benchFiles());
  }

  /** A short hash of a text. */
  static String hash(String text) {
    return Sha256.hex(text, HASH_BYTES);
  }

  private static void inParallel(Path folder, List<List<String>> commands) {
    int workers =
        Math.max(1, Math.min(commands.size(), Runtime.getRuntime().availableProcessors()));
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Callable<String>> jobs = new ArrayList<>();
      commands.forEach(command -> jobs.add(() -> Processes.require(folder, command)));
      for (Future<String> done : pool.invokeAll(jobs)) {
        done.get();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stop);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed);
    } finally {
      pool.shutdownNow();
    }
  }
}
