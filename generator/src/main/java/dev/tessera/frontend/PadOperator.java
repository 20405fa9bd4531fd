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
    if (sizes[0] != 0 || sizes[1] != 0 || sizes[4] != 0 || sizes[5] != 0) {
      throw call.refuse(
          "onnx.operator",
          "Pad of batch or channels is not supported",
          "only rows and columns may be padded");
    }
    Pads pads = new Pads((int) sizes[2], (int) sizes[3], (int) sizes[6], (int) sizes[7]);
    float[] value = {call.has(2) ? call.number(2, "constant_value") : 0};
    if (!Float.isFinite(value[0])) {
      throw call.refuse("onnx.constant", "it pads with " + value[0], "mend the model");
    }
    if (pads.isNone()) {
      call.define(0, in);
      return;
    }
    call.define(
        0,
        call.emit(
            new Node.Pad(
                call.name(),
                in.name(),
                call.output(0),
                pads,
                border,
                border == Border.VALUE ? value : new float[] {0})));
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
