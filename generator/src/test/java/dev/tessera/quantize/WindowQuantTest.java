package dev.tessera.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Graph;
import dev.tessera.ir.GraphVerifier;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Pooling;
import dev.tessera.ir.Sampling;
import dev.tessera.ir.Stride;
import dev.tessera.ir.ValueQuant;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions, pools, resized maps, products and scaled operands as integers. */
@Tag("fast")
class WindowQuantTest {
  private static final ValueQuant FINE = quant(new FixedType(true, 12), 0.004, 17);

  private static ValueQuant quant(FixedType type, double scale, int zero) {
    return new ValueQuant(type, new double[] {scale}, new int[] {zero});
  }

  @ParameterizedTest
  @EnumSource
  void tablesAreWithinACodeOfTheRoundedTruth(Activation.Function function) {
    ValueQuant out = quant(new FixedType(true, 9), 0.04, -3);
    Activation.Smooth smooth = new Activation.Smooth(function);
    Node.Activate node = new Node.Activate("f", "x", "y", smooth);
    Node.QTable table = TableLowering.lower(node, smooth, FINE, out);
    assertEquals(4096, table.entries().length);
    for (int i = 0; i < 4096; i++) {
      double x = 0.004 * (i - 2048 - 17);
      double truth = Math.max(-256, Math.min(255, Math.rint(exact(function, x) / 0.04) - 3));
      assertTrue(Math.abs(table.entries()[i] - truth) <= 1, function + " at " + x);
    }
  }

  @Test
  void theFactorOfAnEluReachesItsTable() {
    ValueQuant out = quant(new FixedType(true, 9), 0.04, -3);
    Activation.Smooth smooth = new Activation.Smooth(Activation.Function.ELU, 0.3f);
    Node.Activate node = new Node.Activate("f", "x", "y", smooth);
    Node.QTable table = TableLowering.lower(node, smooth, FINE, out);
    for (int i = 0; i < 4096; i++) {
      double x = 0.004 * (i - 2048 - 17);
      double y = x < 0 ? 0.3 * (Math.exp(x) - 1) : x;
      double truth = Math.max(-256, Math.min(255, Math.rint(y / 0.04) - 3));
      assertTrue(Math.abs(table.entries()[i] - truth) <= 1, "at " + x);
    }
  }

  /** By other formulas than the compiler's; the error function by Simpson's rule. */
  private static double exact(Activation.Function function, double x) {
    double e = Math.exp(x);
    return switch (function) {
      case TANH -> (e - 1 / e) / (e + 1 / e);
      case SIGMOID -> e / (1 + e);
      case ERF -> erf(x);
      case SOFTPLUS -> Math.log(1 + e);
      case ELU -> x < 0 ? e - 1 : x;
      case SILU -> x * e / (1 + e);
      case HARD_SWISH -> x <= -3 ? 0 : x >= 3 ? x : x * (x + 3) / 6;
      case MISH -> x * ((1 + e) * (1 + e) - 1) / ((1 + e) * (1 + e) + 1);
      case GELU -> x / 2 * (1 + erf(x / Math.sqrt(2)));
      case GELU_TANH -> x / (1 + Math.exp(-2 * 0.7978845608 * (x + 0.044715 * x * x * x)));
      case SQRT -> x <= 0 ? 0 : Math.exp(Math.log(x) / 2);
      case RECIPROCAL -> x <= 0 ? Double.POSITIVE_INFINITY : Math.exp(-Math.log(x));
      case RECIPROCAL_SQRT -> x <= 0 ? Double.POSITIVE_INFINITY : Math.exp(-Math.log(x) / 2);
    };
  }

