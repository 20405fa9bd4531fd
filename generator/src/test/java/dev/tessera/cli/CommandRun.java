package dev.tessera.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What one command did, as a caller in a pipe sees it. */
record CommandRun(int exitCode, String out, String err) {
  /** Runs {@code tessera} with these arguments inside this process. */
  static CommandRun of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console = new Console(new PrintWriter(out), new PrintWriter(err), false);
    String[] words = List.of(arguments).stream().map(String::valueOf).toArray(String[]::new);
    int exitCode = Main.run(console, words);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
