package dev.tessera.frontend;

import dev.tessera.ir.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Concat, Split and DepthToSpace. */
final class WiringOperators {
  private static final int LARGEST_BLOCK = 16;

  private WiringOperators() {}

  static void concat(Call call) {
    if (!call.attributes().has("axis")) {
      throw call.attributes().refuse("axis", "is missing");
    }
    long axis = call.attributes().integer("axis", 0);
    if (call.isConstant(0)) {
      concatConstants(call, axis);
      return;
    }
    requireChannels(call, axis);
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < call.inputs(); i++) {
      inputs.add(call.map(i).name());
    }
    call.define(0, call.emit(new Node.Concat(call.name(), inputs, call.output(0))));
  }

  private static void concatConstants(Call call, long axis) {
    List<Tensor> parts = new ArrayList<>();
    int length = 0;
    for (int i = 0; i < call.inputs(); i++) {
      Tensor part = call.constant(i, "input");
      if (part.rank() != 1 || (axis != 0 && axis != -1) || part.type() != parts(parts, part)) {
        throw call.refuse(
            "onnx.constant",
            "constants of shape " + part.shape() + " cannot be joined",
            "fold constant expressions when exporting");
      }
      parts.add(part);
      length += part.data().length;
    }
    double[] data = new double[length];
    int at = 0;
    for (Tensor part : parts) {
      System.arraycopy(part.data(), 0, data, at, part.data().length);
      at += part.data().length;
    }
    call.define(
        0, new Value.Constant(new Tensor(new long[] {length}, parts.get(0).type(), data, null)));
  }

  private static int parts(List<Tensor> parts, Tensor otherwise) {
    return parts.isEmpty() ? otherwise.type() : parts.get(0).type();
  }

  /** Refuses any axis but the channels of a 1 x C x H x W map. */
  static void requireChannels(Call call, long axis) {
    if (axis != 1 && axis != -3) {
      throw call.attributes()
          .refuse("axis", "is " + axis + "; only the channels (axis 1) are supported");
    }
  }

  static void split(Call call) {
    requireChannels(call, call.attributes().integer("axis", 0));
    Value.Map in = call.map(0);
    int channels = in.type().channels();
    long[] sizes = sizes(call, channels);
    long sum = 0;
    for (long size : sizes) {
      if (size < 1 || size > channels) {
        throw call.refuse(
            "onnx.shape", "it splits off " + size + " channels", "every part needs some channels");
      }
      sum += size;
    }
    if (sum != channels || sizes.length != call.outputs()) {
      throw call.refuse(
          "onnx.shape",
          "its "
              + sizes.length
              + " parts have "
              + sum
              + " channels; the input has "
              + channels
              + " and there are "
              + call.outputs()
              + " outputs",
          "the parts must add up");
    }
    int first = 0;
    for (int i = 0; i < sizes.length; i++) {
      int[] part = IntStream.range(first, first + (int) sizes[i]).toArray();
      first += (int) sizes[i];
      if (!call.output(i).isEmpty()) {
        String name = call.name() + "." + i;
        call.define(i, call.emit(new Node.Select(name, in.name(), call.output(i), part)));
      }
    }
  }

  private static long[] sizes(Call call, int channels) {
    long[] listed = call.attributes().integers("split");
    long parts = call.attributes().integer("num_outputs", call.outputs());
    if (listed != null && call.opset() >= 13) {
      throw call.attributes().refuse("split", "is an input since opset 13");
    }
    if (call.has(1)) {
      if (call.opset() < 13) {
        throw call.refuse(
            "onnx.node", "the sizes are an attribute before opset 13", "export the model again");
      }
      listed = call.integers(1, "split");
    }
    if (listed != null) {
      if (call.attributes().has("num_outputs")) {
        throw call.attributes().refuse("num_outputs", "comes with sizes");
      }
      return listed;
    }
    boolean uneven = call.attributes().has("num_outputs");
    if (parts != call.outputs() || (!uneven && channels % parts != 0)) {
      throw call.refuse(
          "onnx.shape",
          channels
              + " channels do not split into "
              + parts
              + " parts for "
              + call.outputs()
              + " outputs",
          "state the sizes");
    }
    int size = (int) ((channels + parts - 1) / parts);
    long[] sizes = new long[(int) parts];
    Arrays.fill(sizes, size);
    sizes[sizes.length - 1] = channels - size * (parts - 1);
    return sizes;
  }

  static void depthToSpace(Call call) {
    long block = call.attributes().integer("blocksize", 0);
    String mode = call.attributes().text("mode", "DCR");
    if (block < 1 || block > LARGEST_BLOCK) {
      throw call.attributes().refuse("blocksize", "is " + block + "; 1 to 16 are supported");
    }
    if (!mode.equals("DCR") && !mode.equals("CRD")) {
      throw call.attributes().refuse("mode", "is '" + mode + "', which is not supported");
    }
    Value.Map in = call.map(0);
    if (block == 1) {
      call.define(0, in);
      return;
    }
    boolean crd = mode.equals("CRD");
    call.define(
        0,
        call.emit(new Node.DepthToSpace(call.name(), in.name(), call.output(0), (int) block, crd)));
  }
}
