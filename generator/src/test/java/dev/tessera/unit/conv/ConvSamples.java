package dev.tessera.unit.conv;

import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import dev.tessera.ir.Border;
import dev.tessera.ir.Pads;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Convolutions that between them reach every corner of the unit, on small frames. */
public final class ConvSamples {
  private static final FixedType U8 = FixedType.UINT8;
  private static final FixedType S8 = new FixedType(true, 8);
  private static final FixedType S3 = new FixedType(true, 3);
  private static final FixedType S9 = new FixedType(true, 9);
  private static final Pads ONE = new Pads(1, 1, 1, 1);

  private ConvSamples() {}

  /** All samples; the same at every call. */
  public static List<ConvSpec> all() {
    List<ConvSpec> all = new ArrayList<>();
    dense(all);
    choices(all);
    shared(all);
    grouped(all);
    borders(all);
    shapes(all);
    PhaseSamples.add(all);
    ReplaySamples.add(all);
    return all;
  }

  private static void dense(List<ConvSpec> all) {
    all.add(frame(7, 5).channels(4, 4).lanes(2, 2).kernel(3, 3, ONE).fold(1, 1, 2, 6).make("d0"));
    all.add(frame(7, 5).channels(3, 8).lanes(3, 8).kernel(3, 3, ONE).fold(1, 1, 8, 27).make("d1"));
    all.add(
        frame(16, 6)
            .channels(1, 7)
            .lanes(1, 1)
            .kernel(5, 5, same(5, 5))
            .fold(1, 1, 1, 25)
            .make("d2"));
    all.add(frame(9, 5).channels(5, 6).lanes(5, 3).kernel(3, 3, ONE).fold(2, 1, 6, 7).make("d3"));
    all.add(frame(16, 6).channels(6, 6).lanes(3, 2).kernel(3, 3, ONE).fold(3, 1, 4, 9).make("d4"));
    all.add(frame(10, 4).channels(8, 5).lanes(2, 1).kernel(3, 3, ONE).fold(8, 1, 1, 2).make("d5"));
    all.add(
        frame(13, 7)
            .channels(1, 2)
            .lanes(1, 2)
            .kernel(7, 11, same(7, 11))
            .fold(2, 1, 2, 20)
            .classes()
            .make("d6"));
    all.add(frame(16, 4).channels(4, 4).lanes(4, 1).kernel(3, 3, ONE).fold(8, 1, 4, 1).make("d7"));
    all.add(frame(5, 6).channels(2, 2).lanes(2, 2).kernel(3, 3, ONE).fold(8, 1, 2, 2).make("d8"));
  }

  /** Weights of two bits choose and subtract instead of multiplying. */
  private static void choices(List<ConvSpec> all) {
    ConvMaker signed = frame(9, 5).channels(3, 4).lanes(3, 1).kernel(3, 3, ONE).type(S8);
    all.add(signed.weightBits(2).fold(2, 1, 1, 9).make("choice"));
  }

  /**
   * Two outputs a multiplier: even and odd numbers of outputs and taps, one tap, narrow weights.
   */
  private static void shared(List<ConvSpec> all) {
    ConvMaker first = frame(7, 5).channels(4, 4).lanes(2, 2).kernel(3, 3, ONE);
    all.add(first.fold(1, 1, 2, 6).paired().make("shared0"));
    ConvMaker odd = frame(7, 5).channels(3, 9).lanes(3, 3).kernel(3, 3, ONE);
    all.add(odd.fold(1, 1, 3, 5).paired().make("shared1"));
    ConvMaker one = frame(16, 4).channels(4, 4).lanes(4, 1).kernel(3, 3, ONE);
    all.add(one.fold(8, 1, 4, 1).paired().make("shared2"));
    ConvMaker signed = frame(9, 5).channels(5, 6).lanes(5, 3).kernel(3, 3, ONE).type(S9);
    all.add(signed.fold(2, 1, 6, 7).paired().make("shared3"));
    ConvMaker narrow = frame(8, 5).channels(8, 8).lanes(4, 2).kernel(3, 3, ONE).groups(4);
    all.add(narrow.fold(2, 3, 2, 3).weightBits(4).paired().make("shared4"));
    ConvMaker many = frame(7, 5).channels(3, 8).lanes(3, 8).kernel(3, 3, ONE);
    all.add(many.fold(1, 1, 8, 27).paired().make("shared5"));
    // Sums so small that the requantiser shows each step of them.
    ConvMaker small = frame(7, 5).channels(1, 4).lanes(1, 2).kernel(3, 3, ONE).type(S3);
    all.add(small.fold(1, 1, 4, 7).weightBits(3).paired().make("shared6"));
  }

  private static void grouped(List<ConvSpec> all) {
    all.add(
        frame(7, 5)
            .channels(8, 8)
            .lanes(4, 2)
            .kernel(3, 3, ONE)
            .groups(4)
            .fold(1, 1, 2, 5)
            .make("g0"));
    all.add(
        frame(8, 5)
            .channels(8, 8)
            .lanes(4, 2)
            .kernel(3, 3, ONE)
            .groups(4)
            .fold(2, 3, 2, 3)
            .make("g1"));
    all.add(
        frame(8, 5)
            .channels(8, 16)
            .lanes(8, 1)
            .kernel(3, 3, ONE)
            .groups(4)
            .fold(2, 4, 1, 2)
            .make("g2"));
    all.add(
        frame(7, 6)
            .channels(6, 6)
            .lanes(2, 3)
            .kernel(3, 3, ONE)
            .groups(6)
            .fold(1, 3, 1, 3)
            .make("g3"));
    all.add(
        frame(7, 5)
            .channels(5, 10)
            .lanes(5, 1)
            .kernel(3, 3, ONE)
            .groups(5)
            .fold(1, 2, 1, 4)
            .twoSided()
            .make("g4", false));
    all.add(
        frame(9, 5)
            .channels(8, 12)
            .lanes(2, 2)
            .kernel(3, 3, ONE)
            .groups(2)
            .fold(1, 2, 4, 3)
            .classes()
            .make("g5"));
  }

