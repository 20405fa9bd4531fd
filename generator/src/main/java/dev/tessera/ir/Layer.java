package dev.tessera.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One node of a graph in reports.
 *
 * @param operator its record's name
 * @param name its name in the model
 * @param value the value it makes
 * @param shape channels x height x width, H and W being the frame's
 * @param macsPerInputPixel multiplications per pixel of the input frame, borders aside
 * @param parameters weights, biases and other tables
 * @param fieldHeight rows of the input it sees
 * @param fieldWidth columns of the input it sees
 * @param detail kernel, padding, activation or wiring
 */
public record Layer(
    String operator,
    String name,
    String value,
    String shape,
    double macsPerInputPixel,
    long parameters,
    double fieldHeight,
    double fieldWidth,
    String detail) {

  /** The layers of {@code graph}, in order. */
  public static List<Layer> of(Graph graph) {
    Map<String, ReceptiveField> fields = ReceptiveField.of(graph);
    List<Layer> layers = new ArrayList<>();
    for (Node node : graph.nodes()) {
      TensorType type = graph.type(node.output());
      ReceptiveField field = fields.get(node.output());
      layers.add(
          new Layer(
              GraphPrinter.operator(node),
              node.name(),
              node.output(),
              GraphPrinter.shape(type),
              Macs.ofNode(node) * Macs.scale(graph, type),
              Macs.parameters(node),
              field.height(),
              field.width(),
              GraphPrinter.detail(node)));
    }
    return layers;
  }
}
