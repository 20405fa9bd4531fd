package dev.tessera.unit.d2s;

import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Blocks of 2, 3, 4 and 8, every output width, FIFOs of both memory styles, scarce and ample. */
public final class D2sSamples {
  private static final FixedType S8 = new FixedType(true, 8);

  private D2sSamples() {}

  /** All samples; the same at every call. */
  public static List<D2sSpec> all() {
    List<D2sSpec> all = new ArrayList<>();
    add(all, "luma2", in(1, 2, 4, 8), 2, 1, 1, false);
    add(all, "rgb2", in(3, 2, 12, 8), 2, 3, 2, false);
    add(all, "gear24", in(3, 2, 5, 8), 2, 3, 4, true);
    add(all, "rgb3", in(3, 3, 27, 8), 3, 3, 1, false);
    add(all, "gear32", in(3, 3, 9, 8), 3, 3, 2, true);
    add(all, "gear34", in(3, 3, 2, 8), 3, 3, 4, false);
    add(all, "rgb4", in(1, 4, 16, 6), 4, 1, 4, false);
    add(all, "narrow", in(2, 2, 3, 5), 2, 1, 1, true);
    add(all, "partly", in(5, 2, 7, 6), 2, 2, 1, false);
    add(all, "fast34", in(3, 3, 27, 8), 3, 3, 4, false);
    add(all, "block", in(3, 3, 9, 70), 3, 3, 1, true);
    add(all, "eight", in(1, 8, 64, 3), 8, 1, 4, true);
    return all;
  }

  private static StreamType in(int channels, int block, int lanes, int width) {
    return new StreamType(channels * block * block, lanes, S8, width, 4);
  }

  /** Three depths: the least that is allowed, what the steady rate needs, and plenty. */
  private static void add(
      List<D2sSpec> all, String name, StreamType in, int s, int lanes, int ppc, boolean crd) {
    StreamType out = D2sSpec.shuffled(in, s, lanes, ppc);
    List<Integer> least = new ArrayList<>(Collections.nCopies(s, Math.max(2, in.width())));
    least.set(0, 2);
    List<Integer> exact = D2sSpec.depths(in, out, s, steady(in, out));
    List<Integer> plenty = Collections.nCopies(s, 3 * in.width());
    all.add(new D2sSpec("d2s_" + name + "_least", in, out, s, crd, least));
    all.add(new D2sSpec("d2s_" + name + "_exact", in, out, s, crd, exact));
    all.add(new D2sSpec("d2s_" + name + "_plenty", in, out, s, crd, plenty));
  }

  /** Beats of three frames, spread evenly at the rate that the slower side allows. */
  static long[] steady(StreamType in, StreamType out) {
    long beats = in.beatsPerFrame();
    long cycles = Math.max(beats, Math.max(out.beatsPerFrame(), entries(in, out)));
    long[] arrivals = new long[Math.toIntExact(3 * beats)];
    for (int i = 0; i < arrivals.length; i++) {
      arrivals[i] = i * cycles / beats;
    }
    return arrivals;
  }

  /** FIFO words of a frame, at most one of which is read per cycle. */
  private static long entries(StreamType in, StreamType out) {
    return (long) in.width() * out.height();
  }
}
