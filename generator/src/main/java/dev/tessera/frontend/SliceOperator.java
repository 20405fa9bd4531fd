package dev.tessera.frontend;

import dev.tessera.ir.Border;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Pooling;
import dev.tessera.ir.Stride;
import dev.tessera.ir.TensorType;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Slice: any step along the channels, rows and columns cropped and taken in steps. */
final class SliceOperator {
  private static final int LARGEST_STEP = 4;

  private SliceOperator() {}

  static void slice(Call call) {
    Value.Map in = call.map(0);
    long[] starts = call.integers(1, "starts");
    long[] ends = call.integers(2, "ends");
    long[] axes =
        call.has(3) ? call.integers(3, "axes") : LongStream.range(0, starts.length).toArray();
    long[] steps = call.has(4) ? call.integers(4, "steps") : new long[starts.length];
    if (!call.has(4)) {
      Arrays.fill(steps, 1);
    }
    if (ends.length != starts.length
        || axes.length != starts.length
        || steps.length != starts.length) {
      throw call.refuse("onnx.shape", "its lists differ in length", "export the model again");
    }
    boolean[] seen = new boolean[4];
    int[] crop = new int[4];
    int[] taken = {1, 1};
    int[] channels = null;
    for (int i = 0; i < starts.length; i++) {
      long axis = axes[i] < 0 ? axes[i] + 4 : axes[i];
      if (axis < 0 || axis > 3 || seen[(int) axis]) {
        throw call.refuse("onnx.shape", "it has a wrong axis " + axes[i], "export the model again");
      }
      seen[(int) axis] = true;
      if (axis == 1) {
        channels = channels(call, in.type().channels(), starts[i], ends[i], steps[i]);
      } else {
        requireStep(call, axis, steps[i]);
        if (axis > 1) {
          taken[(int) axis - 2] = (int) steps[i];
        }
        Extent extent = extent(in.type(), (int) axis);
        int side = (int) axis - 2;
        int[] both = crop(call, extent, starts[i], ends[i]);
        if (axis == 0 && (both[0] != 0 || both[1] != 0)) {
          throw call.refuse("onnx.shape", "it cuts the batch", "the batch is 1");
        } else if (axis > 1) {
          crop[side] = -both[0];
          crop[side + 2] = -both[1];
        }
      }
    }
    Stride stride = new Stride(taken[0], taken[1]);
    emit(call, in, channels, new Pads(crop[0], crop[1], crop[2], crop[3]), stride);
  }

  /** Rows and columns in steps are the largest of windows of one pixel: no product is needed. */
  private static void emit(Call call, Value.Map in, int[] channels, Pads crop, Stride stride) {
    boolean all =
        channels == null
            || Arrays.equals(channels, IntStream.range(0, in.type().channels()).toArray());
    Value.Map chosen = in;
    if (!all) {
      boolean last = crop.isNone() && stride.isOne();
      String output = last ? call.output(0) : call.fresh("_channels");
      chosen = call.emit(new Node.Select(call.name(), in.name(), output, channels));
    }
    if (!crop.isNone()) {
      String output = stride.isOne() ? call.output(0) : call.fresh("_cropped");
      float[] zero = {0};
      chosen =
          call.emit(new Node.Pad(call.name(), chosen.name(), output, crop, Border.VALUE, zero));
    }
    if (!stride.isOne()) {
      chosen =
          call.emit(
              new Node.Pool(
                  call.name(),
                  chosen.name(),
                  call.output(0),
                  Pooling.MAX,
                  1,
                  1,
                  stride,
                  Pads.NONE));
    }
    call.define(0, chosen);
  }

  private static void requireStep(Call call, long axis, long step) {
    boolean fits = step == 1 || (axis > 1 && step > 1 && step <= LARGEST_STEP);
    if (!fits) {
      throw call.refuse(
          "onnx.operator",
          "Slice along axis " + axis + " with step " + step + " is not supported",
          "rows and columns may be taken in steps of 1 to " + LARGEST_STEP);
    }
  }

  private static Extent extent(TensorType type, int axis) {
    return axis == 0 ? Extent.constant(1) : axis == 2 ? type.height() : type.width();
  }

  /** Pixels cut before and behind. */
  private static int[] crop(Call call, Extent extent, long start, long end) {
    if (extent.mul() == 0) {
      long size = extent.add();
      long from = Math.max(0, Math.min(size, start < 0 ? start + size : start));
      long to = Math.max(0, Math.min(size, end < 0 ? end + size : end));
      return new int[] {(int) from, (int) (size - to)};
    }
    // Any frame is smaller than this bound, which exporters write as the largest integer.
    boolean toTheEnd = end >= Integer.MAX_VALUE;
    boolean fromFront = start >= 0 && start <= Limits.SIDE;
    boolean fromBack = end < 0 && end >= -Limits.SIDE;
    if (!fromFront || !(toTheEnd || fromBack)) {
      throw call.refuse(
          "onnx.operator",
          "Slice from "
              + start
              + " to "
              + end
              + " of a size that depends on the frame is not"
              + " supported",
          "fix the frame size, or cut a fixed border");
    }
    return new int[] {(int) start, toTheEnd ? 0 : (int) -end};
  }

  private static int[] channels(Call call, int size, long start, long end, long step) {
    if (step == 0 || step == Long.MIN_VALUE) {
      throw call.refuse("onnx.shape", "its step is " + step, "export the model again");
    }
    long from = start < 0 ? start + size : start;
    long to = end < 0 ? end + size : end;
    from = Math.max(0, Math.min(step < 0 ? size - 1 : size, from));
    to = Math.max(step < 0 ? -1 : 0, Math.min(size, to));
    LongStream.Builder channels = LongStream.builder();
    for (long c = from; step > 0 ? c < to : c > to; c += Math.max(-size, Math.min(size, step))) {
      channels.add(c);
    }
    int[] list = channels.build().mapToInt(c -> (int) c).toArray();
    if (list.length == 0) {
      throw call.refuse("onnx.shape", "it selects no channels", "export the model again");
    }
    return list;
  }
}
