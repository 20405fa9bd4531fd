package dev.tessera.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.golden.GoldenModel;
import dev.tessera.golden.Tables;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Size;
import dev.tessera.plan.StoredNet;
import dev.tessera.unit.codec.CutSpec;
import dev.tessera.unit.codec.CutTop;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Codecs of stored maps within a bound on the error of the output. */
@Tag("fast")
class StoredCodecsTest {
  private static final int SIDE = 40;
  private static final double MODEST = 14;
  private static final long UNHURRIED = 1L << 40;

  private final Design design =
      StoredNet.planned(SIDE, SIDE, StoredCodecs.PLANNED).withNorm(Optional.of(NormTop.exact()));

  /** Waves of several lengths: neighbours are alike, and nothing is flat. */
  private static List<Frame> frames() {
    Frame frame = new Frame(3, SIDE, SIDE);
    for (int i = 0; i < frame.data().length; i++) {
      int x = i % SIDE;
      int y = i / SIDE % SIDE;
      frame.data()[i] = (int) (127 + 60 * Math.sin(x / 5.0) + 60 * Math.cos(y / 3.0 + x / 9.0));
    }
    return List.of(frame);
  }

  private Design chosen(OptionalDouble psnr) {
    return StoredCodecs.choose(design, UNHURRIED, frames(), psnr);
  }

  private static Frame output(Design design) {
    return output(design, frames().get(0));
  }

  private static Frame output(Design design, Frame frame) {
    return GoldenModel.run(Tables.applied(design, Tables.summed(design, frame)), frame);
  }

  private static long bytes(Design design) {
    Frame frame = frames().get(0);
    var links =
        GoldenModel.runAll(Tables.applied(design, Tables.summed(design, frame)), frame).links();
    return design.instances().stream()
        .filter(i -> i.spec() instanceof CutSpec)
        .mapToLong(i -> ((CutSpec) i.spec()).bytes(links.get(i.inputs().get(0))))
        .sum();
  }

  @Test
  void withoutABoundNothingIsLost() {
    Design lossless = chosen(OptionalDouble.empty());
    assertEquals(0, output(lossless).meanSquare(output(design)));
    long raw =
        CutTop.of(lossless).orElseThrow().specs().stream()
            .mapToLong(c -> c.with("raw", 0).bytes())
            .sum();
    assertTrue(bytes(lossless) < raw, bytes(lossless) + " of " + raw);
  }

  @Test
  void aBoundIsKeptAndMoreOfItSavesMore() {
    long last = bytes(chosen(OptionalDouble.empty()));
    for (double psnr : new double[] {36, 26}) {
      Design lossy = chosen(OptionalDouble.of(psnr));
      double error = output(lossy).meanSquare(output(design));
      assertTrue(error > 0 && Subject.decibels(error, 255) >= psnr, psnr + " dB: " + error);
      assertTrue(bytes(lossy) < last, psnr + " dB: " + bytes(lossy) + " of " + last);
      last = bytes(lossy);
    }
  }

  /** Maps too narrow for prediction, so that another codec shows what an error does. */
  @Test
  void narrowMapsAreWithinTheBoundAsWell() {
    Design narrow = StoredNet.planned(6, SIDE, "dctcm:0").withNorm(Optional.of(NormTop.exact()));
    Frame frame = frames().get(0).cut(0, 0, new Size(6, SIDE));
    Design chosen =
        StoredCodecs.choose(narrow, UNHURRIED, List.of(frame), OptionalDouble.of(MODEST));
    Set<String> codecs =
        CutTop.of(chosen).orElseThrow().specs().stream()
            .map(CutSpec::codec)
            .collect(Collectors.toSet());
    assertTrue(codecs.stream().anyMatch(c -> c.startsWith("dctcm")), codecs.toString());
    double error = output(chosen, frame).meanSquare(output(raw(narrow), frame));
    assertTrue(Subject.decibels(error, 255) >= MODEST, "" + error);
  }

  private static Design raw(Design design) {
    return design.withInstances(
        design.instances().stream()
            .map(
                i ->
                    i.spec() instanceof CutSpec cut
                        ? new Design.Instance(cut.with("raw", 0), i.inputs(), i.outputs())
                        : i)
            .toList());
  }

  @Test
  void whatIsKeptIsANumber() {
    assertEquals(OptionalDouble.empty(), StoredCodecs.psnr("auto"));
    assertEquals(OptionalDouble.of(32.5), StoredCodecs.psnr("auto:32.5"));
    for (String odd : List.of("auto:", "auto:9", "auto:101", "auto:-3", "auto:1e2")) {
      assertThrows(IllegalArgumentException.class, () -> StoredCodecs.psnr(odd), odd);
    }
  }
}
