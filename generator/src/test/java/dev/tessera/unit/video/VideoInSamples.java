package dev.tessera.unit.video;

import java.util.ArrayList;
import java.util.List;

/** Inputs of 1 and 3 components, 1, 2 and 4 pixels, waiting and live. */
public final class VideoInSamples {
  private static final int WIDTH = 8;
  private static final int HEIGHT = 5;

  private VideoInSamples() {}

  /** All samples; the same at every call. The live ones can hold more than three frames. */
  public static List<VideoInSpec> all() {
    List<VideoInSpec> all = new ArrayList<>();
    for (int components : new int[] {1, 3}) {
      for (int ppc : new int[] {1, 2, 4}) {
        var frame = VideoInSpec.frame(components, WIDTH, HEIGHT);
        String name = "video_in_" + components + "_" + ppc;
        all.add(new VideoInSpec(name, frame, ppc));
        all.add(new VideoInSpec(name + "_live", frame, ppc, true, 4 * WIDTH * HEIGHT));
      }
    }
    return all;
  }
}
