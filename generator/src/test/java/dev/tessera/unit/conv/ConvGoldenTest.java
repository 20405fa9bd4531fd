package dev.tessera.unit.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.hw.Frame;
import dev.tessera.hw.Schedule;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvGoldenTest {
  private final ConvUnit unit = new ConvUnit();

  static List<ConvSpec> samples() {
    return ConvSamples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void equalsPlainLoops(ConvSpec spec) {
    Frame in = ConvSamples.frame(spec, new Random(1));
    Frame out = unit.golden(spec, List.of(in)).get(0);
    assertArrayEquals(ConvReference.run(spec, in).data(), out.data());
    long inner =
        Arrays.stream(out.data())
            .filter(v -> v > spec.requant().lo() && v < spec.requant().hi())
            .count();
    assertTrue(4 * inner > out.data().length, "most of the sample saturates: " + inner);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void refusesValuesOutsideTheirType(ConvSpec spec) {
    Frame in = ConvSamples.frame(spec, new Random(2));
    in.data()[in.data().length / 2] = (int) spec.in().type().max() + 1;
    assertThrows(IllegalStateException.class, () -> unit.golden(spec, List.of(in)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void framesFollowAtTheStatedDistance(ConvSpec spec) {
    int frames = 4;
    long[] always = LongStream.range(0, frames * spec.in().beatsPerFrame()).map(i -> 0).toArray();
    Schedule schedule = unit.schedule(spec, List.of(always));
    long[] made = schedule.made().get(0);
    int beats = (int) spec.out().beatsPerFrame();
    assertEquals(frames * beats, made.length);
    assertEquals(
        unit.cost(spec).cyclesPerFrame(), made[3 * beats - 1] - made[2 * beats - 1], spec.name());
  }
}
