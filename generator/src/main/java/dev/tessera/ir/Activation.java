package dev.tessera.ir;

/** A pointwise function that follows a linear operator. */
public sealed interface Activation {
  /** The identity. */
  Activation NONE = new None();

  /** {@code x}. */
  record None() implements Activation {}

  /** {@code min(max(x, lo), hi)}; ReLU is (0, +infinity). */
  record Clip(float lo, float hi) implements Activation {}

  /** {@code x >= 0 ? x : slope[c] * x}; length 1 (all channels) or the number of channels. */
  record Leaky(float[] slope) implements Activation {}

  /** A smooth function that becomes a table. */
  record Smooth(Function function) implements Activation {}

  /** The functions that become tables. */
  enum Function {
    TANH,
    SIGMOID;

    /** The exact value. */
    public double at(double x) {
      return switch (this) {
        case TANH -> Math.tanh(x);
        case SIGMOID -> 1 / (1 + Math.exp(-x));
      };
    }
  }

  /** ReLU. */
  static Activation relu() {
    return new Clip(0, Float.POSITIVE_INFINITY);
  }
}
