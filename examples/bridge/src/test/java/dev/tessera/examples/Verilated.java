package dev.tessera.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Verilator for designs that check themselves. */
final class Verilated {
  private static final Path MAIN =
      Path.of(System.getProperty("tessera.top"), "examples/bridge/sim/main.cpp").toAbsolutePath();
  private static final int MINUTES = 5;

  private Verilated() {}

  /** Builds {@code top} from {@code sources} in their folder. */
  static void build(String top, String clock, List<Path> sources, long limit)
      throws IOException, InterruptedException {
    Path folder = sources.get(0).getParent();
    List<String> build = new ArrayList<>(List.of("verilator", "--cc", "--exe", "--build"));
    build.addAll(List.of("-Wno-fatal", "-Wno-lint", "--x-initial", "fast", "-O3"));
    build.addAll(List.of("--top-module", top, "--prefix", "Vexample", "--Mdir", "obj"));
    build.addAll(List.of("-CFLAGS", "-DCLOCK=" + clock + " -DLIMIT=" + limit));
    build.addAll(names(sources));
    build.add(MAIN.toString());
    assertEquals(0, command(folder, build), () -> text(folder));
  }

  /** Runs what was built in {@code folder}; what it prints. */
  static String run(Path folder) throws IOException, InterruptedException {
    command(folder, List.of("obj/Vexample"));
    return text(folder);
  }

  /** What the linter says of {@code top}, all warnings on. */
  static String lint(String top, List<Path> sources, List<String> waived)
      throws IOException, InterruptedException {
    Path folder = sources.get(0).getParent();
    List<String> lint = new ArrayList<>(List.of("verilator", "--lint-only", "-Wall", "-Wno-fatal"));
    lint.addAll(waived);
    lint.addAll(List.of("--top-module", top));
    lint.addAll(names(sources));
    int status = command(folder, lint);
    assertEquals(0, status, () -> text(folder));
    return text(folder);
  }

  private static List<String> names(List<Path> sources) {
    return sources.stream().map(s -> s.getFileName().toString()).toList();
  }

  private static int command(Path folder, List<String> words)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile())
            .start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException(words.get(0) + " does not end");
    }
    return process.exitValue();
  }

  private static String text(Path folder) {
    try {
      return Files.readString(folder.resolve("log.txt"));
    } catch (IOException fault) {
      return fault.toString();
    }
  }
}
