package dev.tessera.ir;

/**
 * What a pooling window yields.
 *
 * <p>The padding of a window never wins a maximum and adds nothing to a sum.
 */
public enum Pooling {
  /** The largest value inside the frame. */
  MAX,
  /** The sum inside the frame, divided by the size of the window. */
  AVERAGE,
  /** The sum inside the frame, divided by the number of its pixels inside the frame. */
  AVERAGE_INSIDE
}
