package dev.tessera.pass;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import java.util.stream.IntStream;

/**
 * Adds before the pixel shuffle what would be added behind two equal ones: a skip around the whole
 * network, from the enlarged input, then runs at the low rate.
 */
final class DelayShuffle implements Pass {
  @Override
  public String name() {
    return "delay-shuffle";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node old : editor.nodes()) {
      if (editor.producer(old.output()) instanceof Node.Add add) {
        Operand left = Operand.of(editor, add.left());
        Operand right = Operand.of(editor, add.right());
        if (left != null
            && right != null
            && left.shuffle.block() == right.shuffle.block()
            && left.shuffle.crd() == right.shuffle.crd()) {
          delay(editor, add, left, right);
        }
      }
    }
    return editor.build();
  }

  /**
   * What an addition reads.
   *
   * @param shuffle the pixel shuffle
   * @param select the wiring behind it, or null
   */
  private record Operand(Node.DepthToSpace shuffle, Node.Select select) {
    /** The operand that only the addition needs, or null. */
    static Operand of(Editor editor, String value) {
      if (!editor.isPrivate(value)) {
        return null;
      }
      Node made = editor.producer(value);
      if (made instanceof Node.Select select
          && editor.isPrivate(select.input())
          && editor.producer(select.input()) instanceof Node.DepthToSpace shuffle) {
        return new Operand(shuffle, select);
      }
      return made instanceof Node.DepthToSpace shuffle ? new Operand(shuffle, null) : null;
    }

    /** Removes it; the value with the same channels in all phases, before the shuffle. */
    String phases(Editor editor) {
      int channels = editor.channels(shuffle.output());
      editor.remove(shuffle);
      if (select == null) {
        return shuffle.input();
      }
      editor.remove(select);
      int area = shuffle.block() * shuffle.block();
      int[] wired = select.channels();
      int[] all =
          IntStream.range(0, wired.length * area)
              .map(
                  i ->
                      shuffle.crd()
                          ? wired[i / area] * area + i % area
                          : i / wired.length * channels + wired[i % wired.length])
              .toArray();
      String name = editor.fresh(select.output() + "_phases");
      editor.put(new Node.Select(select.name(), shuffle.input(), name, all));
      return name;
    }
  }

  private static void delay(Editor editor, Node.Add add, Operand left, Operand right) {
    Node.DepthToSpace shuffle = left.shuffle;
    int[] from =
        HoistPointwise.phases(editor.channels(add.output()), shuffle.block(), shuffle.crd());
    String sum = editor.fresh(add.output() + "_phases");
    editor.remove(add);
    String first = left.phases(editor);
    // An addition of a value to itself reads one shuffle twice.
    String second = add.left().equals(add.right()) ? first : right.phases(editor);
    editor.put(
        new Node.Add(
            add.name(), first, second, sum, add.sign(), Tables.gather(add.activation(), from)));
    editor.put(
        new Node.DepthToSpace(shuffle.name(), sum, add.output(), shuffle.block(), shuffle.crd()));
  }
}
