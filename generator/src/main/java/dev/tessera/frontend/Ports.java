package dev.tessera.frontend;

import dev.tessera.base.TesseraException;
import dev.tessera.frontend.proto.GraphProto;
import dev.tessera.frontend.proto.TensorShapeProto.Dimension;
import dev.tessera.frontend.proto.TypeProto;
import dev.tessera.frontend.proto.ValueInfoProto;
import dev.tessera.ir.Extent;
import dev.tessera.ir.GraphPrinter;
import dev.tessera.ir.TensorType;
import java.util.List;
import java.util.Set;

/** The declared input and output of a model: one frame, 1 x C x H x W, float32. */
final class Ports {
  private Ports() {}

  /** The only input that is no constant. */
  static ValueInfoProto input(GraphProto graph, Set<String> constants) {
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(i -> !constants.contains(i.getName())).toList();
    if (inputs.size() != 1) {
      throw TesseraException.input(
          "onnx.input",
          "",
          "the model has " + inputs.size() + " inputs",
          "exactly one input frame is supported");
    }
    return inputs.get(0);
  }

  static ValueInfoProto output(GraphProto graph) {
    if (graph.getOutputCount() != 1) {
      throw TesseraException.input(
          "onnx.output",
          "",
          "the model has " + graph.getOutputCount() + " outputs",
          "exactly one output frame is supported");
    }
    return graph.getOutput(0);
  }

  /** Shape of the input: channels fixed, height and width fixed or free. */
  static TensorType type(ValueInfoProto port) {
    String place = "input '" + port.getName() + "'";
    List<Dimension> dims = dims(port, place, "onnx.input");
    Dimension batch = dims.get(0);
    if (batch.hasDimValue() && batch.getDimValue() != 1) {
      throw TesseraException.input(
          "onnx.input", place, "the batch is " + batch.getDimValue(), "export with a batch of 1");
    }
    if (!dims.get(1).hasDimValue()) {
      throw TesseraException.input(
          "onnx.input", place, "the number of channels is not fixed", "export with fixed channels");
    }
    long channels = dims.get(1).getDimValue();
    if (channels < 1 || channels > Limits.CHANNELS) {
      throw TesseraException.input(
          "onnx.size",
          place,
          "the frame has " + channels + " channels",
          "use 1 to " + Limits.CHANNELS);
    }
    return new TensorType((int) channels, extent(dims.get(2), place), extent(dims.get(3), place));
  }

  private static Extent extent(Dimension dim, String place) {
    if (!dim.hasDimValue()) {
      return Extent.FRAME;
    }
    if (dim.getDimValue() < 1 || dim.getDimValue() > Limits.SIDE) {
      throw TesseraException.input(
          "onnx.size",
          place,
          "a side is " + dim.getDimValue() + " pixels",
          "use 1 to " + Limits.SIDE);
    }
    return Extent.constant((int) dim.getDimValue());
  }

  private static List<Dimension> dims(ValueInfoProto port, String place, String code) {
    TypeProto type = port.getType();
    if (!type.hasTensorType() || type.getTensorType().getElemType() != DataTypes.FLOAT) {
      throw TesseraException.input(
          code,
          place,
          type.hasTensorType()
              ? "its type is " + DataTypes.name(type.getTensorType().getElemType())
              : "it is no tensor",
          "float32 tensors are supported");
    }
    List<Dimension> dims = type.getTensorType().getShape().getDimList();
    if (dims.size() != 4) {
      throw TesseraException.input(
          code,
          place,
          "it has " + dims.size() + " dimensions",
          "images are batch x channels x height x width");
    }
    return dims;
  }

  /** Refuses an output whose declaration contradicts the shape that the network makes. */
  static void requireOutput(ValueInfoProto port, TensorType made) {
    String place = "output '" + port.getName() + "'";
    if (!port.getType().hasTensorType() || !port.getType().getTensorType().hasShape()) {
      return;
    }
    List<Dimension> dims = dims(port, place, "onnx.output");
    boolean fits =
        agrees(dims.get(0), Extent.constant(1))
            && agrees(dims.get(1), Extent.constant(made.channels()))
            && agrees(dims.get(2), made.height())
            && agrees(dims.get(3), made.width());
    if (!fits) {
      throw TesseraException.input(
          "onnx.shape",
          place,
          "its declared shape is not the " + GraphPrinter.shape(made) + " that the network makes",
          "export the model again");
    }
  }

  private static boolean agrees(Dimension declared, Extent made) {
    return !declared.hasDimValue() || made.mul() != 0 || declared.getDimValue() == made.add();
  }
}
