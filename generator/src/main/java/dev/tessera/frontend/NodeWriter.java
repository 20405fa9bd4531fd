package dev.tessera.frontend;

import com.google.protobuf.ByteString;
import dev.tessera.frontend.proto.AttributeProto;
import dev.tessera.frontend.proto.AttributeProto.AttributeType;
import dev.tessera.frontend.proto.GraphProto;
import dev.tessera.frontend.proto.NodeProto;
import dev.tessera.frontend.proto.TensorProto;
import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Pooling;
import dev.tessera.ir.Sampling;
import dev.tessera.ir.ValueQuant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Writes the float operators of a graph as ONNX nodes. */
final class NodeWriter {
  private final Graph graph;
  private final GraphProto.Builder proto = GraphProto.newBuilder();
  private int constants;

  NodeWriter(Graph graph) {
    this.graph = graph;
  }

  GraphProto.Builder proto() {
    return proto;
  }

  void write(Node node) {
    if (node instanceof Node.Conv conv) {
      conv(conv);
    } else if (node instanceof Node.Activate act) {
      activation(act.activation(), act.input(), act.output());
    } else if (node instanceof Node.Affine affine) {
      String scaled = inner(affine.output(), "scaled");
      add("Mul", scaled, affine.input(), channels(affine.scale()));
      add("Add", affine.output(), scaled, channels(affine.offset()));
    } else if (node instanceof Node.Normalize norm) {
      normalize(norm);
    } else if (node instanceof Node.Add sum) {
      boolean plain = sum.activation() instanceof Activation.None;
      String out = plain ? sum.output() : inner(sum.output(), "sum");
      add(sum.sign() > 0 ? "Add" : "Sub", out, sum.left(), sum.right());
      if (!plain) {
        activation(sum.activation(), out, sum.output());
      }
    } else if (node instanceof Node.Mul product) {
      boolean plain = product.activation() instanceof Activation.None;
      String out = plain ? product.output() : inner(product.output(), "product");
      add("Mul", out, product.left(), product.right());
      if (!plain) {
        activation(product.activation(), out, product.output());
      }
    } else {
      wiring(node);
    }
  }

  private void wiring(Node node) {
    if (node instanceof Node.Concat concat) {
      add("Concat", concat.output(), concat.inputs().toArray(String[]::new))
          .addAttribute(integer("axis", 1));
    } else if (node instanceof Node.Select select) {
      long[] indices = Arrays.stream(select.channels()).asLongStream().toArray();
      add("Gather", select.output(), select.input(), integers(indices))
          .addAttribute(integer("axis", 1));
    } else if (node instanceof Node.DepthToSpace d2s) {
      add("DepthToSpace", d2s.output(), d2s.input())
          .addAttribute(integer("blocksize", d2s.block()))
          .addAttribute(text("mode", d2s.crd() ? "CRD" : "DCR"));
    } else if (node instanceof Node.Pad pad) {
      pad(pad.input(), pad.output(), pad.pads(), pad.border(), pad.padValue());
    } else if (node instanceof Node.FakeQuant quant) {
      quant(quant);
    } else if (node instanceof Node.Pool pool) {
      pool(pool);
    } else if (node instanceof Node.Resize resize) {
      resize(resize);
    } else if (!(node instanceof Node.Input)) {
      throw new IllegalArgumentException("'" + node.name() + "' is no float operator");
    }
  }

