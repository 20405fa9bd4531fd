package dev.tessera.quantize;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pooling;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which channels share their codes because only wires lie between them: concatenation and selection
 * connect channel to channel, depth-to-space all phases of a channel to one. The largest and the
 * mean of codes of one channel are codes of its grid.
 */
final class Wiring {
  private final Graph graph;
  private final Map<String, Integer> base = new LinkedHashMap<>();
  private final Map<String, Integer> index = new LinkedHashMap<>();
  private final UnionFind channels;
  private final UnionFind values;

  Wiring(Graph graph) {
    this.graph = graph;
    int count = 0;
    for (Node node : graph.nodes()) {
      base.put(node.output(), count);
      index.put(node.output(), index.size());
      count += graph.type(node.output()).channels();
    }
    channels = new UnionFind(count);
    values = new UnionFind(index.size());
    graph.nodes().forEach(this::connect);
  }

  private void connect(Node node) {
    if (node instanceof Node.Concat concat) {
      int at = 0;
      for (String input : concat.inputs()) {
        for (int c = 0; c < channelsOf(input); c++) {
          join(input, c, concat.output(), at++);
        }
      }
    } else if (node instanceof Node.Select select) {
      for (int c = 0; c < select.channels().length; c++) {
        join(select.input(), select.channels()[c], select.output(), c);
      }
    } else if (node instanceof Node.DepthToSpace shuffle) {
      for (int c = 0; c < channelsOf(shuffle.input()); c++) {
        join(shuffle.input(), c, shuffle.output(), outputChannel(shuffle, c));
      }
    } else if (keepsGrid(node)) {
      for (int c = 0; c < channelsOf(node.output()); c++) {
        join(node.inputs().get(0), c, node.output(), c);
      }
    }
  }

  private int outputChannel(Node.DepthToSpace shuffle, int inputChannel) {
    int phases = shuffle.block() * shuffle.block();
    return shuffle.crd() ? inputChannel / phases : inputChannel % channelsOf(shuffle.output());
  }

  private void join(String a, int channelA, String b, int channelB) {
    channels.union(base.get(a) + channelA, base.get(b) + channelB);
    values.union(index.get(a), index.get(b));
  }

  /** Makes all channels of {@code value} share one scale. */
  void unify(String value) {
    for (int c = 1; c < channelsOf(value); c++) {
      channels.union(base.get(value), base.get(value) + c);
    }
  }

  /** Makes the channels of {@code value} that lie {@code distinct} apart share one scale. */
  void unify(String value, int distinct) {
    for (int c = distinct; c < channelsOf(value); c++) {
      channels.union(base.get(value) + c - distinct, base.get(value) + c);
    }
  }

  private int channelsOf(String value) {
    return graph.type(value).channels();
  }

  /** The set of channels that channel c of {@code value} is in. */
  int channelSet(String value, int c) {
    return channels.find(base.get(value) + c);
  }

  /** The set of values, of one type of codes, that {@code value} is in. */
  int valueSet(String value) {
    return values.find(index.get(value));
  }

  /** Whether the node moves codes without looking at them. */
  static boolean isWire(Node node) {
    return node instanceof Node.Concat
        || node instanceof Node.Select
        || node instanceof Node.DepthToSpace;
  }

  /** Whether the node makes codes of the grid that it reads: it moves, picks or mixes them. */
  static boolean keepsGrid(Node node) {
    return isWire(node)
        || node instanceof Node.Resize
        || node instanceof Node.Pool pool && pool.pooling() == Pooling.MAX;
  }
}
