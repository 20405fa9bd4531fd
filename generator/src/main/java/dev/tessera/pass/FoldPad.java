package dev.tessera.pass;

import dev.tessera.ir.Border;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;

/** Moves padding and cropping into the convolutions around it. */
final class FoldPad implements Pass {
  @Override
  public String name() {
    return "fold-pad";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node old : editor.nodes()) {
      if (editor.producer(old.output()) instanceof Node.Pad pad) {
        for (Node reader : editor.readers(pad.output())) {
          if (reader instanceof Node.Conv conv) {
            forward(editor, pad, conv);
          }
        }
        if (editor.producer(pad.input()) instanceof Node.Conv conv
            && conv.stride().isOne()
            && editor.isPrivate(pad.input())) {
          crop(editor, conv, pad);
        }
      }
    }
    return editor.build();
  }

  private static void forward(Editor editor, Node.Pad pad, Node.Conv conv) {
    boolean alone = conv.pads().isNone();
    boolean alike =
        conv.border() == pad.border()
            && (pad.border() == Border.EDGE || isSameValue(pad.padValue(), conv.padValue()))
            && pad.border() != Border.REFLECT
            && isGrowing(pad.pads());
    boolean apart = conv.border() == Border.VALUE && isCropBeside(pad.pads(), conv.pads());
    if (!alone && !alike && !apart) {
      return;
    }
    boolean own = apart && !alone;
    Node.Conv padded =
        Convs.withPads(
            conv,
            conv.kernel(),
            pad.pads().plus(conv.pads()),
            own ? conv.border() : pad.border(),
            own ? conv.padValue() : pad.padValue());
    editor.put(Convs.withEnds(padded, pad.input(), conv.output()));
  }

  private static boolean isSameValue(float[] a, float[] b) {
    return Tables.uniform(a) && Tables.uniform(b) && a[0] == b[0];
  }

  private static boolean isGrowing(Pads p) {
    return p.top() >= 0 && p.left() >= 0 && p.bottom() >= 0 && p.right() >= 0;
  }

  private static boolean isShrinking(Pads p) {
    return p.top() <= 0 && p.left() <= 0 && p.bottom() <= 0 && p.right() <= 0;
  }

  /** Whether no side is cropped first and padded then. */
  private static boolean isCropBeside(Pads crop, Pads pads) {
    return isShrinking(crop)
        && crop.top() * pads.top() == 0
        && crop.left() * pads.left() == 0
        && crop.bottom() * pads.bottom() == 0
        && crop.right() * pads.right() == 0;
  }

  /** A cropped result needs less padding. */
  private static void crop(Editor editor, Node.Conv conv, Node.Pad pad) {
    Pads pads = conv.pads().plus(pad.pads());
    boolean fits = isShrinking(pad.pads()) && (conv.border() == Border.VALUE || isGrowing(pads));
    if (fits && editor.producer(pad.output()) == pad) {
      Node.Conv cropped = Convs.withPads(conv, conv.kernel(), pads, conv.border(), conv.padValue());
      editor.remove(pad);
      editor.remove(conv);
      editor.put(Convs.withEnds(cropped, conv.input(), pad.output()));
    }
  }
}
