package dev.tessera.cli;

import dev.tessera.base.Diagnostic;
import dev.tessera.base.TesseraException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine.ParameterException;

/**
 * Says what went wrong as {@code FILE: error[code]: sentence}, with place and hint on lines of
 * their own, and tells the exit code. Only a fault of Tessera itself shows a stack trace.
 */
final class ErrorPrinter {
  private static final String PROGRAM = "tessera";

  private final PrintWriter err;

  ErrorPrinter(PrintWriter err) {
    this.err = err;
  }

  /** Prints {@code fault} and returns the exit code that goes with it. */
  int print(Throwable fault) {
    if (fault instanceof FileFault inFile) {
      return print(inFile.file().toString(), inFile.fault());
    }
    if (fault instanceof TesseraException plain) {
      return print(PROGRAM, plain);
    }
    if (fault instanceof UncheckedIOException io) {
      return print(io.getCause());
    }
    if (fault instanceof IOException io) {
      return printIo(io);
    }
    if (fault instanceof ParameterException usage) {
      return printUsage(usage);
    }
    return printBug(fault);
  }

  private int print(String file, TesseraException fault) {
    line(file, fault.diagnostic());
    return fault.kind().exitCode();
  }

  private int printIo(IOException fault) {
    String file = PROGRAM;
    String sentence = fault.getMessage();
    if (fault instanceof FileSystemException at && at.getFile() != null) {
      file = at.getFile();
      sentence = at.getReason() == null ? "cannot be read or written" : at.getReason();
    }
    if (fault instanceof NoSuchFileException) {
      line(file, new Diagnostic("file.missing", "", "no such file or folder", "check the path"));
    } else if (fault instanceof AccessDeniedException) {
      line(file, new Diagnostic("file.denied", "", "permission denied", "check its permissions"));
    } else {
      line(file, new Diagnostic("file.io", "", String.valueOf(sentence), "check the disk"));
    }
    return ExitCodes.INPUT;
  }

  private int printUsage(ParameterException fault) {
    String command = fault.getCommandLine().getCommandSpec().qualifiedName();
    String hint = "run '" + command + " --help' for the options";
    line(command, new Diagnostic("usage", "", firstLetterSmall(fault.getMessage()), hint));
    return ExitCodes.USAGE;
  }

  private int printBug(Throwable fault) {
    String hint = "this is a fault of Tessera, not of your input; report it with these lines";
    line(PROGRAM, new Diagnostic("internal.bug", "", fault.toString(), hint));
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
