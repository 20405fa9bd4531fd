package dev.tessera.flow;

/** Tells whoever watches how far long work has come. */
public interface Progress extends AutoCloseable {
  /** Says nothing. */
  Progress SILENT = what -> {};

  /** The next step begins; {@code what} names it in a word or two. */
  void step(String what);

  @Override
  default void close() {}
}
