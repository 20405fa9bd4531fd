package dev.tessera.pass;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Moves pointwise operators (Affine, Activate, FakeQuant) from behind DepthToSpace, Select and
 * Concat to before them, towards the producer that can absorb them.
 */
final class HoistPointwise implements Pass {
  @Override
  public String name() {
    return "hoist-pointwise";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node old : editor.nodes()) {
      Node node = editor.producer(old.output());
      if (Pointwise.is(node) && editor.isPrivate(node.inputs().get(0))) {
        hoist(editor, node, editor.producer(node.inputs().get(0)));
      }
    }
    return editor.build();
  }

  private static void hoist(Editor editor, Node node, Node wiring) {
    if (wiring instanceof Node.DepthToSpace d2s) {
      int[] from = phases(editor.channels(d2s.output()), d2s.block(), d2s.crd());
      String moved = editor.fresh(d2s.input() + "_" + node.output());
      editor.remove(node);
      editor.remove(d2s);
      editor.put(Pointwise.on(node, d2s.input(), moved, from));
      editor.put(new Node.DepthToSpace(d2s.name(), moved, node.output(), d2s.block(), d2s.crd()));
    } else if (wiring instanceof Node.Select select) {
      hoist(editor, node, select);
    } else if (wiring instanceof Node.Concat concat && worthwhile(editor, node, concat)) {
      hoist(editor, node, concat);
    }
  }

  /** The channel behind the shuffle that every channel before it ends up in. */
  static int[] phases(int channels, int block, boolean crd) {
    int area = block * block;
    return IntStream.range(0, channels * area).map(c -> crd ? c / area : c % channels).toArray();
  }

  private static void hoist(Editor editor, Node node, Node.Select select) {
    // The map before the Select must not be needed as it is by anybody else.
    if (!editor.isPrivate(select.input())
        && !(node instanceof Node.FakeQuant && isSameQuant(editor, node, select.input()))) {
      return;
    }
    int[] from = inverse(select.channels(), editor.channels(select.input()));
    if (!isConsistent(node, select.channels(), from)) {
      return;
    }
    String moved = editor.fresh(select.input() + "_" + node.output());
    editor.remove(node);
    editor.remove(select);
    editor.put(Pointwise.on(node, select.input(), moved, from));
    editor.put(new Node.Select(select.name(), moved, node.output(), select.channels()));
  }

  /** FakeQuant of a value that has just been quantised alike changes nothing. */
  private static boolean isSameQuant(Editor editor, Node node, String value) {
    return editor.producer(value) instanceof Node.FakeQuant before
        && FoldFakeQuant.same(before.quant(), ((Node.FakeQuant) node).quant())
        && before.quant().scale().length == 1;
  }

  /** A channel behind the Select for each before it; 0 for those not selected. */
  private static int[] inverse(int[] channels, int before) {
    int[] inverse = new int[before];
    for (int i = channels.length - 1; i >= 0; i--) {
      inverse[channels[i]] = i;
    }
    return inverse;
  }

  /** Whether repeated channels are treated alike. */
  private static boolean isConsistent(Node node, int[] channels, int[] inverse) {
    int[] again = Arrays.stream(channels).map(c -> inverse[c]).toArray();
    Node a = Pointwise.on(node, "", "", IntStream.range(0, channels.length).toArray());
    Node b = Pointwise.on(node, "", "", again);
    return Pointwise.tables(a).equals(Pointwise.tables(b));
  }

  /** Whether every input of the Concat can absorb the operator. */
  private static boolean worthwhile(Editor editor, Node node, Node.Concat concat) {
    if (concat.inputs().stream().distinct().count() < concat.inputs().size()) {
      return false;
    }
    for (String input : concat.inputs()) {
      Node producer = editor.producer(input);
      boolean linear = producer instanceof Node.Conv conv && Convs.isLinear(conv);
      boolean sum =
          producer instanceof Node.Add add
              && add.activation() instanceof Activation.None
              && !(node instanceof Node.Affine);
      boolean absorbs = node instanceof Node.FakeQuant || linear || sum;
      if (!absorbs || !editor.isPrivate(input)) {
        return false;
      }
    }
    return true;
  }

  private static void hoist(Editor editor, Node node, Node.Concat concat) {
    List<String> inputs = new ArrayList<>();
    int first = 0;
    editor.remove(node);
    editor.remove(concat);
    for (String input : concat.inputs()) {
      int channels = editor.channels(input);
      int[] from = IntStream.range(first, first + channels).toArray();
      first += channels;
      String moved = editor.fresh(input + "_" + node.output());
      editor.put(Pointwise.on(node, input, moved, from));
      inputs.add(moved);
    }
    editor.put(new Node.Concat(concat.name(), inputs, node.output()));
  }
}