  private void conv(Node.Conv conv) {
    Kernel k = conv.kernel();
    boolean zero = true;
    for (float value : conv.padValue()) {
      zero &= value == 0;
    }
    Pads pads = conv.pads();
    boolean negative = Math.min(pads.top(), pads.bottom()) < 0;
    negative |= Math.min(pads.left(), pads.right()) < 0;
    boolean own = conv.border() == Border.VALUE && zero && !negative;
    String in = conv.input();
    if (!own && !pads.isNone()) {
      in = inner(conv.output(), "padded");
      pad(conv.input(), in, pads, conv.border(), conv.padValue());
      pads = Pads.NONE;
    }
    boolean plain = conv.activation() instanceof Activation.None;
    String out = plain ? conv.output() : inner(conv.output(), "sum");
    String weights =
        floats(k.weights(), k.outChannels(), k.inChannelsPerGroup(), k.height(), k.width());
    add("Conv", out, in, weights, floats(k.bias(), k.outChannels()))
        .addAttribute(integer("group", k.groups()))
        .addAttribute(list("strides", conv.stride().rows(), conv.stride().columns()))
        .addAttribute(list("pads", pads.top(), pads.left(), pads.bottom(), pads.right()));
    if (!plain) {
      activation(conv.activation(), out, conv.output());
    }
  }

  /** Phases are put in their places for the statistics and taken apart again. */
  private void normalize(Node.Normalize norm) {
    int channels = norm.scale().length;
    int block = (int) Math.round(Math.sqrt(norm.phases()));
    boolean phased = norm.phases() > 1;
    String in = norm.input();
    if (phased) {
      in = inner(norm.output(), "enlarged");
      add("DepthToSpace", in, norm.input())
          .addAttribute(integer("blocksize", block))
          .addAttribute(text("mode", "DCR"));
    }
    boolean plain = norm.activation() instanceof Activation.None;
    String last = plain ? norm.output() : inner(norm.output(), "norm");
    String made = phased ? inner(norm.output(), "whole") : last;
    add(
            "InstanceNormalization",
            made,
            in,
            floats(norm.scale(), channels),
            floats(norm.offset(), channels))
        .addAttribute(real("epsilon", norm.epsilon()));
    if (phased) {
      add("SpaceToDepth", last, made).addAttribute(integer("blocksize", block));
    }
    if (!plain) {
      activation(norm.activation(), last, norm.output());
    }
  }

  private void pool(Node.Pool pool) {
    Pads pads = pool.pads();
    boolean max = pool.pooling() == Pooling.MAX;
    NodeProto.Builder made =
        add(max ? "MaxPool" : "AveragePool", pool.output(), pool.input())
            .addAttribute(list("kernel_shape", pool.height(), pool.width()))
            .addAttribute(list("strides", pool.stride().rows(), pool.stride().columns()))
            .addAttribute(list("pads", pads.top(), pads.left(), pads.bottom(), pads.right()));
    if (!max) {
      made.addAttribute(integer("count_include_pad", pool.pooling() == Pooling.AVERAGE ? 1 : 0));
    }
  }

