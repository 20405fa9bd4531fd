package dev.tessera.api;

import dev.tessera.flow.Fault;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * A run that ended with a message for its user: the same code, place, sentence and hint that the
 * command line prints.
 */
public final class TesseraFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int USAGE = 2;

  private final String code;
  private final String file;
  private final String place;
  private final String sentence;
  private final String hint;
  private final int exitCode;

  private TesseraFailure(
      String file, String code, String place, String sentence, String hint, int exitCode) {
    super(file + ": error[" + code + "]: " + sentence + (place.isEmpty() ? "" : " at " + place));
    this.file = file;
    this.code = code;
    this.place = place;
    this.sentence = sentence;
    this.hint = hint;
    this.exitCode = exitCode;
  }

  /**
   * A failure with a message of its own, for what builds on Tessera.
   *
   * @param exitCode of a command that would end with it: 1 input, 2 usage, 3 a tool is missing, 4
   *     mismatch
   */
  public static TesseraFailure of(
      String file, String code, String place, String sentence, String hint, int exitCode) {
    return new TesseraFailure(file, code, place, sentence, hint, exitCode);
  }

  private static TesseraFailure of(Fault fault) {
    return of(
        fault.file(),
        fault.diagnostic().code(),
        fault.diagnostic().place(),
        fault.diagnostic().sentence(),
        fault.diagnostic().hint(),
        fault.exitCode());
  }

  /** Options that exclude each other or are out of their range. */
  static TesseraFailure usage(IllegalArgumentException refused) {
    return of(
        Fault.PROGRAM,
        "usage",
        "",
        refused.getMessage(),
        "the words are those of 'tessera --help'",
        USAGE);
  }

  /** What {@code parser} makes of {@code word}; what it refuses is a fault of usage. */
  static <W, T> T parsed(W word, Function<W, T> parser) {
    try {
      return parser.apply(word);
    } catch (IllegalArgumentException refused) {
      throw usage(refused);
    }
  }

  /** Runs {@code work}; what it tells its user becomes a failure of this kind. */
  static <T> T telling(Callable<T> work) {
    try {
      return work.call();
    } catch (RuntimeException | IOException fault) {
      Fault told = Fault.of(fault).orElse(null);
      if (told == null && fault instanceof RuntimeException bug) {
        throw bug;
      }
      TesseraFailure failure = of(told);
      failure.initCause(fault);
      throw failure;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The stable code, such as {@code plan.board}. */
  public String code() {
    return code;
  }

  /** The file that it is about, or {@code tessera}. */
  public String file() {
    return file;
  }

  /** The place in that file; empty if there is none. */
  public String place() {
    return place;
  }

  /** What is wrong. */
  public String sentence() {
    return sentence;
  }

  /** What to do about it; empty if nothing can be said. */
  public String hint() {
    return hint;
  }

  /** The exit code with which the command line would end. */
  public int exitCode() {
    return exitCode;
  }
}
