package dev.tessera.unit.conv;

import static dev.tessera.unit.conv.ConvSamples.frame;
import static dev.tessera.unit.conv.PhaseSamples.reach;

import dev.tessera.ir.Border;
import dev.tessera.ir.Pads;
import java.util.List;

/** Convolutions that enlarge by walking their rows several times. */
final class ReplaySamples {
  private static final Pads ONE = new Pads(1, 1, 1, 1);

  private ReplaySamples() {}

  static void add(List<ConvSpec> all) {
    dense(all);
    phases(all);
  }

  private static void dense(List<ConvSpec> all) {
    all.add(
        frame(7, 5)
            .channels(4, 8)
            .lanes(4, 2)
            .kernel(3, 3, ONE)
            .replay(2)
            .fold(1, 1, 2, 9)
            .make("r0"));
    // Input in several beats, two positions, a reorder memory, an offset per border class.
    all.add(
        frame(9, 6)
            .channels(6, 12)
            .lanes(3, 3)
            .kernel(3, 3, ONE)
            .replay(2)
            .fold(2, 1, 3, 9)
            .classes()
            .make("r1"));
    // Three walks, all outputs of one at a time, five rows.
    all.add(
        frame(8, 7)
            .channels(2, 9)
            .lanes(2, 1)
            .kernel(5, 3, new Pads(2, 1, 2, 1))
            .border(Border.REFLECT)
            .replay(3)
            .fold(3, 1, 3, 3)
            .make("r2"));
    all.add(
        frame(6, 5)
            .channels(5, 16)
            .lanes(5, 4)
            .kernel(1, 1, Pads.NONE)
            .replay(2)
            .fold(1, 1, 8, 2)
            .twoSided()
            .make("r3"));
    // Lopsided, and no window at the right and at the bottom.
    all.add(
        frame(10, 6)
            .channels(2, 4)
            .lanes(2, 1)
            .kernel(3, 4, new Pads(2, 1, 0, 0))
            .border(Border.EDGE)
            .replay(2)
            .fold(2, 1, 1, 5)
            .make("r4"));
    all.add(
        frame(7, 6)
            .channels(2, 32)
            .lanes(2, 2)
            .kernel(3, 3, new Pads(0, 1, 2, 1))
            .replay(4)
            .fold(1, 1, 6, 6)
            .make("r5"));
  }

  private static void phases(List<ConvSpec> all) {
    // Repetition by two and 3 x 3.
    all.add(
        frame(8, 5)
            .channels(3, 8)
            .lanes(3, 2)
            .kernel(3, 3, ONE)
            .without((o, c, y, x) -> reach(o / 2 / 2, y, 2) || reach(o / 2 % 2, x, 2))
            .replay(2)
            .fold(1, 1, 2, 5)
            .make("r6"));
    // Both classes of a row at once.
    all.add(
        frame(9, 7)
            .channels(3, 8)
            .lanes(1, 1)
            .kernel(3, 3, ONE)
            .without((o, c, y, x) -> reach(o / 2 / 2, y, 2) || reach(o / 2 % 2, x, 2))
            .replay(2)
            .fold(1, 2, 1, 3)
            .classes()
            .make("r7"));
    // Repetition by three and 3 x 3: walks of different length.
    all.add(
        frame(9, 5)
            .channels(2, 18)
            .lanes(2, 1)
            .kernel(3, 3, ONE)
            .without((o, c, y, x) -> reach(o / 2 / 3, y, 3) || reach(o / 2 % 3, x, 3))
            .replay(3)
            .fold(1, 1, 2, 1)
            .make("r8"));
  }
}
