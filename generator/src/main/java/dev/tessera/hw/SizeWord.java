package dev.tessera.hw;

/** A size that the RTL of a resizable unit is told for every frame. */
public enum SizeWord {
  /** Of the frames of its first input. */
  INPUT,
  /** Of the frames that it makes. */
  OUTPUT;

  /** Bits of a word: 16 of columns, then 16 of rows. */
  public static final int BITS = 32;

  /** Largest width and height. */
  public static final int MOST = (1 << (BITS / 2)) - 1;
}
