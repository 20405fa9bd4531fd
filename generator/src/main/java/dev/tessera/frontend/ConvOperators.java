package dev.tessera.frontend;

import dev.tessera.base.Bits;
import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Stride;
import java.util.Arrays;

/** Conv and BatchNormalization. */
final class ConvOperators {
  private static final int LARGEST_KERNEL = 11;

  /** Side of a kernel with the zeros between its taps. */
  private static final int LARGEST_DILATED = 33;

  private ConvOperators() {}

  static void conv(Call call) {
    Value.Map in = call.map(0);
    Tensor w = kernel(call);
    int out = (int) w.dims()[0];
    int perGroup = (int) w.dims()[1];
    int height = (int) w.dims()[2];
    int width = (int) w.dims()[3];
    requireSize(call, height, width);
    requireStatedShape(call, height, width);
    Stride stride = Windows.stride(call);
    int[] apart = Windows.pair(call, "dilations", Limits.SIDE);
    int rows = (height - 1) * apart[0] + 1;
    int columns = (width - 1) * apart[1] + 1;
    if (rows > LARGEST_DILATED || columns > LARGEST_DILATED) {
      throw call.refuse(
          "onnx.kernel",
          "a dilated kernel that spans " + rows + " x " + columns + " is not supported",
          "kernels may span " + LARGEST_DILATED + " x " + LARGEST_DILATED + " pixels");
    }
    long group = call.attributes().integer("group", 1);
    if (group < 1 || group > out || out % group != 0) {
      throw call.attributes()
          .refuse("group", "is " + group + ", which does not divide " + out + " output channels");
    }
    float[] bias = bias(call, out);
    Kernel kernel =
        new Kernel(
            out,
            perGroup,
            rows,
            columns,
            (int) group,
            spread(w, rows, columns, apart),
            bias,
            fixed(call, w, 0));
    Node node =
        new Node.Conv(
            call.name(),
            in.name(),
            call.output(0),
            kernel,
            stride,
            Windows.pads(call, in.type(), rows, columns, stride),
            Border.VALUE,
            new float[] {0},
            Activation.NONE);
    call.define(0, call.emit(node));
  }

  /** The kernel of four axes. */
  static Tensor kernel(Call call) {
    Tensor w = call.constant(1, "kernel");
    PerChannel.requireFloat(call, w, "kernel");
    if (w.rank() != 4 || w.data().length == 0) {
      throw call.refuse(
          "onnx.shape",
          "its kernel has shape " + w.shape(),
          "only two-dimensional convolutions are supported");
    }
    return w;
  }

  /** Refuses windows that are too large. */
  static void requireSize(Call call, int height, int width) {
    if (height > LARGEST_KERNEL || width > LARGEST_KERNEL) {
      throw call.refuse(
          "onnx.kernel",
          "a kernel of " + height + " x " + width + " is not supported",
          "kernels may be up to " + LARGEST_KERNEL + " x " + LARGEST_KERNEL);
    }
  }

  /** Refuses a {@code kernel_shape} that the kernel does not have. */
  static void requireStatedShape(Call call, int height, int width) {
    long[] stated = call.attributes().integers("kernel_shape");
    if (stated != null && !Arrays.equals(stated, new long[] {height, width})) {
      throw call.attributes()
          .refuse(
              "kernel_shape",
              "is " + Arrays.toString(stated) + " while the kernel is " + height + " x " + width);
    }
  }

  /** Refuses anything but ones in the axes where {@code size} is more than 1. */
  static void requireOnes(Call call, String name, int[] size) {
    long[] values = call.attributes().integers(name);
    if (values == null) {
      return;
    }
    boolean ones = values.length == 2;
    for (int i = 0; ones && i < 2; i++) {
      ones = values[i] == 1 || (values[i] > 1 && size[i] == 1);
    }
    if (!ones) {
      throw call.attributes()
          .refuse(name, "is " + Arrays.toString(values) + "; only [1, 1] is supported");
    }
  }