  private static void borders(List<ConvSpec> all) {
    all.add(
        frame(7, 6)
            .channels(3, 4)
            .lanes(1, 2)
            .kernel(3, 3, ONE)
            .border(Border.EDGE)
            .fold(2, 1, 4, 5)
            .make("b0"));
    all.add(
        frame(9, 7)
            .channels(2, 3)
            .lanes(2, 3)
            .kernel(5, 5, same(5, 5))
            .border(Border.REFLECT)
            .fold(3, 1, 3, 9)
            .make("b1"));
    all.add(
        frame(8, 7)
            .channels(2, 3)
            .lanes(1, 1)
            .kernel(3, 5, new Pads(1, 3, 0, 1))
            .fold(2, 1, 3, 4)
            .classes()
            .make("b2"));
    all.add(
        frame(9, 8).channels(2, 4).lanes(2, 2).kernel(5, 5, Pads.NONE).fold(2, 1, 2, 7).make("b3"));
    all.add(
        frame(9, 8)
            .channels(2, 2)
            .lanes(2, 2)
            .kernel(3, 4, new Pads(2, 0, 0, 3))
            .fold(1, 1, 2, 6)
            .twoSided()
            .make("b4"));
    all.add(
        frame(8, 6)
            .channels(2, 2)
            .lanes(1, 2)
            .kernel(4, 3, new Pads(0, 2, 3, 0))
            .border(Border.EDGE)
            .fold(3, 1, 2, 2)
            .make("b5"));
    all.add(
        frame(6, 5)
            .channels(2, 2)
            .lanes(2, 1)
            .kernel(5, 1, new Pads(2, 0, 2, 0))
            .border(Border.REFLECT)
            .fold(1, 1, 1, 4)
            .make("b6"));
    all.add(
        frame(9, 4)
            .channels(2, 2)
            .lanes(2, 2)
            .kernel(1, 5, new Pads(0, 2, 0, 2))
            .border(Border.REFLECT)
            .fold(2, 1, 2, 2)
            .type(S8)
            .make("b7"));
  }

  private static void shapes(List<ConvSpec> all) {
    all.add(
        frame(7, 5)
            .channels(12, 11)
            .lanes(12, 11)
            .kernel(1, 1, Pads.NONE)
            .fold(1, 1, 11, 12)
            .make("p0"));
    all.add(
        frame(7, 5)
            .channels(8, 6)
            .lanes(4, 2)
            .kernel(1, 1, Pads.NONE)
            .fold(5, 1, 2, 1)
            .type(S9)
            .make("p1"));
    all.add(
        frame(7, 5)
            .channels(6, 8)
            .lanes(6, 8)
            .kernel(1, 1, Pads.NONE)
            .groups(2)
            .fold(3, 2, 4, 1)
            .make("p2", false));
    all.add(frame(16, 6).channels(1, 1).lanes(1, 1).kernel(3, 3, ONE).fold(1, 1, 1, 9).make("p3"));
    all.add(
        frame(12, 6)
            .channels(2, 4)
            .lanes(2, 4)
            .kernel(3, 3, ONE)
            .fold(4, 1, 4, 4)
            .twoSided()
            .classes()
            .make("p4"));
    all.add(
        frame(7, 5)
            .channels(3, 2)
            .lanes(3, 2)
            .kernel(3, 3, ONE)
            .type(new FixedType(true, 16))
            .weightBits(16)
            .fold(1, 1, 2, 9)
            .make("p5"));
    all.add(
        frame(11, 5).channels(4, 70).lanes(4, 5).kernel(3, 3, ONE).fold(1, 1, 10, 18).make("p6"));
    all.add(
        frame(7, 5)
            .channels(3, 4)
            .lanes(3, 2)
            .kernel(3, 3, ONE)
            .fold(1, 1, 2, 9)
            .factors(30_000_000)
            .make("p7"));
    all.add(
        frame(7, 5)
            .channels(3, 4)
            .lanes(3, 2)
            .kernel(3, 3, ONE)
            .fold(1, 1, 2, 9)
            .twoSided()
            .factors(3_000_000)
            .make("p8"));
  }

  private static Pads same(int height, int width) {
    return new Pads((height - 1) / 2, (width - 1) / 2, height / 2, width / 2);
  }

  /** A frame of random codes. */
  public static Frame frame(ConvSpec spec, Random random) {
    StreamType in = spec.in();
    Frame frame = new Frame(in.channels(), in.height(), in.width());
    long span = in.type().max() - in.type().min() + 1;
    for (int i = 0; i < frame.data().length; i++) {
      frame.data()[i] = (int) (in.type().min() + (long) (random.nextDouble() * span));
    }
    return frame;
  }

  /** Starts a sample on a frame of the given size. */
  public static ConvMaker frame(int width, int height) {
    return new ConvMaker(width, height);
  }
}
