package dev.tessera.frontend;

import dev.tessera.ir.Border;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Pad of rows and columns: constant (cropping with negative sizes included), edge, reflect. */
final class PadOperator {
  private PadOperator() {}

  static void pad(Call call) {
    Value.Map in = call.map(0);
    String mode = call.attributes().text("mode", "constant");
    Border border =
        switch (mode) {
          case "constant" -> Border.VALUE;
          case "edge" -> Border.EDGE;
          case "reflect" -> Border.REFLECT;
          default ->
              throw call.attributes().refuse("mode", "is '" + mode + "', which is not supported");
        };
    long[] sizes = sizes(call);
    for (long size : sizes) {
      if (Math.abs(size) > Limits.SIDE || (size < 0 && border != Border.VALUE)) {
        throw call.refuse(
            "onnx.shape", "it pads by " + size + " in mode " + mode, "use smaller sizes");
      }
    }
    boolean channels = sizes[1] != 0 || sizes[5] != 0;
    if (sizes[0] != 0 || sizes[4] != 0 || (channels && border != Border.VALUE)) {
      throw call.refuse(
          "onnx.operator",
          "Pad of the batch, or of channels in mode " + mode + " is not supported",
          "only rows and columns may be padded so");
    }
    Pads pads = new Pads((int) sizes[2], (int) sizes[3], (int) sizes[6], (int) sizes[7]);
    float[] value = {call.has(2) ? call.number(2, "constant_value") : 0};
    if (!Float.isFinite(value[0])) {
      throw call.refuse("onnx.constant", "it pads with " + value[0], "mend the model");
    }
    Value.Map made = in;
    if (!pads.isNone()) {
      String output = channels ? call.fresh("_framed") : call.output(0);
      float[] frame = border == Border.VALUE ? value : new float[] {0};
      made = call.emit(new Node.Pad(call.name(), in.name(), output, pads, border, frame));
    }
    call.define(
        0, channels ? channels(call, made, (int) sizes[1], (int) sizes[5], value[0]) : made);
  }

  /**
   * Constant channels around those of {@code in}: copies of a channel times zero. The addition that
   * such channels usually go into multiplies each of them anyway.
   */
  private static Value.Map channels(Call call, Value.Map in, int before, int behind, float value) {
    int size = in.type().channels();
    int count = before + size + behind;
    if (count < 1 || count > Limits.CHANNELS) {
      throw call.refuse("onnx.shape", "it leaves " + count + " channels", "export the model again");
    }
    int[] from = new int[count];
    float[] scale = new float[count];
    float[] offset = new float[count];
    for (int c = 0; c < count; c++) {
      boolean real = c >= before && c < before + size;
      from[c] = real ? c - before : 0;
      scale[c] = real ? 1 : 0;
      offset[c] = real ? 0 : value;
    }
    Value.Map wide =
        call.emit(new Node.Select(call.name(), in.name(), call.fresh("_channels"), from));
    return call.emit(new Node.Affine(call.name(), wide.name(), call.output(0), scale, offset));
  }

  /** Sizes before the four axes, then behind them. */
  private static long[] sizes(Call call) {
    long[] given = call.integers(1, "pads");
    long[] axes = LongStream.range(0, 4).toArray();
    if (call.has(3)) {
      if (call.opset() < 18) {
        throw call.refuse("onnx.node", "it has axes before opset 18", "export the model again");
      }
      axes = call.integers(3, "axes");
    }
    if (given.length != 2 * axes.length) {
      throw call.refuse(
          "onnx.shape",
          "its pads " + Arrays.toString(given) + " do not fit " + axes.length + " axes",
          "export the model again");
    }
    long[] sizes = new long[8];
    boolean[] seen = new boolean[4];
    for (int i = 0; i < axes.length; i++) {
      long axis = axes[i] < 0 ? axes[i] + 4 : axes[i];
      if (axis < 0 || axis > 3 || seen[(int) axis]) {
        throw call.refuse("onnx.shape", "it has a wrong axis " + axes[i], "export the model again");
      }
      seen[(int) axis] = true;
      sizes[(int) axis] = given[i];
      sizes[(int) axis + 4] = given[axes.length + i];
    }
    return sizes;
  }
}
