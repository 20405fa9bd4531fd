package dev.tessera.unit.d2s;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tessera.hw.StreamType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Depths of the phase-row FIFOs: enough for the steady rate, and one word less is not. */
@Tag("fast")
class D2sDepthsTest {
  static Stream<D2sSpec> steadySamples() {
    return D2sSamples.all().stream().filter(s -> s.name().endsWith("exact"));
  }

  @ParameterizedTest
  @MethodSource("steadySamples")
  void sufficeAndAreLeast(D2sSpec spec) {
    long[] free = writes(spec, Collections.nCopies(spec.block(), 10_000));
    assertArrayEquals(free, writes(spec, spec.depths()));
    for (int a = 0; a < spec.block(); a++) {
      List<Integer> fewer = new ArrayList<>(spec.depths());
      fewer.set(a, fewer.get(a) - 1);
      int floor = a == 0 ? 2 : spec.input().width() + 1;
      if (fewer.get(a) >= floor) {
        assertFalse(Arrays.equals(free, writes(spec, fewer)), "FIFO " + a + " could hold less");
      }
    }
  }

  private static long[] writes(D2sSpec spec, List<Integer> depths) {
    D2sTiming timing = new D2sTiming(spec.input(), spec.output(), spec.block(), depths);
    timing.run(D2sSamples.steady(spec.input(), spec.output()));
    return timing.writes();
  }

  @Test
  void aRowThatDoesNotFitDeadlocks() {
    StreamType in = D2sSamples.all().get(0).input();
    StreamType out = D2sSamples.all().get(0).output();
    List<Integer> scarce = List.of(2, in.width() - 1);
    D2sTiming timing = new D2sTiming(in, out, 2, scarce);
    long[] arrivals = new long[(int) in.beatsPerFrame()];
    assertThrows(IllegalStateException.class, () -> timing.run(arrivals));
    assertThrows(
        IllegalArgumentException.class, () -> new D2sSpec("scarce", in, out, 2, false, scarce));
  }
}
