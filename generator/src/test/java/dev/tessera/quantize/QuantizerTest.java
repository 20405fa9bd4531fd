package dev.tessera.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.TesseraException;
import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Graph;
import dev.tessera.ir.GraphVerifier;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.ValueQuant;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Small networks of every operator: integers by plain loops against floats by plain loops. */
@Tag("fast")
class QuantizerTest {
  private static final Activation NONE = Activation.NONE;
  private static final Activation RELU = Activation.relu();
  private static final Pads ONE = new Pads(1, 1, 1, 1);
  private static final float[] ZERO = {0};
  private static final double UNIT = 1.0 / 255;
  private static final float[] ONE_MORE = {1};

  @TestFactory
  Stream<DynamicTest> integersFollowTheFloats() {
    Map<String, Graph> graphs = new LinkedHashMap<>();
    activations(graphs);
    borders(graphs);
    wires(graphs);
    return graphs.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getValue(), 43)));
  }

  private static void activations(Map<String, Graph> graphs) {
    float[] slopes = {0.25f, 1.5f, -0.5f, 0, 1, -1.25f, 0.05f, 2};
    Map<String, Activation> hidden = new LinkedHashMap<>();
    hidden.put("identity", NONE);
    hidden.put("relu", RELU);
    hidden.put("leaky", new Activation.Leaky(new float[] {0.1f}));
    hidden.put("slopes above one and below zero", new Activation.Leaky(slopes));
    hidden.put("clip", new Activation.Clip(-0.4f, 0.7f));
    hidden.put("relu of six tenths", new Activation.Clip(0, 0.6f));
    hidden.put("hidden tanh", new Activation.Smooth(Activation.Function.TANH));
    hidden.put("hidden sigmoid", new Activation.Smooth(Activation.Function.SIGMOID));
    hidden.forEach(
        (name, activation) ->
            graphs.put(
                name,
                new GraphMaker(3, 1)
                    .conv("x", "a", 3, 8, 3, activation)
                    .conv("a", "y", 8, 3, 3, new Activation.Clip(0, 1))
                    .build("y")));
    Set<Activation.Function> positive =
        EnumSet.of(Activation.Function.RECIPROCAL, Activation.Function.RECIPROCAL_SQRT);
    for (Activation.Function function : positive) {
      // Of 1 to 2: at 0 they have no value.
      graphs.put(
          function + " at the end",
          new GraphMaker(1, 2)
              .conv("x", "a", 1, 4, 5, new Activation.Smooth(Activation.Function.SIGMOID))
              .add(new Node.Affine("n", "a", "p", ONE_MORE, ONE_MORE))
              .add(new Node.Activate("f", "p", "b", new Activation.Smooth(function)))
              .add(new Node.DepthToSpace("d", "b", "y", 2, false))
              .build("y"));
    }
    for (Activation.Function function : EnumSet.complementOf(EnumSet.copyOf(positive))) {
      graphs.put(
          function + " at the end",
          new GraphMaker(1, 2)
              .conv("x", "a", 1, 6, 5, RELU)
              .conv("a", "b", 6, 4, 3, new Activation.Smooth(function))
              .add(new Node.DepthToSpace("d", "b", "y", 2, false))
              .build("y"));
    }
  }

  private static void borders(Map<String, Graph> graphs) {
    float[] shift = {-0.4488f, -0.4371f, -0.404f};
    for (Activation activation : List.of(RELU, new Activation.Leaky(new float[] {0.2f}))) {
      graphs.put(
          "padding between codes, " + activation.getClass().getSimpleName(),
          new GraphMaker(3, 3)
              .conv("x", "a", 3, 8, 3, 1, new Pads(1, 1, 1, 1), Border.VALUE, shift, activation)
              .conv("a", "y", 8, 3, 1, NONE)
              .build("y"));
    }
    graphs.put(
        "lopsided padding between codes",
        new GraphMaker(3, 4)
            .conv("x", "a", 3, 8, 5, 1, new Pads(4, 1, 0, 3), Border.VALUE, shift, NONE)
            .conv("a", "y", 8, 3, 1, NONE)
            .build("y"));
    for (Border border : List.of(Border.EDGE, Border.REFLECT)) {
      graphs.put(
          border.toString(),
          new GraphMaker(3, 5)
              .conv("x", "a", 3, 8, 5, 1, new Pads(2, 2, 2, 2), border, ZERO, RELU)
              .conv("a", "y", 8, 3, 3, 1, ONE, border, ZERO, NONE)
              .build("y"));
    }
  }

  private static void wires(Map<String, Graph> graphs) {
    graphs.put(
        "groups, signed and unsigned in one map",
        new GraphMaker(3, 6)
            .conv("x", "a", 3, 8, 3, NONE)
            .conv("a", "b", 8, 8, 3, 4, ONE, Border.VALUE, ZERO, RELU)
            .add(new Node.Concat("c", List.of("a", "b"), "ab"))
            .conv("ab", "y", 16, 3, 1, NONE)
            .build("y"));
    graphs.put(
        "split, long and short additions",
        new GraphMaker(3, 7)
            .conv("x", "a", 3, 8, 3, NONE)
            .conv("a", "b", 8, 8, 3, new Activation.Leaky(new float[] {0.05f}))
            .add(new Node.Select("s", "b", "c", new int[] {7, 0, 3, 3}))
            .conv("c", "d", 4, 8, 3, NONE)
            .add(new Node.Add("p", "d", "a", "e", 1, RELU))
            .conv("e", "f", 8, 8, 1, NONE)
            .add(new Node.Add("m", "f", "a", "g", -1, new Activation.Leaky(new float[] {0.1f})))
            .conv("g", "y", 8, 3, 3, NONE)
            .build("y"));
    graphs.put(
        "input joined with features",
        new GraphMaker(3, 8)
            .conv("x", "a", 3, 8, 3, NONE)
            .add(new Node.Concat("c", List.of("x", "a"), "xa"))
            .conv("xa", "y", 11, 3, 3, NONE)
            .build("y"));
    for (boolean crd : new boolean[] {true, false}) {
      graphs.put(
          "shuffle inside, " + (crd ? "CRD" : "DCR"),
          new GraphMaker(3, 9)
              .conv("x", "a", 3, 16, 3, RELU)
              .add(new Node.DepthToSpace("d", "a", "b", 2, crd))
              .conv("b", "y", 4, 3, 3, NONE)
              .build("y"));
    }
    graphs.put(
        "scales on their own",
        new GraphMaker(3, 10)
            .add(new Node.Affine("n", "x", "a", new float[] {2, -1, 0.5f}, new float[] {-1, 1, 0}))
            .conv("a", "b", 3, 8, 3, NONE)
            .add(new Node.Activate("r", "b", "c", RELU))
            .conv("c", "d", 8, 3, 3, NONE)
            .add(new Node.Affine("e", "d", "y", new float[] {0.3f}, new float[] {0.5f}))
            .build("y"));
    graphs.put(
        "anchor added to the output",
        new GraphMaker(3, 11)
            .conv("x", "a", 3, 8, 3, RELU)
            .conv("a", "b", 8, 12, 3, NONE)
            .add(new Node.Select("r", "x", "c", new int[] {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2}))
            .add(new Node.Add("p", "c", "b", "d", 1, new Activation.Clip(0, 1)))
            .add(new Node.DepthToSpace("s", "d", "y", 2, false))
            .build("y"));
  }

  /** Integers by both executors against floats, on a picture that calibration did not show. */
  static void check(Graph graph, double least) {
    check(graph, QuantOptions.INT8, least);
  }

  static void check(Graph graph, QuantOptions options, double least) {
    int channels = graph.type("x").channels();
    Quantized made = quantize(graph, options);
    GraphVerifier.verify(made.graph(), "quantisation");
    Calibration.Patch patch = picture(channels, 99);
    float[] wanted =
        new FloatExecutor(graph)
            .run(patch.scaled(UNIT), patch.height(), patch.width())
            .get(graph.output());
    int[][][] got = new IntegerExecutor(made.graph()).run(planes(patch));
    assertArrayEquals(flat(got), flat(IntegerRunner.run(made.graph(), patch.map())));
    double all = 0;
    double rim = 0;
    int count = 0;
    int at = 0;
    for (int[][] plane : got) {
      for (int y = 0; y < plane.length; y++) {
        for (int x = 0; x < plane[y].length; x++) {
          double d = plane[y][x] - Math.max(0, Math.min(255, wanted[at++] / UNIT));
          all += d * d;
          int inside = Math.min(Math.min(x, y), Math.min(plane.length, plane[y].length) - 1);
          boolean edge = inside == 0 || y == plane.length - 1 || x == plane[y].length - 1;
          rim += edge ? d * d : 0;
          count += edge ? 1 : 0;
        }
      }
    }
    double psnr = 10 * Math.log10(65025 / (all / at));
    double rimPsnr = 10 * Math.log10(65025 / (rim / count));
    assertTrue(psnr >= least, "PSNR " + psnr);
    assertTrue(rimPsnr >= least - 3, "PSNR at the rim " + rimPsnr);
  }

  static Quantized quantize(Graph graph, QuantOptions options) {
    int channels = graph.type("x").channels();
    List<Calibration.Patch> patches = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      patches.add(picture(channels, i));
    }
    Colour colour = channels == 1 ? Colour.Y : Colour.RGB;
    Calibration calibration = new Calibration(patches, UNIT, colour);
    return Quantizer.quantize(graph, calibration, options, FloatExecutor::new);
  }

  /** A smooth random picture with some texture. */
  private static Calibration.Patch picture(int channels, long seed) {
    Random random = new Random(seed);
    int height = 24;
    int width = 21;
    int[] codes = new int[channels * height * width];
    for (int c = 0; c < channels; c++) {
      double a = random.nextDouble() / 3;
      double b = random.nextDouble() / 3;
      double phase = 6 * random.nextDouble();
      for (int i = 0; i < height * width; i++) {
        double wave = Math.sin(a * (i % width) + b * (i / width) + phase);
        double value = 128 + 100 * wave + 12 * random.nextGaussian();
        codes[c * height * width + i] = (int) Math.max(0, Math.min(255, value));
      }
    }
    return new Calibration.Patch(height, width, codes);
  }

  private static int[][][] planes(Calibration.Patch patch) {
    int channels = patch.codes().length / patch.height() / patch.width();
    int[][][] planes = new int[channels][patch.height()][patch.width()];
    for (int i = 0; i < patch.codes().length; i++) {
      int y = i / patch.width() % patch.height();
      planes[i / patch.width() / patch.height()][y][i % patch.width()] = patch.codes()[i];
    }
    return planes;
  }

  private static int[] flat(int[][][] planes) {
    return Stream.of(planes).flatMap(Stream::of).flatMapToInt(Arrays::stream).toArray();
  }

  private static int[] flat(Codes codes) {
    return codes.data();
  }

  @Test
  void portsCarryImageCodes() {
    Graph graph = new GraphMaker(3, 12).conv("x", "y", 3, 3, 3, NONE).build("y");
    Graph made = quantize(graph, QuantOptions.INT8).graph();
    for (String port : List.of("x", "y")) {
      ValueQuant quant = made.quants().get(port);
      assertEquals(FixedType.UINT8, quant.type());
      assertEquals(UNIT, quant.scaleOf(2));
      assertEquals(0, quant.zeroOf(2));
    }
  }

  @Test
  void moreBitsGiveLessError() {
    Graph graph =
        new GraphMaker(3, 13)
            .conv("x", "a", 3, 8, 3, RELU)
            .conv("a", "b", 8, 8, 3, RELU)
            .conv("b", "y", 8, 3, 3, NONE)
            .build("y");
    double before = 0;
    for (int bits : new int[] {4, 6, 8, 12}) {
      QuantOptions options = new QuantOptions(bits, bits, Map.of(), Map.of(), 0);
      double psnr = quantize(graph, options).report().psnr();
      assertTrue(psnr > before, bits + " bits: " + psnr + " dB after " + before);
      before = psnr;
    }
    assertTrue(before > 56, "12 bits: " + before);
  }

  @Test
  void singleLayersTakeTheirOwnBits() {
    Graph graph =
        new GraphMaker(3, 14)
            .conv("x", "a", 3, 8, 3, RELU)
            .conv("a", "y", 8, 3, 3, NONE)
            .build("y");
    QuantOptions options = new QuantOptions(8, 8, Map.of("y_conv", 12), Map.of("a", 11), 0);
    Quantized made = quantize(graph, options);
    QuantReport.Layer layer = made.report().layers().get(1);
    assertEquals(12, layer.weightBits());
    assertEquals(4, layer.multipliersPerProduct());
    assertEquals(new FixedType(true, 11), made.graph().quants().get("a").type());
  }

  /** The array of a layer of one tap per output chooses; weights of both signs scale behind it. */
  @Test
  void factorsOfSingleTapsGoToTheRequantiser() {
    Graph graph =
        new GraphMaker(3, 19)
            .conv("x", "a", 3, 6, 3, RELU)
            .conv("a", "s", 6, 6, 1, 6, Pads.NONE, Border.VALUE, new float[] {0}, NONE)
            .conv("s", "y", 6, 3, 3, NONE)
            .build("y");
    check(graph, 35);
    List<Boolean> moves =
        quantize(graph, QuantOptions.INT8).graph().nodes().stream()
            .filter(n -> n instanceof Node.QConv)
            .map(n -> ((Node.QConv) n).kernel().moves())
            .toList();
    assertEquals(List.of(false, true, false), moves);
  }

  @Test
  void layersAreRaisedWhereTheOutputNeedsIt() {
    Graph graph =
        new GraphMaker(3, 17)
            .conv("x", "a", 3, 8, 3, RELU)
            .conv("a", "b", 8, 8, 3, NONE)
            .conv("b", "y", 8, 3, 3, NONE)
            .build("y");
    QuantReport never = quantize(graph, new QuantOptions(5, 5, Map.of(), Map.of(), 0)).report();
    assertTrue(never.raised().isEmpty());
    double target = never.psnr() + 6;
    Quantized made = quantize(graph, new QuantOptions(5, 5, Map.of(), Map.of(), target));
    QuantReport report = made.report();
    assertEquals(never.psnr(), report.plainPsnr(), 1e-9);
    assertTrue(report.psnr() >= target, report.psnr() + " dB for " + target);
    assertTrue(report.raised().size() > 1, "raised " + report.raised());
    QuantReport.Raised first = report.raised().get(0);
    assertEquals("map 'a'", first.what());
    assertEquals("u5", first.from());
    assertEquals("s9", first.to());
    assertEquals(1, first.multipliersPerProduct());
  }

  @Test
  void silentChannelsDoNotSpoilTheOthers() {
    GraphMaker maker = new GraphMaker(3, 15).conv("x", "a", 3, 8, 3, RELU);
    float[] scale = {1, 1, 1, 0, 1, 1, 1e-7f, 1};
    Graph graph =
        maker
            .add(new Node.Affine("n", "a", "b", scale, ZERO))
            .conv("b", "y", 8, 3, 3, NONE)
            .build("y");
    check(graph, 43);
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    Graph graph =
        new GraphMaker(3, 16)
            .add(new Node.Affine("n", "x", "a", new float[] {1e38f}, new float[] {3e38f}))
            .add(new Node.Affine("m", "a", "b", new float[] {1e38f}, ZERO))
            .conv("b", "y", 3, 3, 1, NONE)
            .build("y");
    TesseraException e =
        assertThrows(TesseraException.class, () -> quantize(graph, QuantOptions.INT8));
    assertEquals("quantize.nonfinite", e.diagnostic().code());
  }
}
