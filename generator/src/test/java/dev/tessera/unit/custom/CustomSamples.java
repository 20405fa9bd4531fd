package dev.tessera.unit.custom;

import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.List;

/** Layers as users write them, of one and two maps, with whole and partly filled beats. */
public final class CustomSamples {
  private static final int[][] CHANNELS_AND_LANES = {{1, 1}, {4, 2}, {5, 2}, {16, 16}};

  private CustomSamples() {}

  /** All samples; the same at every call. */
  public static List<CustomSpec> all() {
    List<CustomSpec> all = new ArrayList<>();
    for (int[] shape : CHANNELS_AND_LANES) {
      boolean signed = shape[1] == 2;
      StreamType in = new StreamType(shape[0], shape[1], new FixedType(signed, 8), 6, 4);
      String name = shape[0] + "x" + shape[1];
      String bounds = signed ? "-50,90" : "16,235";
      all.add(new CustomSpec("limit_" + name, "limit", bounds, List.of(in)));
      all.add(new CustomSpec("blend_" + name, "blend", "", List.of(in, in)));
    }
    return all;
  }
}
