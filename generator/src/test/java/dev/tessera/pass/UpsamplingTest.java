package dev.tessera.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.frontend.OnnxBuilder;
import dev.tessera.frontend.OnnxReader;
import dev.tessera.pass.Upsampling.Kind;
import dev.tessera.pass.UpsamplingCost.Machine;
import dev.tessera.testing.SharedFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of enlarging layers against the counts and ratios that were published. */
@Tag("fast")
class UpsamplingTest {
  private static final int C = 32;

  @TempDir private Path place;

  private static Map<String, UpsamplingCost> costs(Kind kind, double products) {
    Upsampling layer = new Upsampling("l", kind, 3, 3, C, C, 1, 3, 1, products * C * C, "");
    return UpsamplingCost.of(layer).stream()
        .collect(Collectors.toMap(UpsamplingCost::variant, Function.identity()));
  }

  private static void check(UpsamplingCost cost, double macs, double weights, double bytes) {
    assertEquals(macs * C * C, cost.macs(), cost.variant());
    assertEquals(weights * C * C, cost.weights(), cost.variant());
    assertEquals(bytes * C, cost.bytes(), cost.variant());
  }

  @Test
  void countsAreThoseOfTheLiterature() {
    Map<String, UpsamplingCost> sub = costs(Kind.SUB_PIXEL, 81);
    check(sub.get("sub-pixel, then shuffle"), 81, 81, 28);
    check(sub.get("scatter (standard)"), 81, 81, 10);
    check(sub.get("zero insertion"), 729, 81, 18);
    check(sub.get("TDC"), 81, 81, 10);
    check(sub.get("REVD2"), 81, 81, 10);
    Map<String, UpsamplingCost> resize = costs(Kind.NEAREST, 25);
    check(resize.get("resize, then convolve"), 81, 9, 28);
    check(resize.get("scatter (standard)"), 25, 25, 10);
    check(resize.get("zero insertion"), 225, 25, 18);
    // Two taps a phase and axis if all are padded to the longest, 25 if not.
    check(resize.get("TDC"), 36, 36, 10);
    check(resize.get("REVD2"), 25, 25, 10);
    check(resize.get("Tessera"), 25, 25, 10);
  }

  /**
   * Published are 2.1 and 2.8 times less time and 2.1 and 2.7 times less energy; one ratio of
   * computing to moving explains each pair, 13.3 the times and 6.4 the energies.
   */
  @Test
  void publishedRatiosFollowFromTheModel() {
    UpsamplingCost sub = costs(Kind.SUB_PIXEL, 81).get("sub-pixel, then shuffle");
    UpsamplingCost subDeconvolved = costs(Kind.SUB_PIXEL, 81).get("REVD2");
    UpsamplingCost resize = costs(Kind.NEAREST, 25).get("resize, then convolve");
    UpsamplingCost resizeDeconvolved = costs(Kind.NEAREST, 25).get("TDC");
    Machine machine = new Machine(81.0 * C / 13.3, 1, 0);
    double fromSub = sub.seconds(machine) / subDeconvolved.seconds(machine);
    double fromResize = resize.seconds(machine) / resizeDeconvolved.seconds(machine);
    assertEquals(2.1, fromSub, 0.05);
    assertEquals(2.8, fromResize, 0.05);
    double product = 6.4 / (81.0 * C);
    assertEquals(2.1, energy(sub, product) / energy(subDeconvolved, product), 0.05);
    assertEquals(2.7, energy(resize, product) / energy(resizeDeconvolved, product), 0.05);
  }

  /** With bytes of equal energy, as the published model has them. */
  private static double energy(UpsamplingCost cost, double product) {
    return cost.macs() * product + cost.bytes();
  }

  private List<Upsampling> found(OnnxBuilder builder) {
    return Upsampling.of(PassManager.lower(OnnxReader.read(builder.write(place))));
  }

