package dev.tessera.quantize;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a whole network in integers, exactly as its nodes say. */
public final class NetworkRun {
  private NetworkRun() {}

  /** What becomes of a map between the node that makes it and those that read it. */
  public interface Change {
    /** The map that the readers of {@code value} get for {@code map}. */
    Codes of(String value, Codes map);
  }

  /** The output of {@code graph} for {@code frame}. */
  public static Codes run(Graph graph, Codes frame) {
    return run(graph, frame, (value, map) -> map);
  }

  /**
   * The output of {@code graph} for {@code frame}, each map once {@code change} has seen it. Layers
   * that normalise take the statistics of the maps that they get.
   *
   * @param graph integer nodes and wires only
   * @param frame codes of the image port, of any size that the network takes
   */
  public static Codes run(Graph graph, Codes frame, Change change) {
    Map<String, Integer> readers = readers(graph);
    Map<String, Codes> maps = new HashMap<>();
    maps.put(graph.input().output(), frame);
    for (Node node : graph.nodes()) {
      if (!(node instanceof Node.Input)) {
        List<Codes> in = node.inputs().stream().map(maps::get).toList();
        Codes made = IntegerRun.run(node, in, frame);
        maps.put(node.output(), change.of(node.output(), made));
        node.inputs().forEach(value -> release(value, readers, maps));
      }
    }
    return maps.get(graph.output());
  }

  private static Map<String, Integer> readers(Graph graph) {
    Map<String, Integer> readers = new HashMap<>();
    readers.put(graph.output(), 1);
    for (Node node : graph.nodes()) {
      node.inputs().forEach(value -> readers.merge(value, 1, Integer::sum));
    }
    return readers;
  }

  private static void release(String value, Map<String, Integer> readers, Map<String, Codes> maps) {
    if (readers.merge(value, -1, Integer::sum) == 0) {
      maps.remove(value);
    }
  }
}
