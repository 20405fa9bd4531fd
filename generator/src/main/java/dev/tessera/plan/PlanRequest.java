package dev.tessera.plan;

import dev.tessera.hw.Size;
import dev.tessera.unit.codec.Codecs;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a plan shall achieve. With neither a bound nor a rate it is the fastest plan that fits the
 * board.
 *
 * @param name design name, made a legal identifier
 * @param frameWidth input columns
 * @param frameHeight input rows
 * @param macsPerFrame useful multiplications of the network on one frame
 * @param multipliers upper bound for the MAC arrays; in place of the board's limits
 * @param fps frames per second to reach with as little hardware as possible
 * @param clockMhz clock, if not the board's
 * @param live timing of a source that cannot wait; needs a rate
 * @param core input pixels of a tile's core; empty for the whole frame
 * @param features whether the output is no picture: any number of channels of 8 bits
 * @param mayCut whether the planner may cut a frame that does not fit at once
 * @param enlarging who orders the phases of enlarging convolutions
 * @param codec name of the codec of stored maps that it takes
 * @param cutBits bits of a word of the memory in which maps are stored, where there are any
 */
public record PlanRequest(
    String name,
    int frameWidth,
    int frameHeight,
    long macsPerFrame,
    OptionalInt multipliers,
    OptionalDouble fps,
    OptionalDouble clockMhz,
    Optional<LiveTiming> live,
    Optional<Size> core,
    boolean features,
    boolean mayCut,
    Enlarging enlarging,
    String codec,
    int cutBits) {
  /** Bits of a word of the memory in which maps are stored if nobody asks for others. */
  private static final int CUT_BITS = 128;

  /** The fastest plan that fits. */
  public static PlanRequest fastest(
      String name, int frameWidth, int frameHeight, long macsPerFrame) {
    return new PlanRequest(
        name,
        frameWidth,
        frameHeight,
        macsPerFrame,
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        Enlarging.AUTO,
        Codecs.RAW,
        CUT_BITS);
  }

  /** With an upper bound for the MAC arrays. */
  public PlanRequest withMultipliers(int bound) {
    return new PlanRequest(
        name,
        frameWidth,
        frameHeight,
        macsPerFrame,
        OptionalInt.of(bound),
        fps,
        clockMhz,
        live,
        core,
        features,
        mayCut,
        enlarging,
        codec,
        cutBits);
  }

  /** With a rate to reach. */
  public PlanRequest withFps(double rate) {
    return new PlanRequest(
        name,
        frameWidth,
        frameHeight,
        macsPerFrame,
        multipliers,
        OptionalDouble.of(rate),
        clockMhz,
        live,
        core,
        features,
        mayCut,
        enlarging,
        codec,
        cutBits);
  }

  /** At another clock than the board's. */
  public PlanRequest withClock(double mhz) {
    return new PlanRequest(
        name,
        frameWidth,
        frameHeight,
        macsPerFrame,
        multipliers,
        fps,
        OptionalDouble.of(mhz),
        live,
        core,
        features,
        mayCut,
        enlarging,
        codec,
        cutBits);
  }

  /** Fed by a source that cannot wait. */
  public PlanRequest withLive(LiveTiming timing) {
    return new PlanRequest(
        name,
        frameWidth,
        frameHeight,
        macsPerFrame,
        multipliers,
        fps,
        clockMhz,
        Optional.of(timing),
        core,
        features,
        mayCut,
        enlarging,
        codec,
        cutBits);
  }

  /** In tiles with cores of {@code size}. */
  public PlanRequest withCore(Size size) {
    return new PlanRequest(
        name,
        frameWidth,
        frameHeight,
        macsPerFrame,
        multipliers,
        fps,
        clockMhz,
        live,
        Optional.of(size),
        features,
        mayCut,
        enlarging,
        codec,
        cutBits);
  }

  /** In tiles if the whole frame does not fit. */
  public PlanRequest withCuts() {
    return new PlanRequest(
        name,
        frameWidth,
        frameHeight,
        macsPerFrame,
        multipliers,
        fps,
        clockMhz,
        live,
        core,
        features,
        true,
        enlarging,
        codec,
        cutBits);
  }

  /** The frame. */
  public Size frame() {
    return new Size(frameWidth, frameHeight);
  }

  /**
   * The same for one tile.
   *
   * @param tile input pixels
   * @param share of the work on a frame
   */
  PlanRequest forTile(Size tile, double share) {
    OptionalDouble rate =
        fps.isPresent() ? OptionalDouble.of(fps.getAsDouble() / share) : OptionalDouble.empty();
    return new PlanRequest(
        name,
        tile.width(),
        tile.height(),
        macsPerFrame,
        multipliers,
        rate,
        clockMhz,
        live,
        Optional.empty(),
        features,
        false,
        enlarging,
        codec,
        cutBits);
  }

  /** For a network whose output is no picture. */
  public PlanRequest withFeatures() {
    return new PlanRequest(
        name,
        frameWidth,
        frameHeight,
        macsPerFrame,
        multipliers,
        fps,
        clockMhz,
        live,
        core,
        true,
        mayCut,
        enlarging,
        codec,
        cutBits);
  }

  /** With the phases of enlarging convolutions ordered in one way. */
  public PlanRequest withEnlarging(Enlarging way) {
    return new PlanRequest(
        name,
        frameWidth,
        frameHeight,
        macsPerFrame,
        multipliers,
        fps,
        clockMhz,
        live,
        core,
        features,
        mayCut,
        way,
        codec,
        cutBits);
  }

  /** With maps stored by codec {@code coder} where it takes them, behind a bus of so many bits. */
  public PlanRequest withStorage(String coder, int bits) {
    return new PlanRequest(
        name,
        frameWidth,
        frameHeight,
        macsPerFrame,
        multipliers,
        fps,
        clockMhz,
        live,
        core,
        features,
        mayCut,
        enlarging,
        coder,
        bits);
  }
}