  @Test
  void findsEveryKind() {
    OnnxBuilder nearest = new OnnxBuilder(13, 5).frame(3);
    nearest.node("Resize", "r", "x", "", nearest.floats(new float[] {1, 1, 2, 2}, 4));
    nearest.set("nearest_mode", "floor").set("coordinate_transformation_mode", "asymmetric");
    Upsampling repeated = found(nearest.conv("y", "r", 3, 5, 3)).get(0);
    assertEquals(Kind.NEAREST, repeated.kind());
    assertEquals(16 * 15, repeated.products());
    assertTrue(repeated.taken().startsWith("polyphase"), repeated.taken());

    OnnxBuilder shuffled = new OnnxBuilder(13, 5).frame(1).conv("c", "x", 1, 9, 5);
    shuffled.node("DepthToSpace", "y", "c").set("blocksize", 3);
    Upsampling sub = found(shuffled).get(0);
    assertEquals(Kind.SUB_PIXEL, sub.kind());
    assertEquals(5, sub.kernel());
    assertEquals(1, sub.out());
    assertEquals(9 * 25, sub.products());

    OnnxBuilder transposed = new OnnxBuilder(13, 5).frame(2);
    float[] weights = new float[2 * 4 * 4];
    Arrays.fill(weights, 1);
    transposed.node("ConvTranspose", "y", "x", transposed.floats(weights, 2, 1, 4, 4));
    transposed.set("strides", new long[] {2, 2}).set("pads", new long[] {1, 1, 1, 1});
    Upsampling deconvolved = found(transposed).get(0);
    assertEquals(Kind.TRANSPOSED, deconvolved.kind());
    assertEquals(4, deconvolved.kernel());
    assertEquals(2 * 16, deconvolved.products());

    OnnxBuilder linear = new OnnxBuilder(13, 5).frame(3);
    linear.node("Resize", "r", "x", "", linear.floats(new float[] {1, 1, 2, 2}, 4));
    linear.set("mode", "linear");
    Upsampling interpolated = found(linear.conv("y", "r", 3, 5, 3)).get(0);
    assertEquals(Kind.BILINEAR, interpolated.kind());
    assertEquals(4 * 9 * 15, interpolated.products());
    assertTrue(interpolated.taken().contains("borders"), interpolated.taken());
    // Half-pixel x2 spreads a pixel over 4: its kernel is 1 3 3 1.
    assertEquals(4, interpolated.spread());
    double deconvolved6x6 = 36 * 15;
    assertEquals(deconvolved6x6, UpsamplingCost.of(interpolated).get(1).macs());
  }

  @Test
  void groupsDoNotMixChannels() {
    Upsampling layer = new Upsampling("l", Kind.SUB_PIXEL, 2, 3, 8, 8, 4, 1, 1, 36 * 16, "");
    for (UpsamplingCost cost : UpsamplingCost.of(layer)) {
      boolean zeros = cost.variant().equals("zero insertion");
      assertEquals((zeros ? 4 : 1) * 36 * 16, cost.macs(), cost.variant());
    }
  }

  /** The layer of a trained network: kind, factor, kernel, channels, groups. */
  @ParameterizedTest
  @CsvSource({
    "abpn_qat_x3, SUB_PIXEL, 3, 3, 27, 3, 1",
    "abpn_qat_int8_x3, SUB_PIXEL, 3, 3, 27, 3, 1",
    "carn_m_x2, SUB_PIXEL, 2, 3, 64, 64, 4",
    "fsrcnn_s_chxy_x3, TRANSPOSED, 3, 9, 32, 1, 1",
    "pan_x2, NEAREST, 2, 3, 40, 24, 1",
    "xlsr_x3, SUB_PIXEL, 3, 3, 32, 3, 1"
  })
  void findsTheLayerOfTrainedNetworks(
      String model, Kind kind, int factor, int kernel, int in, int out, int groups) {
    Path file = SharedFiles.require("models/" + model + ".onnx");
    List<Upsampling> found = Upsampling.of(PassManager.lower(OnnxReader.read(file)));
    assertEquals(1, found.size(), found.toString());
    Upsampling layer = found.get(0);
    assertEquals(kind, layer.kind());
    assertEquals(
        List.of(factor, kernel, in, out, groups),
        List.of(layer.factor(), layer.kernel(), layer.in(), layer.out(), layer.groups()));
    // No zero is multiplied: no more products than the plain deconvolution has taps.
    List<UpsamplingCost> forms = UpsamplingCost.of(layer);
    UpsamplingCost ours = forms.get(forms.size() - 1);
    UpsamplingCost revd2 = forms.get(forms.size() - 2);
    assertEquals(revd2.macs(), ours.macs(), 0.01 * revd2.macs());
  }
}
