package dev.tessera.pass;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lets convolutions make or read their channels in the order that is wanted, and not make those
 * that nobody reads.
 */
final class AbsorbSelect implements Pass {
  @Override
  public String name() {
    return "absorb-select";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node old : editor.nodes()) {
      if (editor.producer(old.output()) instanceof Node.Select select
          && !absorbed(editor, select)) {
        for (Node reader : editor.readers(select.output())) {
          if (reader instanceof Node.Conv conv) {
            read(editor, select, conv);
          }
        }
      }
    }
    return editor.build();
  }

  /** Reorders the outputs of the convolution before, through pointwise operators. */
  private static boolean absorbed(Editor editor, Node.Select select) {
    List<Node> chain = new ArrayList<>();
    String value = select.input();
    while (editor.isPrivate(value) && Pointwise.is(editor.producer(value))) {
      chain.add(0, editor.producer(value));
      value = editor.producer(value).inputs().get(0);
    }
    boolean fits =
        editor.isPrivate(value)
            && editor.producer(value) instanceof Node.Conv made
            && isMakeable(made.kernel(), select.channels());
    if (!fits) {
      return false;
    }
    Node.Conv conv = (Node.Conv) editor.producer(value);
    int[] channels = select.channels();
    chain.forEach(editor::remove);
    editor.remove(select);
    editor.remove(conv);
    Node.Conv sorted =
        Convs.withKernel(conv, Tables.gather(conv.kernel(), channels), conv.padValue())
            .withActivation(Tables.gather(conv.activation(), channels));
    String last = chain.isEmpty() ? select.output() : editor.fresh(value + "_sorted");
    editor.put(Convs.withEnds(sorted, conv.input(), last));
    for (int i = 0; i < chain.size(); i++) {
      boolean end = i == chain.size() - 1;
      String next = end ? select.output() : editor.fresh(chain.get(i).output() + "_sorted");
      editor.put(Pointwise.on(chain.get(i), last, next, channels));
      last = next;
    }
    return true;
  }

  /** Whether a kernel of the same groups makes exactly these channels, none of them twice. */
  private static boolean isMakeable(Kernel k, int[] channels) {
    boolean distinct = Arrays.stream(channels).distinct().count() == channels.length;
    if (!distinct || channels.length % k.groups() != 0) {
      return false;
    }
    int before = k.outChannels() / k.groups();
    int after = channels.length / k.groups();
    return IntStream.range(0, channels.length).allMatch(i -> channels[i] / before == i / after);
  }

  /** Reorders the inputs of a dense convolution. */
  private static void read(Editor editor, Node.Select select, Node.Conv conv) {
    Kernel k = conv.kernel();
    int[] channels = select.channels();
    boolean permutation =
        channels.length == editor.channels(select.input())
            && Arrays.stream(channels).distinct().count() == channels.length;
    if (!permutation || k.groups() != 1) {
      return;
    }
    int area = k.height() * k.width();
    int in = channels.length;
    float[] weights = new float[k.weights().length];
    float[] padValue = conv.padValue().clone();
    for (int i = 0; i < in; i++) {
      for (int o = 0; o < k.outChannels(); o++) {
        System.arraycopy(
            k.weights(), (o * in + i) * area, weights, (o * in + channels[i]) * area, area);
      }
      if (padValue.length > 1) {
        padValue[channels[i]] = conv.padValue()[i];
      }
    }
    Kernel sorted = Convs.withWeights(k, weights, k.bias(), k.fixed());
    Node.Conv read = Convs.withKernel(conv, sorted, padValue);
    editor.put(Convs.withEnds(read, select.input(), conv.output()));
  }
}
