package dev.tessera.frontend;

import dev.tessera.ir.Node;
import dev.tessera.ir.ValueQuant;
import dev.tessera.num.FixedType;
import java.util.Arrays;

/** QuantizeLinear and DequantizeLinear, of constants and in pairs around a feature map. */
final class QuantOperators {
  private QuantOperators() {}

  static void quantize(Call call) {
    boolean constant = call.isConstant(0);
    long axis = axis(call);
    // Concerns 8-bit floats only.
    call.attributes().integer("saturate", 1);
    int type = outputType(call);
    if (constant) {
      call.define(0, new Value.Constant(quantize(call, call.constant(0, "input"), type, axis)));
      return;
    }
    Value.Map in = call.map(0);
    call.define(0, new Value.Codes(in, quant(call, in.type().channels(), type, axis)));
  }

  static void dequantize(Call call) {
    Value value = call.value(0);
    long axis = axis(call);
    if (value instanceof Value.Constant constant) {
      call.define(0, new Value.Constant(dequantize(call, constant.tensor(), axis)));
      return;
    }
    if (!(value instanceof Value.Codes codes)) {
      throw call.refuse(
          "onnx.quantization", "its input is not quantised", "put a QuantizeLinear before it");
    }
    int channels = codes.source().type().channels();
    ValueQuant other = quant(call, channels, type(codes.quant().type()), axis);
    Value.Map quantised =
        call.emit(
            new Node.FakeQuant(
                call.name(),
                codes.source().name(),
                same(codes.quant(), other) ? call.output(0) : call.fresh("_codes"),
                codes.quant()));
    call.define(
        0, same(codes.quant(), other) ? quantised : rescale(call, quantised, codes.quant(), other));
  }

  /** The same codes under another scale and zero point: an affine function of the values. */
  private static Value.Map rescale(Call call, Value.Map in, ValueQuant from, ValueQuant to) {
    int channels = in.type().channels();
    float[] scale = new float[channels];
    float[] offset = new float[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = (float) (to.scaleOf(c) / from.scaleOf(c));
      offset[c] = (float) (to.scaleOf(c) * (from.zeroOf(c) - to.zeroOf(c)));
    }
    return call.emit(new Node.Affine(call.name(), in.name(), call.output(0), scale, offset));
  }

  private static boolean same(ValueQuant a, ValueQuant b) {
    return a.type().equals(b.type())
        && Arrays.equals(a.scale(), b.scale())
        && Arrays.equals(a.zero(), b.zero());
  }

  private static long axis(Call call) {
    if (call.attributes().integer("block_size", 0) != 0) {
      throw call.attributes().refuse("block_size", "is set; blocked quantisation is not supported");
    }
    if (call.attributes().has("axis") && call.opset() < 13) {
      throw call.attributes().refuse("axis", "is not there before opset 13");
    }
    return call.attributes().integer("axis", 1);
  }

  private static int outputType(Call call) {
    long stated = call.attributes().integer("output_dtype", 0);
    int type = call.has(2) ? call.constant(2, "zero point").type() : DataTypes.UINT8;
    if (stated != 0 && !call.has(2)) {
      type = (int) stated;
    } else if (stated != 0 && stated != type) {
      throw call.attributes().refuse("output_dtype", "contradicts the zero point's type");
    }
    if (type != DataTypes.UINT8 && type != DataTypes.INT8) {
      throw call.refuse(
          "onnx.type",
          "quantisation to " + DataTypes.name(type) + " is not supported",
          "use int8 or uint8");
    }
    return type;
  }

  private static int type(FixedType type) {
    return type.signed() ? DataTypes.INT8 : DataTypes.UINT8;
  }

