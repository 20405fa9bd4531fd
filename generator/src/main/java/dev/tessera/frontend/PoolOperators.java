package dev.tessera.frontend;

import dev.tessera.ir.Extent;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Pooling;
import dev.tessera.ir.Stride;
import dev.tessera.ir.TensorType;
import java.util.Arrays;

/** MaxPool, AveragePool and GlobalAveragePool. */
final class PoolOperators {
  private static final int LARGEST_WINDOW = 64;

  private PoolOperators() {}

  static void maxPool(Call call) {
    if (call.attributes().integer("storage_order", 0) != 0) {
      throw call.attributes().refuse("storage_order", "is set; there are no indices");
    }
    pool(call, Pooling.MAX);
  }

  static void averagePool(Call call) {
    boolean counted = call.attributes().integer("count_include_pad", 0) != 0;
    pool(call, counted ? Pooling.AVERAGE : Pooling.AVERAGE_INSIDE);
  }

  static void globalAveragePool(Call call) {
    Value.Map in = call.map(0);
    int height = call.pixels(in.type().height(), true);
    int width = call.pixels(in.type().width(), false);
    requireWindow(call, height, width);
    emit(call, in, Pooling.AVERAGE, height, width, Stride.ONE, Pads.NONE);
  }

  private static void pool(Call call, Pooling pooling) {
    Value.Map in = call.map(0);
    if (!call.attributes().has("kernel_shape")) {
      throw call.attributes().refuse("kernel_shape", "is missing");
    }
    int[] window = Windows.pair(call, "kernel_shape", LARGEST_WINDOW);
    Stride stride = Windows.stride(call);
    ConvOperators.requireOnes(call, "dilations", window);
    boolean ceil = call.attributes().integer("ceil_mode", 0) != 0;
    Pads pads = Windows.pads(call, in.type(), window[0], window[1], stride);
    if (ceil) {
      Pads more = rounded(call, in.type(), window, stride, pads);
      if (pooling == Pooling.AVERAGE && !more.equals(pads)) {
        throw call.attributes()
            .refuse("ceil_mode", "with count_include_pad is not supported; nobody defines it");
      }
      pads = more;
    }
    boolean inside =
        Math.max(pads.top(), pads.bottom()) < window[0]
            && Math.max(pads.left(), pads.right()) < window[1];
    if (!inside) {
      throw call.attributes()
          .refuse(
              "pads", "reaches a whole window of " + Arrays.toString(window) + " beyond the map");
    }
    boolean alike = pooling == Pooling.AVERAGE_INSIDE && pads.isNone();
    emit(call, in, alike ? Pooling.AVERAGE : pooling, window[0], window[1], stride, pads);
  }

  /** Padding with which rounding down gives what rounding up gives without. */
  private static Pads rounded(Call call, TensorType in, int[] window, Stride stride, Pads pads) {
    int bottom = more(call, in.height(), window[0], stride.rows(), pads.top(), pads.bottom());
    int right = more(call, in.width(), window[1], stride.columns(), pads.left(), pads.right());
    return new Pads(pads.top(), pads.left(), pads.bottom() + bottom, pads.right() + right);
  }

  private static int more(Call call, Extent size, int window, int step, int before, int behind) {
    if (!size.isConstant()) {
      if (behind + step > window) {
        throw call.attributes()
            .refuse("ceil_mode", "needs a map of fixed size with these pads and strides");
      }
      return step - 1;
    }
    int room = size.add() + before + behind - window;
    int last = (room + step - 1) / step * step;
    // A window that starts behind the map is none.
    return Math.max(0, last >= size.add() + before ? 0 : last - room);
  }

  private static void requireWindow(Call call, int height, int width) {
    if (height > LARGEST_WINDOW || width > LARGEST_WINDOW) {
      throw call.refuse(
          "onnx.kernel",
          "a window of " + height + " x " + width + " is not supported",
          "windows of pools may be up to " + LARGEST_WINDOW + " x " + LARGEST_WINDOW);
    }
  }

  private static void emit(
      Call call, Value.Map in, Pooling pooling, int height, int width, Stride stride, Pads pads) {
    Node node =
        new Node.Pool(call.name(), in.name(), call.output(0), pooling, height, width, stride, pads);
    call.define(0, call.emit(node));
  }
}
