package dev.tessera.ir;

import dev.tessera.num.FixedType;
import dev.tessera.num.Normalization;
import dev.tessera.num.Requant;
import java.util.List;

/**
 * One operator of a {@link Graph}; values are named, each node makes one.
 *
 * <p>Float operators come from the front end and the passes; {@code Q...} operators from the
 * quantiser; wiring ({@link Concat}, {@link Select}, {@link DepthToSpace}) belongs to both.
 */
public sealed interface Node {
  /** The operator's name in the model, for messages. */
  String name();

  /** Names of the values read, in order. */
  List<String> inputs();

  /** Name of the value made. */
  String output();

  /** An operator that reads one value. */
  sealed interface Unary extends Node {
    /** The value read. */
    String input();

    @Override
    default List<String> inputs() {
      return List.of(input());
    }
  }

  /** The frame. */
  record Input(String name, String output) implements Node {
    @Override
    public List<String> inputs() {
      return List.of();
    }
  }

  /**
   * Convolution (cross-correlation as in ONNX) with its padding and activation; a dilated kernel is
   * a larger one with zeros.
   *
   * @param padValue what Border.VALUE pads with: length 1 or one per input channel
   */
  record Conv(
      String name,
      String input,
      String output,
      Kernel kernel,
      Stride stride,
      Pads pads,
      Border border,
      float[] padValue,
      Activation activation)
      implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    /** This convolution followed by {@code other} instead of its activation. */
    public Conv withActivation(Activation other) {
      return new Conv(name, input, output, kernel, stride, pads, border, padValue, other);
    }
  }

  /** A pointwise function on its own. */
  record Activate(String name, String input, String output, Activation activation)
      implements Unary {}

  /** {@code y = scale[c] * x + offset[c]}; lengths 1 or one per channel. */
  record Affine(String name, String input, String output, float[] scale, float[] offset)
      implements Unary {}

  /**
   * Instance normalisation: {@code y = activation(scale[k] * (x - mean[k]) / sqrt(variance[k] +
   * epsilon) + offset[k])}, with mean and variance (divided by the count) over all positions of the
   * frame. Channel c has the statistics and factors number {@code k = c % scale.length}: the {@code
   * phases} output phases of an enlarging convolution are one channel of the enlarged frame, and
   * lie {@code scale.length} channels apart.
   *
   * @param scale one factor per normalised channel
   * @param offset one per normalised channel
   * @param epsilon what keeps the divisor from zero, not negative
   */
  record Normalize(
      String name,
      String input,
      String output,
      float[] scale,
      float[] offset,
      float epsilon,
      int phases,
      Activation activation)
      implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    /** This normalisation between other values, followed by {@code other}. */
    public Normalize with(String read, String made, Activation other) {
      return new Normalize(name, read, made, scale, offset, epsilon, phases, other);
    }
  }

  /** {@code y = activation(left + sign * right)}, sign +1 or -1. */
  record Add(String name, String left, String right, String output, int sign, Activation activation)
      implements Node {
    @Override
    public List<String> inputs() {
      return List.of(left, right);
    }
  }

  /**
   * {@code y = activation(left * right)}, pixel by pixel; {@code right} may have one channel, which
   * then scales all of {@code left}'s.
   */
  record Mul(String name, String left, String right, String output, Activation activation)
      implements Node {
    @Override
    public List<String> inputs() {
      return List.of(left, right);
    }
  }

  /**
   * Maximum or average of a window, channel by channel.
   *
   * @param height rows of the window
   * @param width columns of the window
   */
  record Pool(
      String name,
      String input,
      String output,
      Pooling pooling,
      int height,
      int width,
      Stride stride,
      Pads pads)
      implements Unary {}

  /** A map of another size, see {@link Sampling}. */
  record Resize(String name, String input, String output, Sampling sampling) implements Unary {}

  /** Channels of all inputs, one after the other. */
  record Concat(String name, List<String> inputs, String output) implements Node {
    public Concat {
      inputs = List.copyOf(inputs);
    }
  }

  /** Output channel i is input channel {@code channels[i]} (split, slice, shuffle, repetition). */
  record Select(String name, String input, String output, int[] channels) implements Unary {}

  /** Padding that could not move into a convolution yet. */
  record Pad(String name, String input, String output, Pads pads, Border border, float[] padValue)
      implements Unary {}

  /**
   * Pixel shuffle by {@code block}: with C output channels, output (c, y*block+a, x*block+b) is
   * input channel {@code (a*block + b)*C + c} (DCR) or {@code (c*block + a)*block + b} (CRD) at (y,
   * x).
   */
  record DepthToSpace(String name, String input, String output, int block, boolean crd)
      implements Unary {}

  /** A QuantizeLinear and DequantizeLinear pair: the model prescribes this value's integers. */
  record FakeQuant(String name, String input, String output, ValueQuant quant) implements Unary {}

  /**
   * Integer convolution: acc = sum of weight * code over the taps (raw codes, no bias; both live in
   * the requantiser), then {@code requant}.
   *
   * <p>Border classes of {@code requant}: row class = rows of the window above the frame t
   * (1..top), or top + rows below (1..bottom), else 0; column class alike; class = row class * (1 +
   * left + right) + column class. With one class only it is 0 everywhere. With strides some classes
   * may not occur.
   *
   * @param padCode the code that Border.VALUE pads with, one per input channel
   * @param type type of the output codes
   * @param norm how each frame's own table of the requantiser follows from its statistics; {@code
   *     requant} then holds a typical one. Null if the requantiser is the same for all frames
   */
  record QConv(
      String name,
      String input,
      String output,
      IntKernel kernel,
      Stride stride,
      Pads pads,
      Border border,
      int[] padCode,
      Requant requant,
      FixedType type,
      Normalization norm)
      implements Node {
    /** A convolution whose requantiser is the same for all frames. */
    public QConv(
        String name,
        String input,
        String output,
        IntKernel kernel,
        Stride stride,
        Pads pads,
        Border border,
        int[] padCode,
        Requant requant,
        FixedType type) {
      this(name, input, output, kernel, stride, pads, border, padCode, requant, type, null);
    }

    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    /** This convolution with another requantiser, the same for all frames. */
    public QConv withRequant(Requant other) {
      return new QConv(name, input, output, kernel, stride, pads, border, padCode, other, type);
    }
  }

  /** Pointwise requantisation per channel: acc = code. */
  record QScale(String name, String input, String output, Requant requant, FixedType type)
      implements Unary {}

  /** A stored map normalised: acc = code; {@code requant} holds the typical table of the rule. */
  record QNorm(
      String name, String input, String output, Requant requant, FixedType type, Normalization norm)
      implements Unary {}

  /**
   * A user's own layer: codes of its inputs to codes of the shape, type and scale of the first.
   *
   * @param kind of the layer
   * @param settings of the layer
   */
  record QCustom(String name, List<String> inputs, String output, String kind, String settings)
      implements Node {
    public QCustom {
      inputs = List.copyOf(inputs);
    }
  }

  /** Pointwise table: output code = entries[input code - smallest input code]. */
  record QTable(String name, String input, String output, int[] entries, FixedType type)
      implements Unary {}

  /**
   * Integer addition: q = clamp((left * leftMultiplier[c] + right * rightMultiplier[c] + offset[c])
   * >> shift, lo, hi); the offset holds zero points and the rounding half. Arrays have one entry
   * per channel.
   */
  record QAdd(
      String name,
      String left,
      String right,
      String output,
      int[] leftMultiplier,
      int[] rightMultiplier,
      long[] offset,
      int shift,
      int lo,
      int hi,
      FixedType type)
      implements Node {
    @Override
    public List<String> inputs() {
      return List.of(left, right);
    }
  }

  /**
   * Integer product: acc = (left - leftZero[c]) * (right - rightZero[c]), then {@code requant};
   * {@code right} may have one channel, which then scales all of {@code left}'s.
   *
   * @param leftZero one per channel of {@code left}
   * @param rightZero one per channel of {@code right}
   */
  record QMul(
      String name,
      String left,
      String right,
      String output,
      int[] leftZero,
      int[] rightZero,
      Requant requant,
      FixedType type)
      implements Node {
    @Override
    public List<String> inputs() {
      return List.of(left, right);
    }
  }

  /**
   * Integer pooling: acc = the largest code, or the sum of the codes, of the pixels of the window
   * inside the frame, then {@code requant}, whose border classes are those of {@link QConv}.
   *
   * @param pooling MAX or AVERAGE; what an average divides by lies in {@code requant}
   * @param requant one entry per channel; where the average leaves its padding out, so that windows
   *     at the border divide by less, one per border class and channel: entry {@code k * C + c}
   */
  record QPool(
      String name,
      String input,
      String output,
      Pooling pooling,
      int height,
      int width,
      Stride stride,
      Pads pads,
      Requant requant,
      FixedType type)
      implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    /** Whether the border classes of maps of {@code channels} have factors of their own. */
    public static boolean apart(Requant requant, int channels) {
      return requant.channels() > channels;
    }

    /** Border classes that {@code requant} tells apart. */
    public static int classes(Requant requant, int channels, Pads pads) {
      return apart(requant, channels) ? pads.borderClasses() : requant.borderClasses();
    }

    /**
     * The code of {@code acc} of channel {@code c} of {@code channels} at border class {@code k}.
     */
    public static int code(Requant requant, int channels, long acc, int c, int k) {
      return apart(requant, channels)
          ? requant.apply(acc, k * channels + c, 0)
          : requant.apply(acc, c, k);
    }
  }

  /**
   * Integer resizing: acc = the sum over rows and columns of {@link Sampling#tap} of code * row
   * weight * column weight, the two weights of an axis being (one - weight, weight) with one = 2 to
   * the power {@code weightBits}; then {@code requant}. NEAREST has {@code weightBits} 0: acc =
   * code.
   */
  record QResize(
      String name,
      String input,
      String output,
      Sampling sampling,
      int weightBits,
      Requant requant,
      FixedType type)
      implements Unary {}
}
