package dev.tessera.flow;

import dev.tessera.base.TesseraException;
import java.nio.file.Path;

/** A fault together with the file, as the user named it, that it is about. */
public final class FileFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final transient TesseraException fault;

  private FileFault(Path file, TesseraException fault) {
    super(fault);
    this.file = file;
    this.fault = fault;
  }

  /** Work on one file that may fail and makes a result. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** Runs {@code work} and blames {@code file} for its faults, unless it blamed another already. */
  public static <T, E extends Exception> T in(Path file, Work<T, E> work) throws E {
    try {
      return work.run();
    } catch (TesseraException fault) {
      throw new FileFault(file, fault);
    }
  }

  /** {@code fault} blamed on {@code file}. */
  public static FileFault of(Path file, TesseraException fault) {
    return new FileFault(file, fault);
  }

  public Path file() {
    return file;
  }

  public TesseraException fault() {
    return fault;
  }
}
