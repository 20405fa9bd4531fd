package dev.tessera.frontend;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.tessera.base.TesseraException;
import dev.tessera.frontend.proto.GraphProto;
import dev.tessera.frontend.proto.ModelProto;
import dev.tessera.frontend.proto.NodeProto;
import dev.tessera.frontend.proto.OperatorSetIdProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * The messages of an ONNX file, before their meaning.
 *
 * @param proto the model
 * @param opset version of the default operator set
 * @param name the file's name without its ending, as an identifier
 * @param folder where external data may lie
 */
record ModelFile(ModelProto proto, int opset, String name, Path folder) {
  private static final int OLDEST_OPSET = 11;
  private static final int NEWEST_OPSET = 21;

  // Notes for tools: quantization_annotation is the only one of substance and repeats the
  // parameters of QuantizeLinear nodes.
  private static final Set<Integer> NODE_NOTES = Set.of(9);
  private static final Set<Integer> GRAPH_NOTES = Set.of(14, 16);

  /**
   * Reads the file.
   *
   * @throws TesseraException if it is not readable, no ONNX model, cut short, too large, or of an
   *     operator set that is not supported
   */
  static ModelFile read(Path file) {
    byte[] bytes = bytes(file);
    ModelProto proto;
    try {
      proto = ModelProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw notOnnx("the file is not an ONNX model, or is cut short");
    }
    if (!proto.hasGraph() || proto.getOpsetImportCount() == 0 || !proto.hasIrVersion()) {
      throw notOnnx("the file is not an ONNX model, or is cut short: it has no graph or no opset");
    }
    requireKnownFields(proto);
    Path folder = file.toAbsolutePath().normalize().getParent();
    return new ModelFile(proto, opset(proto), identifier(file), folder);
  }

  static byte[] bytes(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        String sentence = Files.exists(file) ? "this is no file" : "there is no such model file";
        throw TesseraException.input("onnx.file", "", sentence, "check the path");
      }
      if (Files.size(file) > Limits.FILE_BYTES) {
        throw TesseraException.input(
            "onnx.size", "", "the file is larger than 512 MiB", "use a smaller network");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw TesseraException.input(
          "onnx.file", "", "the model file cannot be read", "check its permissions");
    }
  }

  private static TesseraException notOnnx(String sentence) {
    return TesseraException.input(
        "onnx.format", "", sentence, "export the model again, or check the download");
  }

  private static int opset(ModelProto proto) {
    int opset = 0;
    for (OperatorSetIdProto set : proto.getOpsetImportList()) {
      if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
        long version = set.getVersion();
        if (opset != 0 || version < OLDEST_OPSET || version > NEWEST_OPSET) {
          throw TesseraException.input(
              "onnx.opset",
              "",
              "operator set " + version + (opset != 0 ? " comes second" : " is not supported"),
              "export with opset 11 to 21");
        }
        opset = (int) version;
      }
    }
    if (opset == 0) {
      throw TesseraException.input(
          "onnx.opset", "", "the model imports no ONNX operator set", "export with opset 11 to 21");
    }
    return opset;
  }

  private static void requireKnownFields(ModelProto proto) {
    GraphProto graph = proto.getGraph();
    if (proto.getFunctionsCount() > 0) {
      throw field("", "model-local functions are not supported", "inline them when exporting");
    }
    if (graph.getSparseInitializerCount() > 0) {
      throw field("", "sparse constants are not supported", "store them dense");
    }
    requireKnown(proto.getUnknownFields(), Set.of(), "the model");
    requireKnown(graph.getUnknownFields(), GRAPH_NOTES, "the graph");
    for (NodeProto node : graph.getNodeList()) {
      requireKnown(node.getUnknownFields(), NODE_NOTES, "node '" + node.getName() + "'");
    }
    if (graph.getNodeCount() > Limits.NODES) {
      throw TesseraException.input(
          "onnx.size",
          "",
          "the graph has " + graph.getNodeCount() + " nodes",
          "at most " + Limits.NODES + " are supported");
    }
  }

  private static void requireKnown(UnknownFieldSet fields, Set<Integer> notes, String what) {
    for (int number : fields.asMap().keySet()) {
      if (!notes.contains(number)) {
        throw field(
            what,
            "field " + number + " of the file format is not known",
            "export for an older version of ONNX");
      }
    }
  }

  private static TesseraException field(String place, String sentence, String hint) {
    return TesseraException.input("onnx.field", place, sentence, hint);
  }

  private static String identifier(Path file) {
    String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    String plain = stem.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    String trimmed = plain.replaceAll("^_+|_+$", "");
    if (trimmed.isEmpty()) {
      return "network";
    }
    return Character.isDigit(trimmed.charAt(0)) ? "n" + trimmed : trimmed;
  }
}
