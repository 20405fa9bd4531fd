package dev.tessera.pass;

import dev.tessera.base.Bits;
import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.PhaseAxis;
import dev.tessera.ir.Stride;
import dev.tessera.ir.TapLists;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Lets a convolution read the small map instead of its enlargement by repetition, in polyphase
 * form, where that needs no more multiplications: weights that meet the same pixel add up, phases
 * that are alike are computed once, and pixels that a phase does not read are not multiplied. The
 * phases of all channels follow each other, as a shuffle in DCR order reads them. Exact at the
 * borders too, as a repeated border pixel lies beyond the same edge. So does a reflected one as
 * long as the reflection ends within the repetitions of the border pixel; one that goes further
 * stays. Integer weights that the model prescribes add up exactly to wider ones, which are taken
 * where they need no more multipliers.
 */
final class RepeatConv implements Pass {
  /** Bits of a weight that one multiplier takes. */
  private static final int WEIGHT_BITS = 8;

  @Override
  public String name() {
    return "repeat-conv";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node old : editor.nodes()) {
      if (editor.producer(old.output()) instanceof Node.Conv conv
          && editor.producer(conv.input()) instanceof Node.DepthToSpace d2s
          && editor.isPrivate(conv.input())
          && editor.producer(d2s.input()) instanceof Node.Select select
          && isRepetition(select.channels(), d2s, conv.kernel().inChannels())
          && isMergeable(conv, d2s.block())) {
        merge(editor, conv, d2s, select);
      }
    }
    return editor.build();
  }

  /** Whether all phases of every channel are the same channel. */
  private static boolean isRepetition(int[] wired, Node.DepthToSpace d2s, int channels) {
    int area = d2s.block() * d2s.block();
    return IntStream.range(0, wired.length)
        .allMatch(i -> wired[i] == wired[d2s.crd() ? i / area * area : i % channels]);
  }

  private static boolean isMergeable(Node.Conv conv, int block) {
    Kernel k = conv.kernel();
    Pads p = conv.pads();
    return conv.stride().isOne()
        && (conv.border() != Border.REFLECT || furthest(p) < block)
        && Math.min(Math.min(p.top(), p.bottom()), Math.min(p.left(), p.right())) >= 0
        && p.top() + p.bottom() == k.height() - 1
        && p.left() + p.right() == k.width() - 1;
  }

  private static int furthest(Pads p) {
    return Math.max(Math.max(p.top(), p.bottom()), Math.max(p.left(), p.right()));
  }

  private static void merge(
      Editor editor, Node.Conv conv, Node.DepthToSpace d2s, Node.Select select) {
    Kernel k = conv.kernel();
    int block = d2s.block();
    PhaseAxis rows = PhaseAxis.repeated(k.height(), block, conv.pads().top());
    PhaseAxis columns = PhaseAxis.repeated(k.width(), block, conv.pads().left());
    int area = block * block;
    int phases = rows.count() * columns.count();
    int perGroup = k.outChannels() / k.groups();
    int[] order =
        IntStream.range(0, k.outChannels() * phases)
            .map(o -> channel(o, perGroup, phases) * phases + o / perGroup % phases)
            .toArray();
    Kernel merged = widened(Tables.gather(PhaseAxis.kernel(k, rows, columns), order));
    if (multipliers(merged) > area * multipliers(k)) {
      return;
    }
    int[] one =
        IntStream.range(0, k.inChannels())
            .map(c -> select.channels()[d2s.crd() ? c * area : c])
            .toArray();
    String small = editor.fresh(select.input() + "_" + conv.output());
    String made = editor.fresh(conv.output() + "_distinct");
    String shuffled = editor.fresh(conv.output() + "_phases");
    int[] from = outputs(k.outChannels(), perGroup, block, rows, columns);
    int[] origin = Arrays.stream(order).map(o -> o / phases).toArray();
    Activation activation = Tables.gather(conv.activation(), origin);
    editor.remove(conv);
    editor.remove(d2s);
    editor.put(new Node.Select(select.name(), select.input(), small, one));
    editor.put(
        new Node.Conv(
            conv.name(),
            small,
            made,
            merged,
            Stride.ONE,
            PhaseAxis.pads(rows, columns),
            conv.border() == Border.REFLECT ? Border.EDGE : conv.border(),
            conv.padValue(),
            activation));
    editor.put(new Node.Select(conv.name(), made, shuffled, from));
    editor.put(new Node.DepthToSpace(d2s.name(), shuffled, conv.output(), block, false));
  }

  /** The kernel with as many bits as its prescribed weights need. */
  private static Kernel widened(Kernel k) {
    if (k.fixed() == null) {
      return k;
    }
    double[] scale = k.fixed().scale();
    int taps = k.weights().length / k.outChannels();
    int bits = k.fixed().bits();
    for (int i = 0; i < k.weights().length; i++) {
      long code = Math.round(k.weights()[i] / scale[scale.length == 1 ? 0 : i / taps]);
      bits = Math.max(bits, Bits.signedWidth(code, code));
    }
    Kernel.WeightQuant fixed = new Kernel.WeightQuant(bits, scale);
    return Convs.withWeights(k, k.weights(), k.bias(), fixed);
  }

  /** Multipliers for a position in one cycle. */
  private static long multipliers(Kernel k) {
    int each = k.fixed() == null ? 1 : Bits.ceilDiv(k.fixed().bits(), WEIGHT_BITS);
    return each * TapLists.of(k).products(k.outChannels());
  }

  /** The channel of output {@code o}: in every group phase by phase. */
  private static int channel(int o, int perGroup, int phases) {
    return o / (perGroup * phases) * perGroup + o % perGroup;
  }

  /** The output of the merged kernel for every channel before a DCR shuffle. */
  private static int[] outputs(
      int channels, int perGroup, int block, PhaseAxis rows, PhaseAxis columns) {
    int phases = rows.count() * columns.count();
    return IntStream.range(0, channels * block * block)
        .map(
            i -> {
              int phase = i / channels;
              int row = rows.phases()[phase / block];
              int column = columns.phases()[phase % block];
              int group = i % channels / perGroup;
              return (group * phases + row * columns.count() + column) * perGroup
                  + i % channels % perGroup;
            })
        .toArray();
  }
}
