package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.unit.conv.ConvFold;
import dev.tessera.unit.conv.ConvGeometry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldSearchTest {
  private static final double PIXELS = 64 * 48;

  private static List<ConvShape> layers(String network) {
    return switch (network) {
      case "espcn" -> Layers.espcn();
      case "fsrcnn" -> Layers.fsrcnn();
      case "abpn" -> Layers.abpn();
      case "xlsr" -> Layers.xlsr();
      case "imdn" -> Layers.imdn();
      default -> throw new IllegalArgumentException(network);
    };
  }

  private static FoldSearch search(List<ConvShape> shapes) {
    return new FoldSearch(shapes, false, FoldOption::multipliers);
  }

  @ParameterizedTest
  @CsvSource({
    "espcn, 400, 55.0",
    "espcn, 1500, 14.5",
    "fsrcnn, 300, 28.0",
    "fsrcnn, 1200, 7.0",
    "abpn, 1000, 44.0",
    "xlsr, 1000, 22.5",
    "xlsr, 4800, 4.6",
    "imdn, 1000, 20.25"
  })
  void findsPlansAtLeastAsFastAsStated(String network, int bound, double cyclesPerPixel) {
    List<ConvShape> shapes = layers(network);

    List<FoldOption> plan = search(shapes).fastest(bound, 1).orElseThrow();

    double found = FoldSearch.cycles(plan) / PIXELS;
    double macs = shapes.stream().mapToLong(ConvShape::macs).sum();
    double busy = macs / (FoldSearch.cycles(plan) * (double) FoldSearch.multipliers(plan));
    assertTrue(found <= cyclesPerPixel, network + " needs " + found + " cycles per pixel");
    assertTrue(FoldSearch.multipliers(plan) <= bound);
    assertTrue(busy >= 0.95, network + " keeps " + busy + " of its multipliers busy");
  }

  @Test
  void leavesNoFasterPlanUnfound() {
    Random random = new Random(5);
    for (int trial = 0; trial < 40; trial++) {
      List<ConvShape> shapes = List.of(small(random), small(random));
      long bound = 2 + random.nextInt(30);

      long found = search(shapes).fastest(bound, 1).map(FoldSearch::cycles).orElse(Long.MAX_VALUE);

      assertEquals(bruteForce(shapes, bound), found, shapes + " under " + bound);
    }
  }

  @Test
  void spendsNoMultiplierOnSpeedThatNobodyUses() {
    FoldSearch search = search(Layers.abpn());
    long floor = (long) (100 * PIXELS);

    List<FoldOption> plan = search.fastest(1000, floor).orElseThrow();

    assertEquals(search.within(floor).orElseThrow(), plan);
    assertTrue(FoldSearch.multipliers(plan) < 500);
  }

  @Test
  void searchesALargeNetworkInHalfASecond() {
    search(Layers.xlsr()).fastest(4800, 1);

    assertTimeout(
        Duration.ofMillis(500), () -> search(Layers.xlsr()).fastest(4800, 1).orElseThrow());
  }

  private static ConvShape small(Random random) {
    int groups = 1 + random.nextInt(4);
    int outputs = groups * (1 + random.nextInt(5));
    int inputs = groups * (1 + random.nextInt(2));
    int kernel = random.nextBoolean() ? 1 : 2;
    int width = 5 + random.nextInt(9);
    return Layers.conv("c", width, 7, outputs, inputs, kernel, groups, 1 + random.nextInt(2));
  }

  /** The least time of any two folds whatsoever, canonical or not, under the bound. */
  private static long bruteForce(List<ConvShape> shapes, long bound) {
    long best = Long.MAX_VALUE;
    for (FoldOption a : everything(shapes.get(0))) {
      for (FoldOption b : everything(shapes.get(1))) {
        if (a.multipliers() + b.multipliers() <= bound) {
          best = Math.min(best, Math.max(a.cycles(), b.cycles()));
        }
      }
    }
    return best;
  }

  private static List<FoldOption> everything(ConvShape shape) {
    List<FoldOption> all = new ArrayList<>();
    for (int positions = 1; positions <= ConvGeometry.MAX_POSITIONS; positions++) {
      for (int groups = 1; groups <= shape.groups(); groups++) {
        for (int pe = 1; pe <= shape.outputsPerGroup(); pe++) {
          for (int simd = 1; simd <= shape.taps(); simd++) {
            FoldOption.of(shape, new ConvFold(positions, groups, pe, simd), false)
                .ifPresent(all::add);
          }
        }
      }
    }
    return all;
  }
}
