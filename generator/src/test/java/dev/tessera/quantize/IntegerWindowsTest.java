package dev.tessera.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tessera.ir.Border;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Graph;
import dev.tessera.ir.IntKernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Pooling;
import dev.tessera.ir.Sampling;
import dev.tessera.ir.Shapes;
import dev.tessera.ir.Stride;
import dev.tessera.ir.TensorType;
import dev.tessera.ir.ValueQuant;
import dev.tessera.num.FixedType;
import dev.tessera.num.Requant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Strided, pooling, multiplying and resizing nodes against plain loops. */
@Tag("fast")
class IntegerWindowsTest {
  private static final int SEED = 20;
  private static final int CHANNELS = 3;

  private final Random random = new Random(SEED);

  private static Requant requant(int multiplier, int shift, int classes) {
    int[] m = new int[CHANNELS];
    long[][] b = new long[classes][CHANNELS];
    Arrays.fill(m, multiplier);
    for (int k = 0; k < classes; k++) {
      Arrays.fill(b[k], (1L << (shift - 1)) + (37L * k << Math.max(0, shift - 6)));
    }
    return new Requant(0, shift, m, b, null, null, null, 0, 255);
  }

  private Codes frame(int height, int width) {
    int[] data = random.ints(CHANNELS * height * width, 0, 256).toArray();
    return new Codes(CHANNELS, height, width, data);
  }

  private void compare(Codes frame, Node... nodes) {
    List<Node> all = new ArrayList<>(List.of(new Node.Input("x", "x")));
    all.addAll(Arrays.asList(nodes));
    TensorType type = new TensorType(CHANNELS, Extent.FRAME, Extent.FRAME);
    Map<String, TensorType> types = Shapes.infer(all, type);
    Map<String, ValueQuant> quants = new LinkedHashMap<>();
    ValueQuant quant = new ValueQuant(FixedType.UINT8, new double[] {1}, new int[] {0});
    types.keySet().forEach(v -> quants.put(v, quant));
    Graph graph = new Graph("g", all, types, quants, nodes[nodes.length - 1].output());
    int[][][] planes = new int[CHANNELS][frame.height()][frame.width()];
    for (int i = 0; i < frame.data().length; i++) {
      planes[i / frame.size()][i / frame.width() % frame.height()][i % frame.width()] =
          frame.data()[i];
    }
    int[][][] expected = new IntegerExecutor(graph).run(planes);
    Codes actual = IntegerRunner.run(graph, frame);
    assertEquals(graph.type(graph.output()).height().at(frame.height()), actual.height());
    assertEquals(graph.type(graph.output()).width().at(frame.width()), actual.width());
    int[] flat =
        Arrays.stream(expected).flatMap(Arrays::stream).flatMapToInt(Arrays::stream).toArray();
    assertArrayEquals(flat, actual.data(), "seed " + SEED);
  }

  @Test
  void stridesTakeEverySoManyth() {
    for (int stride = 1; stride <= 4; stride++) {
      for (Border border : Border.values()) {
        Pads pads = new Pads(1, 0, 1, 2);
        int[] weights = random.ints(CHANNELS * 3 * 3, -128, 128).toArray();
        IntKernel kernel = new IntKernel(CHANNELS, 1, 3, 3, CHANNELS, weights, 8);
        int classes = border == Border.VALUE ? 3 * 3 : 1;
        Node conv =
            new Node.QConv(
                "c",
                "x",
                "c",
                kernel,
                new Stride(stride, 5 - stride),
                pads,
                border == Border.REFLECT ? Border.EDGE : border,
                new int[] {3, 200, 0},
                requant(1200, 14, classes),
                FixedType.UINT8);
        compare(frame(11, 14), conv);
      }
    }
  }

  @Test
  void poolsSeeTheFrameOnly() {
    for (Pooling pooling : List.of(Pooling.MAX, Pooling.AVERAGE)) {
      int divided = pooling == Pooling.MAX ? 1 << 14 : (1 << 14) / 15;
      Requant requant = requant(divided, 14, 1);
      Pads pads = new Pads(2, 1, 1, 3);
      Node pool =
          new Node.QPool(
              "p", "x", "p", pooling, 3, 5, new Stride(2, 3), pads, requant, FixedType.UINT8);
      compare(frame(10, 13), pool);
    }
  }

  @Test
  void productsTakeZeroPointsOff() {
    Node product =
        new Node.QMul(
            "m",
            "x",
            "x",
            "m",
            new int[] {5, 0, 128},
            new int[] {9, 17, 0},
            requant(77, 14, 1),
            FixedType.UINT8);
    compare(frame(6, 7), product);
  }

  @Test
  void resizingMixesFourPixels() {
    Sampling sampling =
        new Sampling(
            Sampling.Mode.LINEAR,
            Sampling.Coordinates.HALF_PIXEL,
            Sampling.Rounding.FLOOR,
            Extent.FRAME.times(2),
            Extent.FRAME.times(2));
    Requant requant = requant(1, 16, 1);
    Node.QResize node = new Node.QResize("r", "x", "r", sampling, 8, requant, FixedType.UINT8);
    Codes in = frame(4, 5);
    Codes out = IntegerRun.run(node, List.of(in), in);
    for (int i = 0; i < out.data().length; i++) {
      int c = i / out.size();
      int y = i / out.width() % out.height();
      int x = i % out.width();
      // At twice the size a pixel is 3/4 of the nearer and 1/4 of the farther one on each axis.
      int nearY = y / 2;
      int nearX = x / 2;
      int farY = Math.max(0, Math.min(in.height() - 1, nearY + (y % 2 == 0 ? -1 : 1)));
      int farX = Math.max(0, Math.min(in.width() - 1, nearX + (x % 2 == 0 ? -1 : 1)));
      int[] plane = Arrays.copyOfRange(in.data(), c * in.size(), (c + 1) * in.size());
      double value =
          (9 * plane[nearY * in.width() + nearX]
                  + 3 * plane[nearY * in.width() + farX]
                  + 3 * plane[farY * in.width() + nearX]
                  + plane[farY * in.width() + farX])
              / 16.0;
      assertEquals((int) Math.floor(value + 0.5), out.data()[i], "at " + i + ", seed " + SEED);
    }
  }
}
