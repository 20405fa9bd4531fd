package dev.tessera.frontend;

import dev.tessera.ir.Extent;
import dev.tessera.ir.Node;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Reshape and Transpose as far as they reorder channels: 1 x C x H x W into 1 x G x C/G x H x W,
 * the groups exchanged, and back. What is left of that is a selection.
 */
final class ShuffleOperators {
  private static final String HINT = "only the channels may be grouped and reordered";

  private ShuffleOperators() {}

  static void reshape(Call call) {
    Value.Grouped in = grouped(call);
    if (call.attributes().integer("allowzero", 0) != 0) {
      throw call.attributes().refuse("allowzero", "is set; no map is empty");
    }
    long[] shape = call.integers(1, "shape");
    int rank = shape.length;
    if (rank < 4) {
      throw call.refuse("onnx.operator", "Reshape to " + rank + " axes is not supported", HINT);
    }
    int open = -1;
    for (int i = 0; i < rank; i++) {
      if (shape[i] == -1) {
        open = open < 0 ? i : rank;
      }
    }
    requireAxis(call, shape, 0, 1, open);
    requireSide(call, shape, rank - 2, in, true);
    requireSide(call, shape, rank - 1, in, false);
    int channels = in.channels().length;
    long[] sizes = Arrays.copyOfRange(shape, 1, rank - 2);
    long known = 1;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == 0 && i < in.factors().length) {
        sizes[i] = in.factors()[i];
      }
      known *= sizes[i] == -1 ? 1 : sizes[i];
    }
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = sizes[i] == -1 && known > 0 ? channels / known : sizes[i];
    }
    if (open == rank || Arrays.stream(sizes).reduce(1, (a, b) -> a * b) != channels) {
      throw moved(call, shape);
    }
    int[] factors = Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
    define(call, new Value.Grouped(in.source(), factors, in.channels()));
  }

  static void transpose(Call call) {
    Value.Grouped in = grouped(call);
    int groups = in.factors().length;
    int rank = groups + 3;
    long[] order = call.attributes().integers("perm");
    boolean kept = order != null && order.length == rank && order[0] == 0;
    kept = kept && order[rank - 2] == rank - 2 && order[rank - 1] == rank - 1;
    if (!kept || Arrays.stream(order).distinct().count() != rank) {
      throw call.refuse(
          "onnx.operator",
          "Transpose by " + Arrays.toString(order) + " of " + rank + " axes is not supported",
          HINT);
    }
    int[] from = IntStream.range(0, groups).map(i -> Math.toIntExact(order[i + 1]) - 1).toArray();
    int[] factors = Arrays.stream(from).map(i -> in.factors()[i]).toArray();
    int[] channels = new int[in.channels().length];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = in.channels()[source(c, factors, from, in.factors())];
    }
    define(call, new Value.Grouped(in.source(), factors, channels));
  }

  /** Where place c of a transposed order lay before. */
  private static int source(int c, int[] factors, int[] from, int[] before) {
    int[] index = new int[before.length];
    int rest = c;
    for (int i = factors.length - 1; i >= 0; i--) {
      index[from[i]] = rest % factors[i];
      rest /= factors[i];
    }
    int place = 0;
    for (int i = 0; i < before.length; i++) {
      place = place * before[i] + index[i];
    }
    return place;
  }

  private static Value.Grouped grouped(Call call) {
    if (call.value(0) instanceof Value.Grouped grouped) {
      return grouped;
    }
    Value.Map map = call.map(0);
    int channels = map.type().channels();
    return new Value.Grouped(map, new int[] {channels}, IntStream.range(0, channels).toArray());
  }

  private static void define(Call call, Value.Grouped made) {
    if (made.factors().length > 1) {
      call.define(0, made);
      return;
    }
    int[] all = IntStream.range(0, made.channels().length).toArray();
    boolean plain = Arrays.equals(all, made.channels());
    call.define(
        0,
        plain
            ? made.source()
            : call.emit(
                new Node.Select(
                    call.name(), made.source().name(), call.output(0), made.channels())));
  }

  private static void requireAxis(Call call, long[] shape, int axis, int size, int open) {
    if (shape[axis] != size && shape[axis] != 0 && open != axis) {
      throw moved(call, shape);
    }
  }

  /** A stated number of rows or columns must be that of the map. */
  private static void requireSide(
      Call call, long[] shape, int axis, Value.Grouped in, boolean rows) {
    Extent now = rows ? in.source().type().height() : in.source().type().width();
    boolean copied = shape[axis] == 0 && shape.length == in.factors().length + 3;
    if (copied || shape[axis] == -1) {
      return;
    }
    boolean same =
        now.isConstant()
            ? shape[axis] == now.add()
            : call.extent(now, Math.toIntExact(shape[axis]), rows).equals(now);
    if (!same) {
      throw moved(call, shape);
    }
  }

  private static RuntimeException moved(Call call, long[] shape) {
    return call.refuse(
        "onnx.operator",
        "Reshape to " + Arrays.toString(shape) + " moves more than channels",
        HINT);
  }
}