  /** The bias, zeros where there is none. */
  static float[] bias(Call call, int out) {
    if (!call.has(2)) {
      return new float[out];
    }
    Tensor bias = call.constant(2, "bias");
    PerChannel.requireFloat(call, bias, "bias");
    if (bias.rank() != 1 || bias.data().length != out) {
      throw call.refuse(
          "onnx.shape",
          "its bias has shape " + bias.shape() + " for " + out + " output channels",
          "it must have one value per output channel");
    }
    return bias.floats();
  }

  /** The weights with zeros between taps that lie apart. */
  private static float[] spread(Tensor w, int rows, int columns, int[] apart) {
    int height = (int) w.dims()[2];
    int width = (int) w.dims()[3];
    float[] weights = w.floats();
    float[] spread = new float[weights.length / (height * width) * rows * columns];
    for (int i = 0; i < weights.length; i++) {
      int y = i / width % height * apart[0];
      int x = i % width * apart[1];
      spread[(i / (height * width) * rows + y) * columns + x] = weights[i];
    }
    return spread;
  }

  /** The attribute {@code pads}, which only {@code auto_pad} NOTSET may have. */
  static Pads statedPads(Call call, String auto) {
    long[] pads = call.attributes().integers("pads");
    if (pads == null) {
      return Pads.NONE;
    }
    if (!auto.equals("NOTSET") && Arrays.stream(pads).anyMatch(p -> p != 0)) {
      throw call.attributes().refuse("pads", "contradicts auto_pad " + auto);
    }
    if (pads.length != 4 || Arrays.stream(pads).anyMatch(p -> p < 0 || p > Limits.SIDE)) {
      throw call.attributes()
          .refuse("pads", "is " + Arrays.toString(pads) + "; it needs four sizes of 0 or more");
    }
    return new Pads((int) pads[0], (int) pads[1], (int) pads[2], (int) pads[3]);
  }

  /** The quantisation of a kernel whose output channels are {@code axis}, or null. */
  static Kernel.WeightQuant fixed(Call call, Tensor w, int axis) {
    Tensor.Codes codes = w.codes();
    if (codes == null) {
      return null;
    }
    if (codes.scale().length > 1 && codes.axis() != axis) {
      throw call.refuse(
          "onnx.quantization",
          "its kernel has scales along axis " + codes.axis(),
          "weights need one scale, or one per output channel (axis " + axis + ")");
    }
    return new Kernel.WeightQuant(
        Math.max(2, Bits.signedWidth(codes.lo(), codes.hi())), codes.scale());
  }

  static void batchNorm(Call call) {
    Value.Map in = call.map(0);
    float epsilon = call.attributes().real("epsilon", 1e-5f);
    // Used in training only.
    call.attributes().real("momentum", 0.9f);
    if (call.attributes().integer("training_mode", 0) != 0) {
      throw call.attributes().refuse("training_mode", "is set; export the model for inference");
    }
    int channels = in.type().channels();
    double[][] tables = new double[4][];
    String[] roles = {"scale", "bias", "mean", "variance"};
    for (int i = 0; i < 4; i++) {
      Tensor table = call.constant(i + 1, roles[i]);
      PerChannel.requireFloat(call, table, roles[i]);
      if (table.data().length != channels) {
        throw call.refuse(
            "onnx.shape",
            "its " + roles[i] + " has shape " + table.shape() + " for " + channels + " channels",
            "it must have one value per channel");
      }
      tables[i] = table.data();
    }
    float[] scale = new float[channels];
    float[] offset = new float[channels];
    for (int c = 0; c < channels; c++) {
      double s = tables[0][c] / Math.sqrt(tables[3][c] + epsilon);
      scale[c] = (float) s;
      offset[c] = (float) (tables[1][c] - tables[2][c] * s);
      if (!Float.isFinite(scale[c]) || !Float.isFinite(offset[c])) {
        throw call.refuse("onnx.constant", "its variance is not positive", "train the model again");
      }
    }
    call.define(
        0, call.emit(new Node.Affine(call.name(), in.name(), call.output(0), scale, offset)));
  }
}
