package dev.tessera.plan;

/** Who puts the phases of an enlarging convolution in their rows. */
public enum Enlarging {
  /** Whichever takes less memory. */
  AUTO,
  /** The convolution, by walking every row again, wherever it can. */
  REPLAY,
  /** A pixel shuffle that keeps the later phase rows of a row. */
  REORDER
}
