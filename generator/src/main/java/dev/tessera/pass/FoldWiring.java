package dev.tessera.pass;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Concat and Select as plain wiring: nested ones join, a Select of a Concat reads only what it
 * needs, a Concat of repeated values becomes a Select with repetition.
 */
final class FoldWiring implements Pass {
  @Override
  public String name() {
    return "fold-wiring";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node old : editor.nodes()) {
      Node node = editor.producer(old.output());
      if (node instanceof Node.Concat || node instanceof Node.Select) {
        rebuild(editor, node, wires(editor, node, 0));
      }
    }
    return editor.build();
  }

  /** One channel of a value. */
  private record Wire(String source, int channel) {}

  /** Where the channels of {@code node} come from, through wiring that can be looked through. */
  private static List<Wire> wires(Editor editor, Node node, int depth) {
    List<Wire> wires = new ArrayList<>();
    if (node instanceof Node.Select select) {
      List<Wire> in = source(editor, select.input(), true, depth);
      for (int c : select.channels()) {
        wires.add(in.get(c));
      }
    } else {
      for (String input : node.inputs()) {
        wires.addAll(source(editor, input, false, depth));
      }
    }
    return wires;
  }

  /** A shared Concat stays whole in another Concat: its stream is there anyway. */
  private static List<Wire> source(Editor editor, String value, boolean whole, int depth) {
    Node made = editor.producer(value);
    boolean through =
        made instanceof Node.Select
            || (made instanceof Node.Concat && (whole || editor.isPrivate(value)));
    if (through && depth < 64) {
      return wires(editor, made, depth + 1);
    }
    List<Wire> all = new ArrayList<>();
    for (int c = 0; c < editor.channels(value); c++) {
      all.add(new Wire(value, c));
    }
    return all;
  }

  private static void rebuild(Editor editor, Node node, List<Wire> wires) {
    Set<String> sources = new LinkedHashSet<>();
    wires.forEach(wire -> sources.add(wire.source()));
    if (sources.size() == 1) {
      String source = wires.get(0).source();
      int[] channels = wires.stream().mapToInt(Wire::channel).toArray();
      if (isWhole(editor, source, channels)) {
        editor.redirect(node.output(), source);
        editor.remove(node);
      } else {
        change(editor, node, new Node.Select(node.name(), source, node.output(), channels));
      }
      return;
    }
    List<List<Wire>> runs = runs(wires);
    if (runs.size() == sources.size()) {
      concat(editor, node, runs);
    }
  }

  private static boolean isWhole(Editor editor, String source, int[] channels) {
    return Arrays.equals(channels, IntStream.range(0, editor.channels(source)).toArray());
  }

  /** Neighbours from one source. */
  private static List<List<Wire>> runs(List<Wire> wires) {
    List<List<Wire>> runs = new ArrayList<>();
    for (Wire wire : wires) {
      boolean more =
          !runs.isEmpty() && runs.get(runs.size() - 1).get(0).source().equals(wire.source());
      if (!more) {
        runs.add(new ArrayList<>());
      }
      runs.get(runs.size() - 1).add(wire);
    }
    return runs;
  }

  private static void concat(Editor editor, Node node, List<List<Wire>> runs) {
    List<String> inputs = new ArrayList<>();
    for (List<Wire> run : runs) {
      String source = run.get(0).source();
      int[] channels = run.stream().mapToInt(Wire::channel).toArray();
      if (isWhole(editor, source, channels)) {
        inputs.add(source);
        continue;
      }
      String name = existing(editor, source, channels);
      if (name == null) {
        name = editor.fresh(node.output() + "_part");
        editor.put(new Node.Select(node.name(), source, name, channels));
      }
      inputs.add(name);
    }
    boolean same = node instanceof Node.Concat && node.inputs().equals(inputs);
    if (!same) {
      editor.put(new Node.Concat(node.name(), inputs, node.output()));
    }
  }

  private static String existing(Editor editor, String source, int[] channels) {
    for (Node reader : editor.readers(source)) {
      if (reader instanceof Node.Select select && Arrays.equals(select.channels(), channels)) {
        return select.output();
      }
    }
    return null;
  }

  private static void change(Editor editor, Node node, Node.Select select) {
    boolean same =
        node instanceof Node.Select old
            && old.input().equals(select.input())
            && Arrays.equals(old.channels(), select.channels());
    if (!same) {
      editor.put(select);
    }
  }
}
