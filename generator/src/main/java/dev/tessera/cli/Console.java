package dev.tessera.cli;

import dev.tessera.flow.Progress;
import java.io.PrintWriter;

/**
 * Where a command speaks.
 *
 * @param out results, and nothing but JSON under {@code --json}
 * @param err faults and progress
 * @param terminal whether a person watches {@code err}
 */
record Console(PrintWriter out, PrintWriter err, boolean terminal) {
  /** Progress of {@code steps} steps: a bar on a terminal, nothing in a pipe. */
  Progress progress(String task, int steps) {
    return terminal ? new TerminalProgress(task, steps) : Progress.SILENT;
  }
}
