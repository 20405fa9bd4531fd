package dev.tessera.frontend;

import dev.tessera.ir.Activation.Function;
import java.util.Map;
import java.util.TreeMap;

/** The operators of the default ONNX domain that are supported, opsets 11 to 21. */
final class Operators {
  private static final int MANY = Integer.MAX_VALUE;
  private static final Map<String, Operator> TABLE = new TreeMap<>();

  static {
    add("Add", 2, 1, ArithmeticOperators::add);
    add(
        "AveragePool",
        1,
        1,
        PoolOperators::averagePool,
        "auto_pad",
        "ceil_mode",
        "count_include_pad",
        "dilations",
        "kernel_shape",
        "pads",
        "strides");
    add(
        "BatchNormalization",
        5,
        1,
        ConvOperators::batchNorm,
        "epsilon",
        "momentum",
        "training_mode");
    add("Cast", 1, 1, ConstantOperators::cast, "to", "saturate");
    add("Clip", 3, 1, PointwiseOperators::clip);
    add("Concat", MANY, 1, WiringOperators::concat, "axis");
    add(
        "Constant",
        0,
        1,
        ConstantOperators::constant,
        "value",
        "value_float",
        "value_floats",
        "value_int",
        "value_ints");
    add(
        "Conv",
        3,
        1,
        ConvOperators::conv,
        "auto_pad",
        "dilations",
        "group",
        "kernel_shape",
        "pads",
        "strides");
    add(
        "ConvTranspose",
        3,
        1,
        TransposeOperator::convTranspose,
        "auto_pad",
        "dilations",
        "group",
        "kernel_shape",
        "output_padding",
        "pads",
        "strides");
    add("DepthToSpace", 1, 1, WiringOperators::depthToSpace, "blocksize", "mode");
    add("DequantizeLinear", 3, 1, QuantOperators::dequantize, "axis", "block_size");
    add("Div", 2, 1, ArithmeticOperators::div);
    add("Elu", 1, 1, PointwiseOperators::elu, "alpha");
    add("Erf", 1, 1, PointwiseOperators.smooth(Function.ERF));
    add("Gelu", 1, 1, PointwiseOperators::gelu, "approximate");
    add("GlobalAveragePool", 1, 1, PoolOperators::globalAveragePool);
    add("HardSigmoid", 1, 1, PointwiseOperators::hardSigmoid, "alpha", "beta");
    add("HardSwish", 1, 1, PointwiseOperators.smooth(Function.HARD_SWISH));
    add("Identity", 1, 1, ConstantOperators::identity);
    add("InstanceNormalization", 3, 1, PointwiseOperators::instanceNormalization, "epsilon");
    add("LeakyRelu", 1, 1, PointwiseOperators::leakyRelu, "alpha");
    add(
        "MaxPool",
        1,
        1,
        PoolOperators::maxPool,
        "auto_pad",
        "ceil_mode",
        "dilations",
        "kernel_shape",
        "pads",
        "storage_order",
        "strides");
    add("Mish", 1, 1, PointwiseOperators.smooth(Function.MISH));
    add("Mul", 2, 1, ArithmeticOperators::mul);
    add("Neg", 1, 1, ArithmeticOperators::neg);
    add("PRelu", 2, 1, PointwiseOperators::prelu);
    add("Pad", 4, 1, PadOperator::pad, "mode");
    add("Pow", 2, 1, ArithmeticOperators::pow);
    add(
        "QuantizeLinear",
        3,
        1,
        QuantOperators::quantize,
        "axis",
        "block_size",
        "output_dtype",
        "saturate");
    add("Reciprocal", 1, 1, PointwiseOperators.smooth(Function.RECIPROCAL));
    add("Relu", 1, 1, PointwiseOperators::relu);
    add("Reshape", 2, 1, ShuffleOperators::reshape, "allowzero");
    add(
        "Resize",
        4,
        1,
        ResizeOperator::resize,
        "antialias",
        "axes",
        "coordinate_transformation_mode",
        "cubic_coeff_a",
        "exclude_outside",
        "extrapolation_value",
        "keep_aspect_ratio_policy",
        "mode",
        "nearest_mode");
    add("Sigmoid", 1, 1, PointwiseOperators.smooth(Function.SIGMOID));
    add("Slice", 5, 1, SliceOperator::slice);
    add("Softplus", 1, 1, PointwiseOperators.smooth(Function.SOFTPLUS));
    add("Split", 2, MANY, WiringOperators::split, "axis", "split", "num_outputs");
    add("Sqrt", 1, 1, PointwiseOperators.smooth(Function.SQRT));
    add("Sub", 2, 1, ArithmeticOperators::sub);
    add("Tanh", 1, 1, PointwiseOperators.smooth(Function.TANH));
    add("Transpose", 1, 1, ShuffleOperators::transpose, "perm");
  }

  private Operators() {}

  /** The operator, or null if it is not supported. */
  static Operator get(String name) {
    return TABLE.get(name);
  }

  /** Their names, in alphabetical order. */
  static String names() {
    return String.join(", ", TABLE.keySet());
  }

  private static void add(
      String name, int inputs, int outputs, Operator.Reading reading, String... attributes) {
    TABLE.put(name, Operator.of(inputs, outputs, reading, attributes));
  }
}
