package dev.tessera.pass;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Activation.Function;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;

/**
 * Products of a map and a function of itself, as exporters write SiLU, HardSwish, Mish and GELU
 * where the operator set has no name for them, become that one function; so does the reciprocal of
 * a square root.
 */
final class SmoothFunctions implements Pass {
  /** How far constants may lie from those of the function, as a part. */
  private static final double CLOSE = 1e-4;

  @Override
  public String name() {
    return "smooth-functions";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node node : editor.nodes()) {
      if (node instanceof Node.Mul mul && mul.activation() instanceof Activation.None) {
        Found found = find(editor, mul.left(), mul.right());
        found = found == null ? find(editor, mul.right(), mul.left()) : found;
        if (found != null) {
          replace(editor, mul, found);
        }
      } else if (node instanceof Node.Activate outer
          && argument(editor, Function.RECIPROCAL, outer.output()) != null
          && argument(editor, Function.SQRT, outer.input()) != null) {
        String x = argument(editor, Function.SQRT, outer.input());
        Activation both = new Activation.Smooth(Function.RECIPROCAL_SQRT);
        editor.put(new Node.Activate(outer.name(), x, outer.output(), both));
      }
    }
    return editor.build();
  }

  /** {@code factor * function(value)}. */
  private record Found(String value, Function function, double factor) {}

  private static void replace(Editor editor, Node.Mul mul, Found found) {
    boolean plain = found.factor == 1;
    String out = plain ? mul.output() : editor.fresh(mul.output() + "_function");
    Activation smooth = new Activation.Smooth(found.function);
    editor.put(new Node.Activate(mul.name(), found.value, out, smooth));
    if (!plain) {
      float[] scale = {(float) found.factor};
      editor.put(new Node.Affine(mul.name(), out, mul.output(), scale, new float[] {0}));
    }
  }

  /** What the product of {@code scaled}, a multiple of x, and a gate of x is, or null. */
  private static Found find(Editor editor, String scaled, String gate) {
    Node.Affine before = line(editor, scaled, 0);
    Found found = ofGate(editor, before == null ? scaled : before.input(), gate);
    if (found == null && before != null) {
      return ofGate(editor, scaled, gate);
    }
    double factor = before == null ? 1 : before.scale()[0];
    return found == null ? null : new Found(found.value, found.function, found.factor * factor);
  }

  private static Found ofGate(Editor editor, String x, String gate) {
    if (applies(editor, Function.SIGMOID, gate, x)) {
      return new Found(x, Function.SILU, 1);
    }
    String inner = argument(editor, Function.TANH, gate);
    if (inner != null && applies(editor, Function.SOFTPLUS, inner, x)) {
      return new Found(x, Function.MISH, 1);
    }
    if (editor.producer(gate) instanceof Node.Activate act
        && act.activation() instanceof Activation.Clip clip) {
      return hardSwish(editor, x, act.input(), clip);
    }
    return gelu(editor, x, gate);
  }

  /** {@code x * clip(s * x + 3 * s, 0, 6 * s)}. */
  private static Found hardSwish(Editor editor, String x, String input, Activation.Clip clip) {
    Node.Affine line = line(editor, input, clip.hi() / 2);
    boolean fits =
        line != null
            && line.input().equals(x)
            && clip.lo() == 0
            && close(line.scale()[0], clip.hi() / 6);
    return fits ? new Found(x, Function.HARD_SWISH, clip.hi()) : null;
  }

  /** {@code x * (s * curve + s)}, twice s of a GELU. */
  private static Found gelu(Editor editor, String x, String gate) {
    if (!(editor.producer(gate) instanceof Node.Affine lift) || lift.scale().length > 1) {
      return null;
    }
    float s = lift.scale()[0];
    if (line(editor, gate, s) == null) {
      return null;
    }
    String erf = argument(editor, Function.ERF, lift.input());
    Node.Affine line = erf == null ? null : line(editor, erf, 0);
    if (line != null && line.input().equals(x) && close(line.scale()[0], Math.sqrt(0.5))) {
      return new Found(x, Function.GELU, 2 * s);
    }
    String tanh = argument(editor, Function.TANH, lift.input());
    Node.Affine outer = tanh == null ? null : line(editor, tanh, 0);
    boolean fits =
        outer != null
            && close(outer.scale()[0], Math.sqrt(2 / Math.PI))
            && isBent(editor, x, outer.input());
    return fits ? new Found(x, Function.GELU_TANH, 2 * s) : null;
  }

  /** Whether {@code value} is {@code x + 0.044715 * x * x * x}. */
  private static boolean isBent(Editor editor, String x, String value) {
    if (!(editor.producer(value) instanceof Node.Add sum) || sum.sign() < 0) {
      return false;
    }
    Node.Affine cube = line(editor, sum.left().equals(x) ? sum.right() : sum.left(), 0);
    return (sum.left().equals(x) || sum.right().equals(x))
        && cube != null
        && close(cube.scale()[0], 0.044715)
        && isPower(editor, x, cube.input(), 3);
  }

  private static boolean isPower(Editor editor, String x, String value, int exponent) {
    if (exponent == 1 || !(editor.producer(value) instanceof Node.Mul mul)) {
      return exponent == 1 && value.equals(x);
    }
    int less = exponent - 1;
    return mul.left().equals(x) && isPower(editor, x, mul.right(), less)
        || mul.right().equals(x) && isPower(editor, x, mul.left(), less);
  }

  private static boolean applies(Editor editor, Function function, String value, String x) {
    return x.equals(argument(editor, function, value));
  }

  /** What {@code value} is that function of, or null. */
  private static String argument(Editor editor, Function function, String value) {
    boolean fits =
        editor.producer(value) instanceof Node.Activate act
            && act.activation() instanceof Activation.Smooth smooth
            && smooth.function() == function;
    return fits ? editor.producer(value).inputs().get(0) : null;
  }

  /** The affine function with one scale and about this offset that makes {@code value}, or null. */
  private static Node.Affine line(Editor editor, String value, double offset) {
    return editor.producer(value) instanceof Node.Affine affine
            && affine.scale().length == 1
            && affine.offset().length == 1
            && close(affine.offset()[0], offset)
        ? affine
        : null;
  }

  private static boolean close(double value, double wanted) {
    return Math.abs(value - wanted) <= CLOSE * Math.abs(wanted);
  }
}
