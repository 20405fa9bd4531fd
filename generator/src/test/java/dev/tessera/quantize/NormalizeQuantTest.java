package dev.tessera.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.ValueQuant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Networks that normalise over the frame: integers with exact statistics against floats. */
@Tag("fast")
class NormalizeQuantTest {
  private static final Activation NONE = Activation.NONE;
  private static final Pads ONE = new Pads(1, 1, 1, 1);

  private final Random random = new Random(3);

  private Node.Normalize norm(
      String from, String to, int channels, int phases, Activation activation) {
    float[] scale = new float[channels];
    float[] offset = new float[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = (float) (random.nextBoolean() ? 0.3 : -0.2) * (1 + c % 3);
      offset[c] = (float) (0.3 * random.nextGaussian());
    }
    return new Node.Normalize(to, from, to, scale, offset, 1e-3f, phases, activation);
  }

  /** A layer that brings features back to a picture. */
  private Node picture(String from, String to) {
    return new Node.Normalize(
        to,
        from,
        to,
        new float[] {0.2f, 0.2f, 0.2f},
        new float[] {0.5f, 0.5f, 0.5f},
        1e-5f,
        1,
        NONE);
  }

  @TestFactory
  Stream<DynamicTest> integersFollowTheFloats() {
    Map<String, Graph> graphs = new LinkedHashMap<>();
    for (Activation activation :
        new Activation[] {
          NONE,
          Activation.relu(),
          new Activation.Leaky(new float[] {0.2f}),
          new Activation.Smooth(Activation.Function.TANH)
        }) {
      graphs.put(
          "followed by " + activation,
          new GraphMaker(3, 1)
              .conv("x", "a", 3, 8, 3, NONE)
              .add(norm("a", "b", 8, 1, activation))
              .conv("b", "c", 8, 3, 3, NONE)
              .add(picture("c", "y"))
              .build("y"));
    }
    graphs.put(
        "groups and a reflected border",
        new GraphMaker(3, 2)
            .conv("x", "a", 3, 8, 3, NONE)
            .add(norm("a", "b", 8, 1, Activation.relu()))
            .conv("b", "c", 8, 8, 3, 8, ONE, Border.REFLECT, new float[] {0}, NONE)
            .add(norm("c", "d", 8, 1, NONE))
            .conv("d", "e", 8, 3, 1, NONE)
            .add(picture("e", "y"))
            .build("y"));
    graphs.put(
        "phases of one channel",
        new GraphMaker(3, 3)
            .conv("x", "a", 3, 16, 3, NONE)
            .add(norm("a", "b", 4, 4, Activation.relu()))
            .add(new Node.DepthToSpace("s", "b", "c", 2, false))
            .conv("c", "d", 4, 3, 3, NONE)
            .add(picture("d", "y"))
            .build("y"));
    graphs.put(
        "behind an addition, with no convolution of its own",
        new GraphMaker(3, 4)
            .conv("x", "a", 3, 8, 3, NONE)
            .conv("a", "b", 8, 8, 3, NONE)
            .add(new Node.Add("p", "a", "b", "c", 1, NONE))
            .add(norm("c", "d", 8, 1, Activation.relu()))
            .conv("d", "e", 8, 3, 1, NONE)
            .add(picture("e", "y"))
            .build("y"));
    QuantOptions stored = QuantOptions.INT8.withStored();
    return graphs.entrySet().stream()
        .flatMap(
            e ->
                Stream.of(
                    DynamicTest.dynamicTest(
                        e.getKey(), () -> QuantizerTest.check(e.getValue(), 38)),
                    DynamicTest.dynamicTest(
                        e.getKey() + ", stored",
                        () -> QuantizerTest.check(e.getValue(), stored, 36))));
  }

  /** What is stored has eight bits, however wide everything else becomes. */
  @Test
  void storedMapsHaveEightBits() {
    Graph graph =
        new GraphMaker(3, 1)
            .conv("x", "a", 3, 16, 3, NONE)
            .add(norm("a", "b", 4, 4, Activation.relu()))
            .add(new Node.DepthToSpace("s", "b", "c", 2, false))
            .conv("c", "d", 4, 3, 3, NONE)
            .add(picture("d", "y"))
            .build("y");
    Quantized made = QuantizerTest.quantize(graph, QuantOptions.INT8.withStored());
    int norms = 0;
    for (Node node : made.graph().nodes()) {
      if (node instanceof Node.QNorm norm) {
        norms++;
        ValueQuant stored = made.graph().quants().get(norm.input());
        assertEquals(8, stored.type().bits());
        // Phases of a channel share their unit, so that their sums can be added.
        for (int c = 0; c < norm.norm().channels(); c++) {
          assertEquals(stored.scaleOf(c % norm.norm().gain().length), stored.scaleOf(c));
        }
      }
    }
    assertEquals(2, norms);
  }

  /** 38 dB are enough, and no layer is raised for more. */
  @Test
  void raisingEndsAtTheLowerTarget() {
    Graph graph =
        new GraphMaker(3, 1)
            .conv("x", "a", 3, 8, 3, NONE)
            .add(norm("a", "b", 8, 1, Activation.relu()))
            .conv("b", "c", 8, 8, 3, NONE)
            .add(norm("c", "d", 8, 1, Activation.relu()))
            .conv("d", "e", 8, 3, 3, NONE)
            .add(picture("e", "y"))
            .build("y");
    QuantReport enough = report(graph, 38);
    assertTrue(enough.plainPsnr() < 38, enough.plainPsnr() + " dB");
    assertTrue(enough.psnr() >= 38, enough.psnr() + " dB");
    assertEquals(enough.raised(), report(graph, 60).raised());
  }

  private static QuantReport report(Graph graph, double target) {
    QuantOptions options = new QuantOptions(5, 5, Map.of(), Map.of(), target);
    return QuantizerTest.quantize(graph, options).report();
  }
}
