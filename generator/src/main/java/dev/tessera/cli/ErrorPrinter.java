package dev.tessera.cli;

import dev.tessera.base.Diagnostic;
import dev.tessera.flow.Fault;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/**
 * Says what went wrong as {@code FILE: error[code]: sentence}, with place and hint on lines of
 * their own, and tells the exit code. Only a fault of Tessera itself shows a stack trace.
 */
final class ErrorPrinter {
  private final PrintWriter err;

  ErrorPrinter(PrintWriter err) {
    this.err = err;
  }

  /** Prints {@code fault} and returns the exit code that goes with it. */
  int print(Throwable fault) {
    Optional<Fault> told = Fault.of(fault);
    if (told.isPresent()) {
      line(told.get().file(), told.get().diagnostic());
      return told.get().exitCode();
    }
    if (fault instanceof ParameterException usage) {
      return printUsage(usage);
    }
    return printBug(fault);
  }

  private int printUsage(ParameterException fault) {
    String command = fault.getCommandLine().getCommandSpec().qualifiedName();
    String hint = "run '" + command + " --help' for the options";
    line(command, new Diagnostic("usage", "", firstLetterSmall(fault.getMessage()), hint));
    return ExitCodes.USAGE;
  }

  private int printBug(Throwable fault) {
    String hint = "this is a fault of Tessera, not of your input; report it with these lines";
    line(Fault.PROGRAM, new Diagnostic("internal.bug", "", fault.toString(), hint));
    fault.printStackTrace(err);
    err.flush();
    return ExitCodes.BUG;
  }

  void line(String file, Diagnostic diagnostic) {
    err.println(file + ": error[" + diagnostic.code() + "]: " + diagnostic.sentence());
    if (!diagnostic.place().isEmpty()) {
      err.println("  at " + diagnostic.place());
    }
    if (!diagnostic.hint().isEmpty()) {
      err.println("  hint: " + diagnostic.hint());
    }
    err.flush();
  }

  private static String firstLetterSmall(String sentence) {
    return sentence.isEmpty()
        ? sentence
        : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
