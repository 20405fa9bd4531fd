package dev.tessera.flow;

import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.Size;
import dev.tessera.image.Rgb;
import dev.tessera.plan.Plan;
import dev.tessera.quantize.Calibration;
import dev.tessera.unit.Statistics;
import dev.tessera.unit.codec.CutTop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The maps of a plan that are stored until their frame is over. */
final class StoredMaps {
  /** Frames on which codecs are measured. */
  private static final int CODED_FRAMES = 3;

  private StoredMaps() {}

  /**
   * The plan with a codec for every stored map if the choice is left to the tool.
   *
   * @param bounded whether the user bounds the multipliers, not the board
   */
  static Plan coded(
      Plan plan, String codec, boolean bounded, Calibration calibration, List<Rgb> photos) {
    if (!StoredCodecs.isAuto(codec)) {
      return plan;
    }
    Size frame = plan.design().frame();
    List<Frame> frames =
        calibration.frames(photos, frame.width(), frame.height()).patches().stream()
            .limit(CODED_FRAMES)
            .map(p -> new Frame(channels(p), p.height(), p.width(), p.codes()))
            .toList();
    long cycles = plan.report().cyclesPerFrame();
    Design coded = StoredCodecs.choose(plan.design(), cycles, frames, StoredCodecs.psnr(codec));
    return plan.changed(coded, bounded);
  }

  private static int channels(Calibration.Patch patch) {
    return patch.codes().length / (patch.height() * patch.width());
  }

  /** What the user should know of them. */
  static List<String> notes(Plan plan) {
    List<String> notes = new ArrayList<>();
    CutTop cuts = CutTop.of(plan.design()).orElseThrow();
    long bytes = cuts.bytesPerFrame();
    double fps = plan.design().clockMhz() * 1e6 / plan.report().cyclesPerFrame();
    notes.add(
        String.format(
            Locale.ROOT,
            "%d maps are stored in DRAM until their frame is over: %,d bytes of a frame go there and"
                + " back, %.3f GB/s at %.1f frames per second; they take %.1f MiB",
            cuts.cuts().size(),
            bytes,
            2 * bytes * fps / 1e9,
            fps,
            cuts.bytes() / (double) (1 << 20)));
    long cycles = Statistics.cycles(plan.design());
    if (cycles >= plan.report().cyclesPerFrame()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "a table takes up to %,d cycles, more than a frame, which then waits",
              cycles));
    }
    return notes;
  }
}