  private static double erf(double x) {
    int steps = 2000;
    double h = x / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(-(i * h) * (i * h));
    }
    return 2 / Math.sqrt(Math.PI) * sum * h / 3;
  }

  @Test
  void averagesAreExactToACode() {
    for (int zero : new int[] {0, 90}) {
      ValueQuant in = quant(FixedType.UINT8, 0.01, zero);
      ValueQuant out = quant(FixedType.UINT8, 0.01, zero);
      Node.Pool pool =
          new Node.Pool("p", "x", "y", Pooling.AVERAGE, 3, 3, Stride.ONE, new Pads(1, 1, 1, 1));
      Node.QPool made = WindowLowering.lower(pool, in, out, 1);
      assertEquals(zero == 0 ? 1 : 9, made.requant().borderClasses());
      Codes map = noise(1, 5, 6, zero);
      Codes got = IntegerRun.run(made, List.of(map), map);
      for (int i = 0; i < got.data().length; i++) {
        double sum = 0;
        for (int t = 0; t < 9; t++) {
          int y = i / 6 + t / 3 - 1;
          int x = i % 6 + t % 3 - 1;
          boolean inside = y >= 0 && y < 5 && x >= 0 && x < 6;
          sum += inside ? map.data()[y * 6 + x] - zero : 0;
        }
        assertEquals(sum / 9 + zero, got.data()[i], 0.501, "zero " + zero + " at " + i);
      }
    }
  }

  @Test
  void anAverageWithoutItsPaddingDividesByThePixelsThatItHas() {
    ValueQuant in = new ValueQuant(FixedType.UINT8, new double[] {1, 0.5}, new int[] {0, 77});
    ValueQuant out = new ValueQuant(FixedType.UINT8, new double[] {1, 0.5}, new int[] {0, 77});
    Pads pads = new Pads(1, 2, 1, 0);
    Node.Pool pool =
        new Node.Pool("p", "x", "y", Pooling.AVERAGE_INSIDE, 3, 3, new Stride(1, 2), pads);
    Node.QPool made = WindowLowering.lower(pool, in, out, 2);
    int[] codes = new Random(3).ints(2 * 5 * 7, 0, 256).toArray();
    Codes map = new Codes(2, 5, 7, codes);
    Codes got = IntegerRun.run(made, List.of(map), map);
    assertEquals(4, got.width());
    for (int i = 0; i < got.data().length; i++) {
      double sum = 0;
      int count = 0;
      for (int t = 0; t < 9; t++) {
        int y = i / 4 % 5 - 1 + t / 3;
        int x = i % 4 * 2 - 2 + t % 3;
        if (y >= 0 && y < 5 && x >= 0 && x < 7) {
          sum += codes[i / 20 * 35 + y * 7 + x];
          count++;
        }
      }
      assertEquals(sum / count, got.data()[i], 0.501, "at " + i);
    }
  }

  @Test
  void resizedCodesAreTheRoundedMean() {
    for (int bits : new int[] {8, 12, 16}) {
      ValueQuant grid = quant(new FixedType(true, bits), 0.01, 0);
      Sampling sampling =
          new Sampling(
              Sampling.Mode.LINEAR,
              Sampling.Coordinates.HALF_PIXEL,
              Sampling.Rounding.FLOOR,
              Extent.constant(2),
              Extent.FRAME);
      Node.QResize made = WindowLowering.lower(new Node.Resize("r", "x", "y", sampling), grid, 1);
      Random random = new Random(bits);
      int half = 1 << (bits - 1);
      int[] codes = random.ints(4 * 40, -half, half).toArray();
      Codes map = new Codes(1, 4, 40, codes);
      Codes got = IntegerRun.run(made, List.of(map), map);
      for (int i = 0; i < got.data().length; i++) {
        int above = i / 40 * 80 + i % 40;
        double mean = (codes[above] + codes[above + 40]) / 2.0;
        assertEquals(Math.floor(mean + 0.5), got.data()[i], "bits " + bits + " at " + i);
      }
    }
  }

  private static Codes noise(int channels, int height, int width, long seed) {
    int[] codes = new Random(seed).ints((long) channels * height * width, 0, 256).toArray();
    return new Codes(channels, height, width, codes);
  }

  /** A pooled and resized gate, a product, and an operand with channels of zeros. */
  @Test
  void aNetworkOfAllOfThemIsNearTheFloatOne() {
    float[] half = {0, 0, 0, 1, 0.5f, -2, 1, 0};
    float[] shift = {0, 0, 0, 0.1f, 0, 0, 0, 0.2f};
    Sampling sampling =
        new Sampling(
            Sampling.Mode.LINEAR,
            Sampling.Coordinates.HALF_PIXEL,
            Sampling.Rounding.FLOOR,
            Extent.FRAME,
            Extent.FRAME);
    Graph graph =
        new GraphMaker(3, 5)
            .conv("x", "a", 3, 8, 3, Activation.relu())
            .add(
                new Node.Pool(
                    "p", "a", "b", Pooling.MAX, 3, 3, new Stride(2, 2), new Pads(1, 1, 1, 1)))
            .conv("b", "c", 8, 8, 3, new Activation.Smooth(Activation.Function.SIGMOID))
            .add(new Node.Resize("r", "c", "d", sampling))
            .add(new Node.Mul("m", "a", "d", "e", Activation.NONE))
            .add(new Node.Select("s", "x", "f", new int[] {0, 0, 0, 0, 1, 2, 1, 0}))
            .add(new Node.Affine("z", "f", "g", half, shift))
            .add(new Node.Add("t", "e", "g", "h", 1, Activation.relu()))
            .add(
                new Node.Pool(
                    "q", "h", "i", Pooling.AVERAGE, 3, 3, Stride.ONE, new Pads(1, 1, 1, 1)))
            .conv("i", "y", 8, 3, 3, new Activation.Clip(0, 1))
            .build("y");
    List<Calibration.Patch> patches = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      patches.add(new Calibration.Patch(16, 18, noise(3, 16, 18, i).data()));
    }
    Calibration calibration = new Calibration(patches, 1.0 / 255, Colour.RGB);
    QuantOptions plain = new QuantOptions(8, 8, Map.of(), Map.of(), 0);
    Quantized made = Quantizer.quantize(graph, calibration, plain);
    assertTrue(made.report().psnr() > 42, "PSNR " + made.report().psnr());
    assertTrue(made.graph().nodes().stream().noneMatch(n -> n.output().equals("g")));
    GraphVerifier.verify(made.graph(), "quantising");
  }
}
