package dev.tessera.unit.conv;

import static dev.tessera.unit.conv.ConvSamples.frame;

import dev.tessera.ir.Border;
import dev.tessera.ir.Pads;
import java.util.List;

/** Convolutions with strides, and with taps that some or all outputs do without. */
final class PhaseSamples {
  private static final Pads ONE = new Pads(1, 1, 1, 1);

  private PhaseSamples() {}

  static void add(List<ConvSpec> all) {
    strides(all);
    lists(all);
  }

  private static void strides(List<ConvSpec> all) {
    all.add(
        frame(9, 7)
            .channels(3, 4)
            .lanes(3, 2)
            .kernel(3, 3, ONE)
            .stride(2, 2)
            .fold(1, 1, 2, 9)
            .make("s0"));
    all.add(
        frame(12, 8)
            .channels(2, 4)
            .lanes(1, 4)
            .kernel(3, 3, new Pads(0, 0, 1, 1))
            .stride(2, 2)
            .fold(2, 1, 4, 4)
            .classes()
            .make("s1"));
    all.add(
        frame(13, 11)
            .channels(2, 3)
            .lanes(2, 1)
            .kernel(5, 5, new Pads(2, 1, 2, 2))
            .stride(3, 3)
            .border(Border.REFLECT)
            .fold(2, 1, 1, 7)
            .make("s2"));
    all.add(
        frame(11, 6)
            .channels(4, 4)
            .lanes(2, 2)
            .kernel(1, 1, Pads.NONE)
            .stride(2, 2)
            .fold(1, 1, 2, 1)
            .make("s3"));
    all.add(
        frame(14, 9)
            .channels(6, 6)
            .lanes(3, 2)
            .kernel(3, 3, Pads.NONE)
            .groups(6)
            .stride(2, 2)
            .fold(3, 2, 1, 2)
            .make("s4", false));
    all.add(
        frame(10, 9)
            .channels(2, 2)
            .lanes(2, 2)
            .kernel(7, 7, new Pads(3, 3, 3, 3))
            .stride(4, 1)
            .border(Border.EDGE)
            .fold(3, 1, 2, 5)
            .make("s5"));
    all.add(
        frame(17, 6)
            .channels(1, 2)
            .lanes(1, 2)
            .kernel(3, 5, new Pads(1, 2, 1, 2))
            .stride(1, 4)
            .fold(2, 1, 2, 3)
            .classes()
            .twoSided()
            .make("s6"));
  }

  private static void lists(List<ConvSpec> all) {
    // Repetition by two and 3 x 3: four phases of 2 x 2 positions.
    all.add(
        frame(8, 5)
            .channels(3, 8)
            .lanes(3, 2)
            .kernel(3, 3, ONE)
            .without((o, c, y, x) -> reach(o / 2 / 2, y, 2) || reach(o / 2 % 2, x, 2))
            .fold(1, 1, 2, 5)
            .make("t0"));
    // Repetition by three and 3 x 3: phases of 4, 2 and 1 positions, two at once.
    all.add(
        frame(9, 5)
            .channels(2, 18)
            .lanes(2, 1)
            .kernel(3, 3, ONE)
            .without((o, c, y, x) -> reach(o / 2 / 3, y, 3) || reach(o / 2 % 3, x, 3))
            .fold(1, 2, 1, 1)
            .classes()
            .make("t1"));
    all.add(
        frame(9, 5)
            .channels(2, 9)
            .lanes(2, 1)
            .kernel(3, 3, ONE)
            .without((o, c, y, x) -> reach(o / 3, y, 3) || reach(o % 3, x, 3))
            .fold(2, 1, 1, 1)
            .make("t2"));
    // Dilation by two.
    all.add(
        frame(11, 8)
            .channels(3, 4)
            .lanes(3, 2)
            .kernel(5, 5, new Pads(2, 2, 2, 2))
            .without((o, c, y, x) -> y % 2 == 1 || x % 2 == 1)
            .fold(2, 1, 4, 4)
            .make("t3"));
    // A shift of every channel in front of a 1 x 1 convolution.
    all.add(
        frame(9, 6)
            .channels(5, 4)
            .lanes(5, 2)
            .kernel(3, 3, ONE)
            .without((o, c, y, x) -> y != c % 3 || x != (c + 1) % 3)
            .fold(1, 1, 2, 2)
            .make("t4"));
    // Depthwise enlargement: a class of its own for every output of a group.
    all.add(
        frame(8, 6)
            .channels(3, 12)
            .lanes(1, 1)
            .kernel(3, 3, ONE)
            .groups(3)
            .border(Border.EDGE)
            .without((o, c, y, x) -> reach(o / 2, y, 2) || reach(o % 2, x, 2))
            .fold(1, 4, 1, 1)
            .make("t5"));
    all.add(
        frame(12, 9)
            .channels(4, 8)
            .lanes(4, 8)
            .kernel(5, 5, new Pads(2, 2, 2, 2))
            .stride(2, 2)
            .without((o, c, y, x) -> (o / 4 + y + x) % 2 == 0)
            .fold(2, 2, 4, 8)
            .make("t6"));
  }

  /**
   * Whether phase {@code a} of a repetition by {@code factor} does not reach tap {@code t} of 3.
   */
  static boolean reach(int a, int t, int factor) {
    return t == 0 && a != 0 || t == 2 && a != factor - 1;
  }
}
