package dev.tessera.ir;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A graph as text: one line a node, with shape, kernel, multiplications and receptive field. */
public final class GraphPrinter {
  private GraphPrinter() {}

  /** The text, lines ended by line feeds. */
  public static String print(Graph graph) {
    return print(Layer.of(graph));
  }

  /** The text of some layers, lines ended by line feeds. */
  public static String print(List<Layer> layers) {
    int width = 4;
    for (Layer layer : layers) {
      width = Math.max(width, Math.min(44, layer.name().length()));
    }
    String format = "%-12s %-" + width + "s %-18s %10s %9s %7s  %s\n";
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            format,
            "operator",
            "node",
            "C x H x W",
            "MAC/pixel",
            "params",
            "field",
            "detail"));
    for (Layer layer : layers) {
      text.append(
          String.format(
              Locale.ROOT,
              format,
              layer.operator(),
              shorten(layer.name(), width),
              layer.shape(),
              layer.macsPerInputPixel() == 0 ? "" : number(layer.macsPerInputPixel()),
              layer.parameters() == 0 ? "" : layer.parameters(),
              number(layer.fieldWidth()),
              layer.detail()));
    }
    return text.toString().replaceAll(" +\n", "\n");
  }

  /** {@code 32 x H x W}, {@code 3 x 2H x 2W-4}, {@code 1 x 48 x 64}. */
  public static String shape(TensorType type) {
    return type.channels()
        + " x "
        + type.height().toString().replace('N', 'H')
        + " x "
        + type.width().toString().replace('N', 'W');
  }

  /** The operator's name in reports: the record's own. */
  public static String operator(Node node) {
    return node.getClass().getSimpleName();
  }

  /** What else defines the operator, for people. */
  public static String detail(Node node) {
    if (node instanceof Node.Conv conv) {
      Kernel k = conv.kernel();
      String groups = k.groups() == 1 ? "" : " groups " + k.groups();
      String fixed = k.fixed() == null ? "" : " int" + k.fixed().bits() + " weights";
      String kernel = k.height() + "x" + k.width() + " " + k.inChannels() + ">" + k.outChannels();
      return kernel
          + groups
          + fixed
          + stride(conv.stride())
          + pads(conv.pads(), conv.border(), conv.padValue())
          + activation(conv.activation());
    }
    if (node instanceof Node.Activate act) {
      return activation(act.activation()).strip();
    }
    if (node instanceof Node.Affine affine) {
      return "x * " + list(affine.scale()) + " + " + list(affine.offset());
    }
    if (node instanceof Node.Normalize norm) {
      return "over the frame"
          + (norm.phases() > 1 ? ", " + norm.phases() + " phases" : "")
          + activation(norm.activation());
    }
    if (node instanceof Node.Add add) {
      return (add.sign() < 0 ? "left - right" : "left + right") + activation(add.activation());
    }
    if (node instanceof Node.Mul mul) {
      return "left * right" + activation(mul.activation());
    }
    if (node instanceof Node.Concat concat) {
      return concat.inputs().size() + " inputs";
    }
    return spatial(node);
  }

  private static String spatial(Node node) {
    if (node instanceof Node.Pool pool) {
      return pool.pooling().name().toLowerCase(Locale.ROOT).replace('_', ' ')
          + " of "
          + pool.height()
          + "x"
          + pool.width()
          + stride(pool.stride())
          + pads(pool.pads(), Border.VALUE, new float[] {0});
    }
    if (node instanceof Node.Resize resize) {
      Sampling s = resize.sampling();
      String what = s.mode() + " " + s.coordinates();
      boolean rounds = s.mode() == Sampling.Mode.NEAREST;
      return (what + (rounds ? " " + s.rounding() : "")).toLowerCase(Locale.ROOT);
    }
    if (node instanceof Node.Select select) {
      return channels(select.channels());
    }
    if (node instanceof Node.Pad pad) {
      return pads(pad.pads(), pad.border(), pad.padValue()).strip();
    }
    if (node instanceof Node.DepthToSpace d2s) {
      return d2s.block() + " x " + d2s.block() + (d2s.crd() ? " CRD" : " DCR");
    }
    if (node instanceof Node.FakeQuant quant) {
      ValueQuant q = quant.quant();
      return q.type()
          + (q.scale().length == 1
              ? String.format(Locale.ROOT, " scale %.6g zero %d", q.scale()[0], q.zero()[0])
              : " " + q.scale().length + " scales");
    }
    return "";
  }

  private static String stride(Stride stride) {
    return stride.isOne() ? "" : " stride " + stride.rows() + "," + stride.columns();
  }

  private static String pads(Pads pads, Border border, float[] value) {
    if (pads.isNone()) {
      return "";
    }
    String sides = pads.top() + "," + pads.left() + "," + pads.bottom() + "," + pads.right();
    boolean zero = border == Border.VALUE && value.length == 1 && value[0] == 0;
    String kind =
        border == Border.VALUE
            ? (zero ? "" : " of " + list(value))
            : " " + border.name().toLowerCase(Locale.ROOT);
    return " pads " + sides + kind;
  }

  private static String activation(Activation activation) {
    if (activation instanceof Activation.Clip clip) {
      boolean relu = clip.lo() == 0 && clip.hi() == Float.POSITIVE_INFINITY;
      return relu ? " Relu" : " Clip " + clip.lo() + ".." + clip.hi();
    }
    if (activation instanceof Activation.Leaky leaky) {
      return " Leaky " + list(leaky.slope());
    }
    if (activation instanceof Activation.Smooth smooth) {
      return " " + smooth.function().name() + (smooth.alpha() == 1 ? "" : " " + smooth.alpha());
    }
    return "";
  }

  private static String list(float[] values) {
    if (values.length > 4) {
      return "[" + values.length + "]";
    }
    return values.length == 1 ? Float.toString(values[0]) : Arrays.toString(values);
  }

  private static String channels(int[] channels) {
    for (int i = 1; i < channels.length; i++) {
      if (channels[i] != channels[0] + i) {
        return "channels "
            + (channels.length > 12 ? "[" + channels.length + "]" : Arrays.toString(channels));
      }
    }
    return "channels " + channels[0] + ".." + channels[channels.length - 1];
  }

  /** At most one decimal. */
  public static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  private static String shorten(String name, int width) {
    return name.length() <= width ? name : "..." + name.substring(name.length() - width + 3);
  }
}
