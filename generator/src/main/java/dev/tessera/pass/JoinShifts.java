package dev.tessera.pass;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Stride;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Parts of one map that are each moved by some pixels (cropped on one side, filled with zeros on
 * the other) and joined again in front of a 1 x 1 convolution become one depthwise convolution with
 * one tap per channel, which that one takes into its window. Without it each part becomes one of
 * its own: depthwise channels share their list of taps, so that joined ones would multiply all of
 * them.
 */
final class JoinShifts implements Pass {
  /** Pixels that the largest window can move a channel by. */
  private static final int FARTHEST = 5;

  @Override
  public String name() {
    return "join-shifts";
  }

  /**
   * A part.
   *
   * @param root the map that it is from
   * @param channels of it
   * @param down rows by which it is moved
   * @param right columns
   */
  private record Part(String root, int[] channels, int down, int right) {}

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node old : editor.nodes()) {
      if (editor.producer(old.output()) instanceof Node.Concat concat) {
        List<Part> parts = parts(editor, concat);
        if (parts != null && isProjected(editor, concat)) {
          move(editor, concat.name(), concat.output(), parts);
        } else if (parts != null) {
          moveAlone(editor, concat, parts);
        }
      }
    }
    return editor.build();
  }

  private static boolean isProjected(Editor editor, Node.Concat concat) {
    return editor.isPrivate(concat.output())
        && editor.readers(concat.output()).get(0) instanceof Node.Conv conv
        && conv.kernel().height() * conv.kernel().width() == 1
        && conv.kernel().groups() == 1
        && conv.kernel().fixed() == null
        && conv.pads().isNone()
        && conv.stride().isOne();
  }

  /** The parts of one map that {@code concat} joins, at least one of them moved, or null. */
  private static List<Part> parts(Editor editor, Node.Concat concat) {
    List<Part> parts = new ArrayList<>();
    boolean moved = false;
    for (String input : concat.inputs()) {
      Part part = part(editor, input);
      boolean fits =
          part != null
              && (parts.isEmpty() || parts.get(0).root.equals(part.root))
              && Math.max(Math.abs(part.down), Math.abs(part.right)) <= FARTHEST;
      if (!fits) {
        return null;
      }
      moved |= part.down != 0 || part.right != 0;
      parts.add(part);
    }
    return moved ? parts : null;
  }

  /** Follows selections and padding up to a map; null if pixels do more than move. */
  private static Part part(Editor editor, String value) {
    int[] channels = IntStream.range(0, editor.channels(value)).toArray();
    List<Pads> pads = new ArrayList<>();
    String at = value;
    while (true) {
      Node node = editor.producer(at);
      if (node instanceof Node.Select select) {
        channels = Arrays.stream(channels).map(c -> select.channels()[c]).toArray();
        at = select.input();
      } else if (node instanceof Node.Pad pad && fillsWithZeros(pad)) {
        pads.add(pad.pads());
        at = pad.input();
      } else {
        break;
      }
    }
    int[] tops = pads.stream().mapToInt(Pads::top).toArray();
    int[] bottoms = pads.stream().mapToInt(Pads::bottom).toArray();
    int[] lefts = pads.stream().mapToInt(Pads::left).toArray();
    int[] rights = pads.stream().mapToInt(Pads::right).toArray();
    return moves(tops, bottoms) && moves(lefts, rights)
        ? new Part(at, channels, Arrays.stream(tops).sum(), Arrays.stream(lefts).sum())
        : null;
  }

  private static boolean fillsWithZeros(Node.Pad pad) {
    return pad.border() == Border.VALUE && Tables.uniform(pad.padValue()) && pad.padValue()[0] == 0;
  }

  /** Whether one side only grows, and the other shrinks as much. */
  private static boolean moves(int[] before, int[] behind) {
    boolean grows = Arrays.stream(before).allMatch(p -> p >= 0);
    boolean shrinks = Arrays.stream(before).allMatch(p -> p <= 0);
    boolean opposite =
        grows && Arrays.stream(behind).allMatch(p -> p <= 0)
            || shrinks && Arrays.stream(behind).allMatch(p -> p >= 0);
    return opposite && Arrays.stream(before).sum() == -Arrays.stream(behind).sum();
  }

  private static void moveAlone(Editor editor, Node.Concat concat, List<Part> parts) {
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String value = concat.inputs().get(i);
      if (parts.get(i).down != 0 || parts.get(i).right != 0) {
        value = editor.fresh(value + "_moved");
        move(editor, concat.name() + "." + i, value, List.of(parts.get(i)));
      }
      inputs.add(value);
    }
    editor.put(new Node.Concat(concat.name(), inputs, concat.output()));
  }

  /** Makes {@code output} of moved parts by a convolution. */
  private static void move(Editor editor, String name, String output, List<Part> parts) {
    int rows = parts.stream().mapToInt(p -> Math.abs(p.down)).max().orElseThrow();
    int columns = parts.stream().mapToInt(p -> Math.abs(p.right)).max().orElseThrow();
    int height = 2 * rows + 1;
    int width = 2 * columns + 1;
    int[] channels = parts.stream().flatMapToInt(p -> Arrays.stream(p.channels)).toArray();
    float[] weights = new float[channels.length * height * width];
    int c = 0;
    for (Part part : parts) {
      for (int i = 0; i < part.channels.length; i++) {
        weights[(c++ * height + rows - part.down) * width + columns - part.right] = 1;
      }
    }
    String root = parts.get(0).root;
    String input = root;
    if (!Arrays.equals(channels, IntStream.range(0, editor.channels(root)).toArray())) {
      input = editor.fresh(output + "_parts");
      editor.put(new Node.Select(name, root, input, channels));
    }
    int count = channels.length;
    editor.put(
        new Node.Conv(
            name,
            input,
            output,
            new Kernel(count, 1, height, width, count, weights, new float[count], null),
            Stride.ONE,
            new Pads(rows, columns, rows, columns),
            Border.VALUE,
            new float[] {0},
            Activation.NONE));
  }
}