  private void resize(Node.Resize node) {
    Sampling s = node.sampling();
    String name = node.output();
    String front = inner(name, "front");
    add("Concat", front, integers(1), integers(graph.type(node.input()).channels()))
        .addAttribute(integer("axis", 0));
    String sizes = inner(name, "sizes");
    add("Concat", sizes, front, size(s.height(), 2, name), size(s.width(), 3, name))
        .addAttribute(integer("axis", 0));
    add("Resize", name, node.input(), "", "", sizes)
        .addAttribute(text("mode", lower(s.mode())))
        .addAttribute(text("coordinate_transformation_mode", lower(s.coordinates())))
        .addAttribute(text("nearest_mode", lower(s.rounding())));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A list of one size, computed from the frame that the model is run on. */
  private String size(Extent extent, int axis, String place) {
    if (extent.isConstant()) {
      return integers(extent.add());
    }
    String from;
    if (extent.of() == null) {
      String shape = inner(place, "frame" + constants++);
      add("Shape", shape, graph.input().output());
      from = shape + "_" + axis;
      add("Slice", from, shape, integers(axis), integers(axis + 1));
    } else {
      from = size(extent.of(), axis, place);
    }
    String scaled = inner(place, "scaled" + constants++);
    add("Mul", scaled, from, integers(extent.mul()));
    String moved = inner(place, "moved" + constants++);
    add("Add", moved, scaled, integers(extent.add()));
    String size = inner(place, "size" + constants++);
    add("Div", size, moved, integers(extent.div()));
    return size;
  }

  /** Padding with a value per channel pads {@code x - value} with zeros and adds it again. */
  private void pad(String input, String output, Pads pads, Border border, float[] value) {
    String mode = border == Border.VALUE ? "constant" : border.name().toLowerCase(Locale.ROOT);
    boolean several = border == Border.VALUE && value.length > 1;
    String in = input;
    String out = output;
    if (several) {
      in = inner(output, "centred");
      out = inner(output, "around");
      add("Sub", in, input, channels(value));
    }
    String sizes = integers(0, 0, pads.top(), pads.left(), 0, 0, pads.bottom(), pads.right());
    String constant = floats(new float[] {several ? 0 : value[0]});
    add("Pad", out, in, sizes, constant).addAttribute(text("mode", mode));
    if (several) {
      add("Add", output, out, channels(value));
    }
  }

  private void activation(Activation activation, String in, String out) {
    if (activation instanceof Activation.Clip clip) {
      boolean relu = clip.lo() == 0 && clip.hi() == Float.POSITIVE_INFINITY;
      if (relu) {
        add("Relu", out, in);
      } else {
        add("Clip", out, in, floats(new float[] {clip.lo()}), floats(new float[] {clip.hi()}));
      }
    } else if (activation instanceof Activation.Leaky leaky) {
      add("PRelu", out, in, channels(leaky.slope()));
    } else if (activation instanceof Activation.Smooth smooth) {
      SmoothWriter.write(this, smooth, in, out);
    } else {
      add("Identity", out, in);
    }
  }

  private void quant(Node.FakeQuant node) {
    ValueQuant q = node.quant();
    if (q.type().bits() != 8) {
      throw new IllegalArgumentException("'" + node.name() + "' has codes of type " + q.type());
    }
    int channels = graph.type(node.output()).channels();
    boolean single = q.scale().length == 1 && q.zero().length == 1;
    int count = single ? 1 : channels;
    float[] scale = new float[count];
    byte[] zero = new byte[count];
    for (int c = 0; c < count; c++) {
      scale[c] = (float) q.scaleOf(c);
      zero[c] = (byte) q.zeroOf(c);
    }
    long[] dims = single ? new long[0] : new long[] {channels};
    TensorProto.Builder zeros = tensor(dims);
    zeros.setDataType(q.type().signed() ? DataTypes.INT8 : DataTypes.UINT8);
    zeros.setRawData(ByteString.copyFrom(zero));
    proto.addInitializer(zeros);
    String scales = floats(scale, dims);
    String codes = inner(node.output(), "codes");
    add("QuantizeLinear", codes, node.input(), scales, zeros.getName())
        .addAttribute(integer("axis", 1));
    add("DequantizeLinear", node.output(), codes, scales, zeros.getName())
        .addAttribute(integer("axis", 1));
  }

  NodeProto.Builder add(String operator, String output, String... inputs) {
    return proto
        .addNodeBuilder()
        .setOpType(operator)
        .setName(output + "/" + operator)
        .addAllInput(Arrays.asList(inputs))
        .addOutput(output);
  }

  static String inner(String output, String role) {
    return output + "//" + role;
  }

  private String channels(float[] values) {
    return floats(values, values.length, 1, 1);
  }

  String floats(float[] values, long... dims) {
    TensorProto.Builder tensor = tensor(dims).setDataType(DataTypes.FLOAT);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    proto.addInitializer(tensor);
    return tensor.getName();
  }

  private String integers(long... values) {
    TensorProto.Builder tensor = tensor(values.length).setDataType(DataTypes.INT64);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    proto.addInitializer(tensor);
    return tensor.getName();
  }

  private TensorProto.Builder tensor(long... dims) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName("//constant" + constants++);
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    return tensor;
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  private static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  private static AttributeProto list(String name, long... values) {
    List<Long> list = new ArrayList<>();
    Arrays.stream(values).forEach(list::add);
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addAllInts(list)
        .build();
  }
}
