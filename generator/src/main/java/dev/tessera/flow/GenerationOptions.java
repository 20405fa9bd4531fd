package dev.tessera.flow;

import dev.tessera.hw.Crops;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.VerilogName;
import dev.tessera.plan.Enlarging;
import dev.tessera.unit.codec.Codecs;
import dev.tessera.unit.codec.CutSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a user asks a design to be, in the words of the command line; null where nothing is asked.
 *
 * @param model the ONNX file
 * @param name of the top module; null for the model's own
 * @param until value or node to end with
 * @param board name or file
 * @param frame input frame
 * @param memory whether an AXI4 master reads and writes the frames
 * @param registers whether software starts them through registers
 * @param axiBits data width of AXI4 masters
 * @param resizable whether smaller frames are taken too
 * @param tile how frames are cut
 * @param norm who fills the tables of normalised layers
 * @param codec of stored maps
 * @param banks tables held for each normalised layer
 * @param crop input pixels of a crop that is measured
 * @param passes layers that are measured on crops
 * @param fps frame rate to reach
 * @param live whether the source cannot wait
 * @param multipliers bound of the MAC arrays
 * @param calibrate folder of photos
 * @param precision bits of weights and maps
 * @param color what the network sees
 * @param enlarging who orders the phases of enlarging convolutions
 * @param layers a user's own layers
 * @param out output folder
 */
public record GenerationOptions(
    Path model,
    String name,
    String until,
    String board,
    FrameSize frame,
    boolean memory,
    boolean registers,
    Integer axiBits,
    boolean resizable,
    TileChoice tile,
    NormSource norm,
    String codec,
    Integer banks,
    FrameSize crop,
    Integer passes,
    Double fps,
    boolean live,
    Integer multipliers,
    Path calibrate,
    Precision precision,
    ColorChoice color,
    Enlarging enlarging,
    List<Insertion> layers,
    Path out) {
  private static final int AXI_BITS = 128;

  /** No device comes near to as many multipliers, no source to as many frames of a second. */
  private static final double MOST = 1e6;

  /**
   * The request.
   *
   * @throws IllegalArgumentException in words of the command line, if options exclude each other or
   *     one is out of its range
   */
  public Generation.Request request() {
    requirePositive("--multipliers", multipliers);
    requirePositive("--fps", fps);
    require(
        multipliers == null || fps == null,
        "--multipliers and --fps exclude each other: one is the bound");
    require(!live || fps != null, "--live needs the source's --fps");
    require(
        !resizable || tile.core().isEmpty(),
        "--resizable and --tile exclude each other: tiles have their sizes");
    boolean exact = norm == NormSource.exact;
    require(axiBits == null || memory || exact, "--axi-bits needs --top memory or --norm exact");
    requireCodec(exact);
    require(
        banks == null || banks >= 1 && banks <= NormTop.MOST_BANKS,
        "--banks " + banks + " is not 1 to " + NormTop.MOST_BANKS);
    require(banks == null || norm == null || norm == NormSource.host, "--banks needs --norm host");
    requireCrops();
    require(
        until == null || !memory,
        "--until and --top memory or registers exclude each other: feature maps stream");
    require(
        name == null || VerilogName.isLegal(name),
        "--name " + name + " is no name of a module: lower case letters, digits, underscores");
    int bits = axiBits == null ? AXI_BITS : axiBits;
    return new Generation.Request(
        model,
        Optional.ofNullable(name),
        Optional.ofNullable(until),
        board,
        Optional.ofNullable(frame),
        resizable,
        tile,
        memory ? OptionalInt.of(bits) : OptionalInt.empty(),
        registers,
        bits,
        codec == null ? Codecs.RAW : codec,
        new NormChoice(
            Optional.ofNullable(norm),
            optional(banks),
            Optional.ofNullable(crop),
            optional(passes)),
        optional(multipliers),
        fps == null ? OptionalDouble.empty() : OptionalDouble.of(fps),
        live,
        Optional.ofNullable(calibrate),
        precision,
        color,
        enlarging,
        layers,
        Optional.ofNullable(out));
  }

  private static OptionalInt optional(Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private void requireCrops() {
    boolean cropped = norm == NormSource.thumbnail;
    require(!cropped || memory, "--norm thumbnail needs --top memory, where frames are read twice");
    require(
        !cropped || !resizable,
        "--norm thumbnail and --resizable exclude each other: crops have their places");
    require(cropped || crop == null && passes == null, "--crop and --passes need --norm thumbnail");
    require(
        passes == null || passes >= 1 && passes <= Crops.MOST,
        "--passes " + passes + " is not 1 to " + Crops.MOST);
  }

  private void requireCodec(boolean exact) {
    if (codec == null) {
      return;
    }
    require(exact, "--codec needs --norm exact");
    boolean hardware;
    try {
      if (StoredCodecs.isAuto(codec)) {
        StoredCodecs.psnr(codec);
        return;
      }
      hardware = CutSpec.isHardware(Codecs.of(codec));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException("--codec: " + unknown.getMessage(), unknown);
    }
    require(hardware, "--codec " + codec + " has no hardware: raw, zvc, dctcm:S and med:D have");
  }

  private static void requirePositive(String option, Number value) {
    require(value == null || value.doubleValue() > 0, option + " " + value + " is not positive");
    require(
        value == null || value.doubleValue() <= MOST,
        String.format(Locale.ROOT, "%s %s is above %,.0f", option, value, MOST));
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
