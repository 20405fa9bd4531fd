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

  /**
   * A smooth function that becomes a table.
   *
   * @param alpha factor of an ELU below 0; 1 for all others
   */
  record Smooth(Function function, float alpha) implements Activation {
    /** The function as it is usually meant. */
    public Smooth(Function function) {
      this(function, 1);
    }

    /** The exact value. */
    public double at(double x) {
      double y = function.at(x);
      return function == Function.ELU && x < 0 ? alpha * y : y;
    }
  }

  /** The functions that become tables. */
  enum Function {
    TANH,
    SIGMOID,
    /** The error function. */
    ERF,
    /** {@code ln(1 + exp(x))}. */
    SOFTPLUS,
    /** {@code x}, and {@code exp(x) - 1} below 0. */
    ELU,
    /** {@code x * sigmoid(x)}. */
    SILU,
    /** {@code x * min(max(x / 6 + 0.5, 0), 1)}. */
    HARD_SWISH,
    /** {@code x * tanh(softplus(x))}. */
    MISH,
    /** {@code x * (1 + erf(x / sqrt(2))) / 2}. */
    GELU,
    /** {@code x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))) / 2}. */
    GELU_TANH,
    /** The square root, 0 of what is below 0. */
    SQRT,
    /** {@code 1 / x}, infinite of what is not above 0. */
    RECIPROCAL,
    /** {@code 1 / sqrt(x)}, infinite of what is not above 0. */
    RECIPROCAL_SQRT;

    /** The exact value. */
    public double at(double x) {
      return switch (this) {
        case TANH -> Math.tanh(x);
        case SIGMOID -> 1 / (1 + Math.exp(-x));
        case ERF -> Erf.at(x);
        case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
        case ELU -> x < 0 ? Math.expm1(x) : x;
        case SILU -> x * SIGMOID.at(x);
        case HARD_SWISH -> x * Math.min(Math.max(x / 6 + 0.5, 0), 1);
        case MISH -> x * Math.tanh(SOFTPLUS.at(x));
        case GELU -> x * (1 + Erf.at(x * Math.sqrt(0.5))) / 2;
        case GELU_TANH -> x * (1 + Math.tanh(inner(x))) / 2;
        case SQRT -> Math.sqrt(Math.max(x, 0));
        case RECIPROCAL -> 1 / Math.max(x, 0);
        case RECIPROCAL_SQRT -> 1 / Math.sqrt(Math.max(x, 0));
      };
    }

    /** Whether no value is below 0. */
    public boolean nonNegative() {
      return switch (this) {
        case SIGMOID, SOFTPLUS, SQRT, RECIPROCAL, RECIPROCAL_SQRT -> true;
        default -> false;
      };
    }

    private static double inner(double x) {
      return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
    }
  }

  /** ReLU. */
  static Activation relu() {
    return new Clip(0, Float.POSITIVE_INFINITY);
  }
}
