package dev.tessera.frontend;

import dev.tessera.ir.Activation;

/** Smooth functions in the operators of set 13. */
final class SmoothWriter {
  private final NodeWriter to;
  private final String in;
  private final String out;

  private SmoothWriter(NodeWriter to, String in, String out) {
    this.to = to;
    this.in = in;
    this.out = out;
  }

  /** Adds nodes that make {@code out} of {@code in}. */
  static void write(NodeWriter to, Activation.Smooth function, String in, String out) {
    new SmoothWriter(to, in, out).write(function);
  }

  private void write(Activation.Smooth smooth) {
    switch (smooth.function()) {
      case TANH -> to.add("Tanh", out, in);
      case SIGMOID -> to.add("Sigmoid", out, in);
      case ERF -> to.add("Erf", out, in);
      case SOFTPLUS -> to.add("Softplus", out, in);
      case ELU -> to.add("Elu", out, in).addAttribute(NodeWriter.real("alpha", smooth.alpha()));
      case SQRT -> to.add("Sqrt", out, in);
      case RECIPROCAL -> to.add("Reciprocal", out, in);
      case RECIPROCAL_SQRT -> {
        to.add("Sqrt", part("root"), in);
        to.add("Reciprocal", out, part("root"));
      }
      case SILU -> {
        to.add("Sigmoid", part("sigmoid"), in);
        to.add("Mul", out, in, part("sigmoid"));
      }
      case HARD_SWISH -> {
        to.add("HardSigmoid", part("gate"), in)
            .addAttribute(NodeWriter.real("alpha", 1 / 6f))
            .addAttribute(NodeWriter.real("beta", 0.5f));
        to.add("Mul", out, in, part("gate"));
      }
      case MISH -> {
        to.add("Softplus", part("softplus"), in);
        to.add("Tanh", part("tanh"), part("softplus"));
        to.add("Mul", out, in, part("tanh"));
      }
      case GELU -> {
        to.add("Mul", part("scaled"), in, number(Math.sqrt(0.5)));
        to.add("Erf", part("curve"), part("scaled"));
        gate();
      }
      case GELU_TANH -> {
        to.add("Mul", part("square"), in, in);
        to.add("Mul", part("cube"), part("square"), in);
        to.add("Mul", part("bent"), part("cube"), number(0.044715));
        to.add("Add", part("sum"), in, part("bent"));
        to.add("Mul", part("scaled"), part("sum"), number(Math.sqrt(2 / Math.PI)));
        to.add("Tanh", part("curve"), part("scaled"));
        gate();
      }
      default -> throw new IllegalStateException(smooth.function().name());
    }
  }

  /** {@code x * (1 + curve) / 2}. */
  private void gate() {
    to.add("Add", part("gate"), part("curve"), number(1));
    to.add("Mul", part("product"), in, part("gate"));
    to.add("Mul", out, part("product"), number(0.5));
  }

  private String part(String role) {
    return NodeWriter.inner(out, role);
  }

  private String number(double value) {
    return to.floats(new float[] {(float) value});
  }
}
