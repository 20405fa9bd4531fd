package dev.tessera.ir;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much of the input a value sees, in input pixels per axis; behind an enlargement by S a step
 * of one pixel counts 1/S.
 *
 * @param height rows
 * @param width columns
 */
public record ReceptiveField(double height, double width) {

  /** The receptive field of every value of {@code graph}, in order. */
  public static Map<String, ReceptiveField> of(Graph graph) {
    Map<String, ReceptiveField> fields = new LinkedHashMap<>();
    TensorType frame = graph.type(graph.input().output());
    for (Node node : graph.nodes()) {
      double height = 1;
      double width = 1;
      for (String input : node.inputs()) {
        height = Math.max(height, fields.get(input).height());
        width = Math.max(width, fields.get(input).width());
      }
      int rows = 0;
      int columns = 0;
      if (node instanceof Node.Conv conv) {
        rows = conv.kernel().height() - 1;
        columns = conv.kernel().width() - 1;
      } else if (node instanceof Node.QConv conv) {
        rows = conv.kernel().height() - 1;
        columns = conv.kernel().width() - 1;
      } else if (node instanceof Node.Pool pool) {
        rows = pool.height() - 1;
        columns = pool.width() - 1;
      } else if (node instanceof Node.Resize resize) {
        rows = resize.sampling().mode() == Sampling.Mode.LINEAR ? 1 : 0;
        columns = rows;
      }
      TensorType type = node.inputs().isEmpty() ? frame : graph.type(node.inputs().get(0));
      double stepY = 1 / Macs.ratio(type.height(), frame.height());
      double stepX = 1 / Macs.ratio(type.width(), frame.width());
      fields.put(node.output(), new ReceptiveField(height + rows * stepY, width + columns * stepX));
    }
    return fields;
  }
}