  private static ValueQuant quant(Call call, int channels, int type, long axis) {
    double[] scale = scale(call);
    double[] zero = zero(call, scale.length, type);
    boolean alongChannels = axis == 1 || axis == -3;
    if (scale.length > 1 && (!alongChannels || scale.length != channels)) {
      throw call.refuse(
          "onnx.quantization",
          scale.length + " scales along axis " + axis + " do not fit " + channels + " channels",
          "feature maps need one scale, or one per channel (axis 1)");
    }
    int[] zeros = Arrays.stream(zero).mapToInt(z -> (int) z).toArray();
    return new ValueQuant(new FixedType(type == DataTypes.INT8, 8), scale, zeros);
  }

  private static double[] scale(Call call) {
    Tensor scale = call.constant(1, "scale");
    PerChannel.requireFloat(call, scale, "scale");
    boolean positive = Arrays.stream(scale.data()).allMatch(s -> s > 0);
    if (scale.rank() > 1 || scale.data().length == 0 || !positive) {
      throw call.refuse(
          "onnx.quantization",
          "its scale of shape " + scale.shape() + " is not a list of positive numbers",
          "quantise the model again");
    }
    return scale.data();
  }

  private static double[] zero(Call call, int count, int type) {
    if (!call.has(2)) {
      return new double[count];
    }
    Tensor zero = call.constant(2, "zero point");
    if (zero.data().length != count || zero.rank() > 1 || zero.type() != type) {
      throw call.refuse(
          "onnx.quantization",
          "its zero point of shape "
              + zero.shape()
              + " and type "
              + DataTypes.name(zero.type())
              + " does not fit its scale and input",
          "quantise the model again");
    }
    return zero.data();
  }

  private static Tensor quantize(Call call, Tensor in, int type, long axis) {
    PerChannel.requireFloat(call, in, "input");
    double[] scale = scale(call);
    double[] zero = zero(call, scale.length, type);
    int stride = stride(call, in, scale.length, axis);
    FixedType codes = new FixedType(type == DataTypes.INT8, 8);
    double[] data = new double[in.data().length];
    for (int i = 0; i < data.length; i++) {
      int k = scale.length == 1 ? 0 : i / stride % scale.length;
      double code = Math.rint((float) in.data()[i] / (float) scale[k]) + zero[k];
      data[i] = Math.max(codes.min(), Math.min(codes.max(), code));
    }
    return new Tensor(in.dims(), type, data, null);
  }

  private static Tensor dequantize(Call call, Tensor in, long axis) {
    boolean integer =
        in.type() == DataTypes.INT8 || in.type() == DataTypes.UINT8 || in.type() == DataTypes.INT32;
    if (!integer) {
      throw call.refuse(
          "onnx.type",
          "dequantising " + DataTypes.name(in.type()) + " is not supported",
          "use int8, uint8 or int32");
    }
    double[] scale = scale(call);
    double[] zero = zero(call, scale.length, in.type());
    int stride = stride(call, in, scale.length, axis);
    double[] data = new double[in.data().length];
    long lo = 0;
    long hi = 0;
    for (int i = 0; i < data.length; i++) {
      int k = scale.length == 1 ? 0 : i / stride % scale.length;
      long code = (long) (in.data()[i] - zero[k]);
      lo = Math.min(lo, code);
      hi = Math.max(hi, code);
      data[i] = (float) (code * scale[k]);
    }
    int first = (int) (axis < 0 ? axis + in.rank() : axis);
    Tensor.Codes codes = new Tensor.Codes(lo, hi, scale, first);
    return new Tensor(in.dims(), DataTypes.FLOAT, data, codes);
  }

  /** Elements between neighbours along {@code axis}. */
  private static int stride(Call call, Tensor in, int scales, long axis) {
    if (scales == 1) {
      return 1;
    }
    long first = axis < 0 ? axis + in.rank() : axis;
    if (first < 0 || first >= in.rank() || in.dims()[(int) first] != scales) {
      throw call.refuse(
          "onnx.quantization",
          scales + " scales do not fit axis " + axis + " of shape " + in.shape(),
          "quantise the model again");
    }
    int stride = 1;
    for (int d = (int) first + 1; d < in.rank(); d++) {
      stride *= (int) in.dims()[d];
    }
    return stride;
  }
}
