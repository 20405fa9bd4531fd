package dev.tessera.frontend;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.proto.NodeProto;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Node;

/** One node of the model while its operator is read. */
final class Call {
  private final NodeProto node;
  private final Scope scope;
  private final TensorReader tensors;
  private final Attributes attributes;
  private final String place;
  private final int opset;

  Call(
      NodeProto node,
      Scope scope,
      TensorReader tensors,
      Attributes attributes,
      String place,
      int opset) {
    this.node = node;
    this.scope = scope;
    this.tensors = tensors;
    this.attributes = attributes;
    this.place = place;
    this.opset = opset;
  }

  Attributes attributes() {
    return attributes;
  }

  TensorReader tensors() {
    return tensors;
  }

  String place() {
    return place;
  }

  int opset() {
    return opset;
  }

  String operator() {
    return node.getOpType();
  }

  /** The node's name, or its first output's where it has none. */
  String name() {
    return node.getName().isEmpty() ? node.getOutput(0) : node.getName();
  }

  int inputs() {
    return node.getInputCount();
  }

  int outputs() {
    return node.getOutputCount();
  }

  String output(int i) {
    return node.getOutput(i);
  }

  boolean has(int i) {
    return i < node.getInputCount() && !node.getInput(i).isEmpty();
  }

  Value value(int i) {
    if (!has(i)) {
      throw refuse("onnx.node", "input " + i + " is missing", "export the model again");
    }
    return scope.value(node.getInput(i));
  }

  boolean isConstant(int i) {
    return value(i) instanceof Value.Constant;
  }

  /** Input i, which must be a feature map. */
  Value.Map map(int i) {
    Value value = value(i);
    if (value instanceof Value.Map map) {
      return map;
    }
    if (value instanceof Value.Codes) {
      throw refuse(
          "onnx.quantization",
          "it reads the integers of '" + node.getInput(i) + "'",
          "put a DequantizeLinear before it");
    }
    if (value instanceof Value.Grouped) {
      throw refuse(
          "onnx.shape",
          "it reads '" + node.getInput(i) + "', whose channels are split into groups",
          "reshape it to 1 x C x H x W before");
    }
    throw refuse(
        "onnx.constant",
        "its input '" + node.getInput(i) + "' is a constant where a feature map is expected",
        "fold constant expressions when exporting");
  }

  /** Input i, which must be a constant; {@code what} names its role. */
  Tensor constant(int i, String what) {
    if (value(i) instanceof Value.Constant constant) {
      return constant.tensor();
    }
    throw refuse(
        "onnx.constant",
        "its " + what + " '" + node.getInput(i) + "' is not a constant",
        "only constant " + what + " values are supported");
  }

  /** Input i as a single float32 number. */
  float number(int i, String what) {
    Tensor tensor = constant(i, what);
    if (!tensor.isScalar()) {
      throw refuse(
          "onnx.shape", "its " + what + " has shape " + tensor.shape(), "it must be one number");
    }
    return (float) tensor.data()[0];
  }

  /** Input i as a list of integers. */
  long[] integers(int i, String what) {
    Tensor tensor = constant(i, what);
    if (tensor.rank() != 1) {
      throw refuse(
          "onnx.shape", "its " + what + " has shape " + tensor.shape(), "it must be a list");
    }
    return tensor.longs();
  }

  /**
   * The size {@code size} of a map that was {@code now}, as it follows from the frame.
   *
   * @throws TesseraException if it does not
   */
  Extent extent(Extent now, int size, boolean rows) {
    if (!scope.isFreed()) {
      throw refuse(
          "onnx.operator",
          operator() + " to a given size of a map whose size is free is not supported",
          "state scales, or fix the size of the input");
    }
    return scope
        .extent(now, size, rows)
        .orElseThrow(
            () ->
                refuse(
                    "onnx.frame",
                    "its size of " + size + " does not follow from the size of the frame",
                    "state scales, or keep the frame that the model was exported for"));
  }

  /**
   * Pixels of a whole map that a window spans, which binds the network to one frame.
   *
   * @throws TesseraException if the size depends on the frame and none is given
   */
  int pixels(Extent size, boolean rows) {
    return scope
        .pixels(size, rows)
        .orElseThrow(
            () ->
                refuse(
                    "onnx.operator",
                    operator() + " of a map whose size depends on the frame is not supported",
                    "state the size of the frame, or fix the size of the input"));
  }

  /** Appends {@code made} to the graph. */
  Value.Map emit(Node made) {
    return scope.emit(made, place);
  }

  void define(int i, Value value) {
    scope.define(node.getOutput(i), value);
  }

  /** A name for a value that the model does not name. */
  String fresh(String suffix) {
    return scope.fresh(node.getOutput(0) + suffix);
  }

  TesseraException refuse(String code, String sentence, String hint) {
    return TesseraException.input(code, place, sentence, hint);
  }
}
