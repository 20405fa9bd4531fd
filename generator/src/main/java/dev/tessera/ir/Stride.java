package dev.tessera.ir;

/**
 * Step of a window from one output to the next.
 *
 * @param rows down, 1 or more
 * @param columns to the right, 1 or more
 */
public record Stride(int rows, int columns) {
  /** Every position. */
  public static final Stride ONE = new Stride(1, 1);

  public Stride {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("stride " + rows + " x " + columns);
    }
  }

  /** Whether every position has an output. */
  public boolean isOne() {
    return rows == 1 && columns == 1;
  }
}
