package dev.tessera.frontend;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.PhaseAxis;
import dev.tessera.ir.Stride;
import java.util.Arrays;

/**
 * ConvTranspose in polyphase form: one convolution of the small map makes the stride x stride
 * phases of every output channel, a pixel shuffle puts them together. No product of an inserted
 * zero is left; where the kernel is not a multiple of the stride, the phases do not fill their
 * common window and the rest of it holds weights of zero.
 */
final class TransposeOperator {
  private static final int LARGEST_STRIDE = 16;

  private TransposeOperator() {}

  static void convTranspose(Call call) {
    Value.Map in = call.map(0);
    Tensor w = ConvOperators.kernel(call);
    int height = (int) w.dims()[2];
    int width = (int) w.dims()[3];
    ConvOperators.requireStatedShape(call, height, width);
    ConvOperators.requireOnes(call, "dilations", new int[] {height, width});
    int stride = stride(call);
    Pads pads = pads(call);
    int[] crop = crop(call, stride, height, width, pads);
    PhaseAxis rows = PhaseAxis.transposed(height, stride, pads.top());
    PhaseAxis columns = PhaseAxis.transposed(width, stride, pads.left());
    long phases = w.dims()[1] * stride * stride;
    if (phases > Limits.CHANNELS) {
      throw call.refuse(
          "onnx.size",
          phases + " phases of output channels are too many",
          "there may be " + Limits.CHANNELS);
    }
    ConvOperators.requireSize(call, rows.window(), columns.window());
    Kernel kernel = PhaseAxis.kernel(forward(call, w), rows, columns);
    boolean cropped = crop[0] + crop[1] > 0;
    String whole = cropped ? call.fresh("_whole") : call.output(0);
    Node.Conv conv =
        new Node.Conv(
            call.name(),
            in.name(),
            stride == 1 ? whole : call.fresh("_phases"),
            kernel,
            Stride.ONE,
            PhaseAxis.pads(rows, columns),
            Border.VALUE,
            new float[] {0},
            Activation.NONE);
    Value.Map made = call.emit(conv);
    if (stride > 1) {
      made = call.emit(new Node.DepthToSpace(call.name(), made.name(), whole, stride, true));
    }
    if (cropped) {
      Pads less = new Pads(0, 0, -crop[0], -crop[1]);
      float[] zero = {0};
      made =
          call.emit(
              new Node.Pad(call.name(), made.name(), call.output(0), less, Border.VALUE, zero));
    }
    call.define(0, made);
  }

  private static int stride(Call call) {
    long[] strides = call.attributes().integers("strides");
    if (strides == null) {
      return 1;
    }
    if (strides.length != 2
        || strides[0] != strides[1]
        || strides[0] < 1
        || strides[0] > LARGEST_STRIDE) {
      throw call.attributes()
          .refuse(
              "strides",
              "is " + Arrays.toString(strides) + "; two equal ones of 1 to 16 are supported");
    }
    return (int) strides[0];
  }

  private static Pads pads(Call call) {
    String auto = call.attributes().text("auto_pad", "NOTSET");
    if (!auto.equals("NOTSET") && !auto.equals("VALID")) {
      throw call.attributes().refuse("auto_pad", "is '" + auto + "', which is not supported");
    }
    return ConvOperators.statedPads(call, auto);
  }

  /** Rows and columns by which the result falls short of the map times the stride. */
  private static int[] crop(Call call, int stride, int height, int width, Pads pads) {
    long[] more = call.attributes().integers("output_padding");
    more = more == null ? new long[2] : more;
    if (more.length != 2 || Arrays.stream(more).anyMatch(m -> m < 0 || m >= Math.max(2, stride))) {
      throw call.attributes()
          .refuse("output_padding", "is " + Arrays.toString(more) + ", which is not supported");
    }
    int[] crop = {
      stride - height + pads.top() + pads.bottom() - (int) more[0],
      stride - width + pads.left() + pads.right() - (int) more[1]
    };
    if (crop[0] < 0 || crop[1] < 0) {
      throw call.refuse(
          "onnx.operator",
          "ConvTranspose makes "
              + -Math.min(0, crop[0])
              + " rows and "
              + -Math.min(0, crop[1])
              + " columns more than "
              + stride
              + " times its input, which is not supported",
          "pad by the kernel size less the stride in all");
    }
    return crop;
  }

  /** The kernel with its output channels first, as a convolution has it. */
  private static Kernel forward(Call call, Tensor w) {
    int in = (int) w.dims()[0];
    int perGroup = (int) w.dims()[1];
    long group = call.attributes().integer("group", 1);
    if (group < 1 || group > in || in % group != 0) {
      throw call.attributes()
          .refuse("group", "is " + group + ", which does not divide " + in + " input channels");
    }
    int out = Math.multiplyExact(perGroup, (int) group);
    int inner = in / (int) group;
    int height = (int) w.dims()[2];
    int width = (int) w.dims()[3];
    int area = height * width;
    float[] from = w.floats();
    float[] weights = new float[from.length];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < inner; i++) {
        int source = (o / perGroup * inner + i) * perGroup + o % perGroup;
        System.arraycopy(from, source * area, weights, (o * inner + i) * area, area);
      }
    }
    float[] bias = ConvOperators.bias(call, out);
    return new Kernel(
        out, inner, height, width, (int) group, weights, bias, fixed(call, w, (int) group));
  }

  private static Kernel.WeightQuant fixed(Call call, Tensor w, int group) {
    Kernel.WeightQuant fixed = ConvOperators.fixed(call, w, 1);
    if (fixed == null || fixed.scale().length == 1) {
      return fixed;
    }
    int perGroup = fixed.scale().length;
    double[] scale = new double[perGroup * group];
    for (int o = 0; o < scale.length; o++) {
      scale[o] = fixed.scale()[o % perGroup];
    }
    return new Kernel.WeightQuant(fixed.bits(), scale);
  }
}
