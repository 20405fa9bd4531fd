package dev.tessera.base;

/** A fault that is reported to the user as a {@link Diagnostic} and ends the command. */
public final class TesseraException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Who can mend the fault; decides the exit code. */
  public enum Kind {
    /** The user's input is wrong: exit 1. */
    INPUT(1),
    /** A tool is missing or failed to run: exit 3. */
    TOOL(3),
    /** Two results that must be equal differ: exit 4. */
    MISMATCH(4);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The process exit code of this kind. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final transient Diagnostic diagnostic;
  private final Kind kind;

  /** A fault of the given kind. */
  public TesseraException(Kind kind, Diagnostic diagnostic) {
    super(diagnostic.toString());
    this.kind = kind;
    this.diagnostic = diagnostic;
  }

  /** A fault in the user's input. */
  public static TesseraException input(String code, String place, String sentence, String hint) {
    return new TesseraException(Kind.INPUT, new Diagnostic(code, place, sentence, hint));
  }

  /** What to tell the user. */
  public Diagnostic diagnostic() {
    return diagnostic;
  }

  /** Who can mend it. */
  public Kind kind() {
    return kind;
  }
}
