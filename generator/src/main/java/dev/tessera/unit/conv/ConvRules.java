package dev.tessera.unit.conv;

import dev.tessera.ir.Border;
import java.util.Optional;

/** What the unit demands of a shape and its fold. */
final class ConvRules {
  private final ConvGeometry g;

  ConvRules(ConvGeometry geometry) {
    this.g = geometry;
  }

  /** The first rule that is broken. */
  Optional<String> whyInvalid() {
    String reason = whyShapeInvalid();
    if (reason == null && g.replays()) {
      reason = whyReplayInvalid();
    }
    if (reason == null) {
      reason = whyFoldInvalid();
    }
    return Optional.ofNullable(reason);
  }

  private String whyShapeInvalid() {
    if (g.groups() < 1 || g.channels() % g.groups() != 0 || g.outChannels() % g.groups() != 0) {
      return g.groups()
          + " groups do not divide "
          + g.channels()
          + " and "
          + g.outChannels()
          + " channels";
    }
    if (g.outChannels() % g.virtualGroups() != 0) {
      return g.taps().classes() + " classes do not divide the outputs of a group";
    }
    if (g.stride().rows() > ConvGeometry.MAX_STRIDE
        || g.stride().columns() > ConvGeometry.MAX_STRIDE) {
      return "strides of "
          + g.stride().rows()
          + " x "
          + g.stride().columns()
          + " exceed "
          + ConvGeometry.MAX_STRIDE;
    }
    if (g.inLanes() < 1
        || g.inLanes() > g.channels()
        || g.outLanes() < 1
        || g.outLanes() > g.outChannels()) {
      return g.inLanes() + " input or " + g.outLanes() + " output lanes do not fit the channels";
    }
    String reason =
        whyAxisInvalid("rows", g.height(), g.kernelHeight(), g.pads().top(), g.pads().bottom());
    if (reason == null) {
      reason =
          whyAxisInvalid("columns", g.width(), g.kernelWidth(), g.pads().left(), g.pads().right());
    }
    if (reason == null && (g.outWidth() < 1 || g.outHeight() < 1)) {
      reason = "the frame is too small for a window";
    }
    if (reason == null && (g.kernelHeight() > 1 || g.replays()) && g.width() * g.inBeats() < 2) {
      reason = "a line buffer needs rows of two beats";
    }
    return reason;
  }

  private String whyReplayInvalid() {
    if (g.groups() > 1 || !g.stride().isOne()) {
      return "rows are walked again only for one group and without strides";
    }
    int phases = g.block() * g.block();
    if (g.outChannels() % phases != 0 || g.outChannels() / phases % g.outLanes() != 0) {
      return g.outLanes() + " output lanes do not divide the channels of a phase";
    }
    if (g.taps().classes() % g.block() != 0
        || g.taps().classes() / g.block() % g.fold().groupsParallel() != 0) {
      return g.fold().groupsParallel() + " parallel groups do not divide those of a phase row";
    }
    return null;
  }

  private String whyAxisInvalid(String axis, int size, int kernel, int before, int after) {
    if (before < 0 || after < 0 || before + after >= kernel) {
      return "padding of " + before + " and " + after + " " + axis + " exceeds the kernel";
    }
    if (size < kernel) {
      return "the frame has fewer " + axis + " than the kernel (" + size + " < " + kernel + ")";
    }
    if (g.border() == Border.REFLECT && 2 * Math.max(before, after) >= kernel) {
      return "reflected " + axis + " lie outside the window";
    }
    return null;
  }

  private String whyFoldInvalid() {
    ConvFold f = g.fold();
    if (f.positions() < 1 || f.positions() > ConvGeometry.MAX_POSITIONS) {
      return f.positions() + " positions are not 1 to " + ConvGeometry.MAX_POSITIONS;
    }
    if (f.groupsParallel() < 1 || f.groupsParallel() > g.virtualGroups()) {
      return f.groupsParallel() + " parallel groups are not 1 to " + g.virtualGroups();
    }
    if (f.pe() < 1 || f.pe() > g.outPerGroup() || f.simd() < 1 || f.simd() > g.mostTaps()) {
      return f + " exceeds " + g.outPerGroup() + " outputs or " + g.mostTaps() + " taps of a group";
    }
    if (g.stride().isOne() && g.inputCyclesPerStep() > g.leastCyclesPerStep()) {
      return "input of " + g.inBeats() + " beats a position is slower than the array";
    }
    if (g.runChannels() != g.outChannels() && !lanesFitRuns()) {
      return g.outLanes() + " output lanes do not divide the channel runs";
    }
    if (g.beatsPerPass() > g.leastTapSteps()) {
      return "draining " + g.beatsPerPass() + " beats takes longer than a pass";
    }
    return null;
  }

  private boolean lanesFitRuns() {
    return g.runChannels() % g.outLanes() == 0
        && (g.virtualGroups() == 1 || g.outSteps() == 1 || g.outPerGroup() % g.outLanes() == 0);
  }
}
