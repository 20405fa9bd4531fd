package dev.tessera.unit.video;

import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.List;

/** Outputs of 1 and 3 components, 1, 2 and 4 pixels. */
public final class VideoOutSamples {
  private VideoOutSamples() {}

  /** All samples; the same at every call. */
  public static List<VideoOutSpec> all() {
    List<VideoOutSpec> all = new ArrayList<>();
    for (int components : new int[] {1, 3}) {
      for (int ppc : new int[] {1, 2, 4}) {
        StreamType type = new StreamType(components, components, FixedType.UINT8, 8, 5, ppc);
        all.add(new VideoOutSpec("video_out_" + components + "_" + ppc, type));
      }
    }
    return all;
  }
}
