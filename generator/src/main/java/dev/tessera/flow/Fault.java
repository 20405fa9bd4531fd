package dev.tessera.flow;

import dev.tessera.base.Diagnostic;
import dev.tessera.base.TesseraException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * What a failed run has to tell its user.
 *
 * @param file that the fault is about, as the user named it; {@link #PROGRAM} if it is about none
 * @param diagnostic code, place, sentence and hint
 * @param exitCode of a command that ends with it
 */
public record Fault(String file, Diagnostic diagnostic, int exitCode) {
  /** What stands in place of a file. */
  public static final String PROGRAM = "tessera";

  /** What {@code fault} tells; empty if it is a fault of the program. */
  public static Optional<Fault> of(Throwable fault) {
    if (fault instanceof FileFault inFile) {
      return Optional.of(of(inFile.file().toString(), inFile.fault()));
    }
    if (fault instanceof TesseraException plain) {
      return Optional.of(of(PROGRAM, plain));
    }
    if (fault instanceof UncheckedIOException io) {
      return Optional.of(of(io.getCause()));
    }
    return fault instanceof IOException io ? Optional.of(of(io)) : Optional.empty();
  }

  private static Fault of(String file, TesseraException fault) {
    return new Fault(file, fault.diagnostic(), fault.kind().exitCode());
  }

  private static Fault of(IOException fault) {
    String file = PROGRAM;
    String sentence = fault.getMessage();
    if (fault instanceof FileSystemException at && at.getFile() != null) {
      file = at.getFile();
      sentence = at.getReason() == null ? "cannot be read or written" : at.getReason();
    }
    if (fault instanceof NoSuchFileException) {
      return input(file, "file.missing", "no such file or folder", "check the path");
    }
    if (fault instanceof AccessDeniedException) {
      return input(file, "file.denied", "permission denied", "check its permissions");
    }
    return input(file, "file.io", String.valueOf(sentence), "check the disk");
  }

  private static Fault input(String file, String code, String sentence, String hint) {
    int exitCode = TesseraException.Kind.INPUT.exitCode();
    return new Fault(file, new Diagnostic(code, "", sentence, hint), exitCode);
  }
}
