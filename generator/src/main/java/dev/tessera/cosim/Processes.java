package dev.tessera.cosim;

import dev.tessera.base.Diagnostic;
import dev.tessera.base.TesseraException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runs outside tools. */
final class Processes {
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  private static boolean stopping;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Processes::stopAll, "stop-tools"));
  }

  private Processes() {}

  /** How a tool ended. */
  record Ended(int exitCode, String output) {
    boolean failed() {
      return exitCode != 0;
    }
  }

  /**
   * Runs {@code command} in {@code folder} to its end; output and errors come back as one text.
   *
   * @throws TesseraException {@code tool.missing} if there is no such program
   */
  static Ended run(Path folder, List<String> command) {
    Process process = start(folder, command);
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(command.get(0) + " was interrupted", stop);
    } finally {
      process.destroyForcibly();
      RUNNING.remove(process);
    }
  }

  /** Starting and stopping exclude each other: no tool can be running yet unknown to the hook. */
  private static Process start(Path folder, List<String> command) {
    synchronized (RUNNING) {
      if (stopping) {
        throw failure("tool.failed", command.get(0) + " was not started: Tessera is ending", "");
      }
      try {
        Process process =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        RUNNING.add(process);
        return process;
      } catch (IOException fault) {
        throw failure(
            "tool.missing",
            "the program " + command.get(0) + " cannot be started",
            "install it, for example with make setup");
      }
    }
  }

  /** Whoever ends Tessera ends the tools that work for it, and what those have started. */
  private static void stopAll() {
    synchronized (RUNNING) {
      stopping = true;
      RUNNING.forEach(Processes::stop);
    }
  }

  private static void stop(Process process) {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }

  /** Runs a tool that must succeed; its output. */
  static String require(Path folder, List<String> command) {
    Ended ended = run(folder, command);
    if (ended.failed()) {
      throw failure(
          "tool.failed",
          command.get(0)
              + " ended with exit code "
              + ended.exitCode()
              + ":\n"
              + tail(ended.output()),
          "");
    }
    return ended.output();
  }

  private static TesseraException failure(String code, String sentence, String hint) {
    return new TesseraException(
        TesseraException.Kind.TOOL, new Diagnostic(code, "", sentence, hint));
  }

  private static String tail(String text) {
    int limit = 4000;
    return text.length() <= limit ? text : "..." + text.substring(text.length() - limit);
  }
}
