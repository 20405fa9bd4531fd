package dev.tessera.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tessera.ir.ValueQuant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Contents of {@code design.json}: what was decided and what is predicted. Component names are the
 * file's keys.
 *
 * @param name design name
 * @param board board name
 * @param frame input size
 * @param outputFrame output size
 * @param resizable whether frames of other sizes than {@code frame}, the largest, are taken
 * @param minFrame smallest frame taken
 * @param frameStep what divides width and height of every frame taken
 * @param clockMHz planned clock
 * @param ppcIn input pixels per clock at the video port
 * @param ppcOut output pixels per clock at the video port
 * @param norm source of normalisation statistics, {@code none} for networks without
 * @param tile tile size and halo; the whole frame for a full-width stripe
 * @param units every unit in topological order
 * @param links every stream with its buffer
 * @param multipliers multipliers of all MAC arrays
 * @param macsPerFrame useful multiplications of a frame
 * @param predicted predicted figures
 * @param quantization bits and scales in words, one line per decision
 * @param outputCodes what the codes of the output stand for
 * @param limit what keeps the plan from being faster
 * @param memories blocks taken of every kind of block memory that the board has
 * @param tilings ways to cut the frame into tiles, the one taken first
 * @param enlargings forms of the layers that enlarge, taken and rejected
 * @param cuts maps that are stored in DRAM
 * @param notes what the planner has to say
 */
public record DesignSummary(
    String name,
    String board,
    Size frame,
    Size outputFrame,
    boolean resizable,
    Size minFrame,
    Size frameStep,
    double clockMHz,
    int ppcIn,
    int ppcOut,
    String norm,
    Tile tile,
    List<Unit> units,
    List<Buffer> links,
    int multipliers,
    long macsPerFrame,
    Predicted predicted,
    List<String> quantization,
    Codes outputCodes,
    String limit,
    List<Memory> memories,
    List<Tiling> tilings,
    List<Enlarging> enlargings,
    List<Cut> cuts,
    List<String> notes) {
  /** Refuses what a damaged file leaves out. */
  public DesignSummary {
    for (Object part :
        Arrays.asList(
            name,
            board,
            frame,
            outputFrame,
            minFrame,
            frameStep,
            tile,
            predicted,
            outputCodes,
            limit)) {
      Objects.requireNonNull(part);
    }
    units = List.copyOf(units);
    links = List.copyOf(links);
    quantization = List.copyOf(quantization);
    memories = List.copyOf(memories);
    tilings = List.copyOf(tilings);
    enlargings = List.copyOf(enlargings);
    cuts = List.copyOf(cuts);
    notes = List.copyOf(notes);
  }

  /**
   * A map that is stored in DRAM.
   *
   * @param name of the unit that stores it
   * @param codec how it is coded
   * @param rawBytes bytes of the values of a frame
   * @param bytes bytes that a frame moves there, and as many back, at most
   * @param offset of its first place from the base of all
   * @param stride bytes from place to place
   * @param slots its places, each for a frame
   * @param busBits bits of a word
   */
  public record Cut(
      String name,
      String codec,
      long rawBytes,
      long bytes,
      long offset,
      long stride,
      int slots,
      int busBits) {}

  /**
   * A grid: the value of a code is scale * (code - zero).
   *
   * @param scale one for all channels, or one per channel
   * @param zero alike
   */
  public record Codes(List<Double> scale, List<Integer> zero) {
    public Codes {
      scale = List.copyOf(scale);
      zero = List.copyOf(zero);
    }

    /** The grid of {@code quant}. */
    static Codes of(ValueQuant quant) {
      return new Codes(
          Arrays.stream(quant.scale()).boxed().distinct().count() == 1
              ? List.of(quant.scale()[0])
              : Arrays.stream(quant.scale()).boxed().toList(),
          Arrays.stream(quant.zero()).boxed().distinct().count() == 1
              ? List.of(quant.zero()[0])
              : Arrays.stream(quant.zero()).boxed().toList());
    }
  }

  /** A frame size in pixels. */
  public record Size(int width, int height) {}

  /** A tile in pixels of the input frame; halo is what its output needs around it. */
  public record Tile(int width, int height, int halo) {}

  /**
   * One unit.
   *
   * @param name instance name
   * @param kind unit kind
   * @param fold cycles per group of positions, for convolutions
   * @param positions positions in parallel, for convolutions
   * @param groups groups in parallel, for convolutions
   * @param pe output channels in parallel, for convolutions
   * @param simd taps in parallel, for convolutions
   * @param shape kernel and channels in words, for convolutions
   * @param cyclesPerFrame predicted cycles of a frame
   * @param multipliers products per clock
   * @param macs useful multiplications of a frame
   * @param dsp predicted DSP blocks
   * @param lut predicted LUTs
   * @param ff predicted flip-flops
   * @param bram36 predicted block RAMs
   * @param inputs names of the links read
   * @param outputs names of the links made
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Unit(
      String name,
      String kind,
      Integer fold,
      Integer positions,
      Integer groups,
      Integer pe,
      Integer simd,
      String shape,
      long cyclesPerFrame,
      int multipliers,
      long macs,
      int dsp,
      int lut,
      int ff,
      double bram36,
      List<String> inputs,
      List<String> outputs) {}

  /** One kind of block memory: blocks taken, of which halves count 0.5, and blocks there are. */
  public record Memory(String kind, double blocks, int available) {}

  /**
   * One way to cut the frame.
   *
   * @param name in words
   * @param tiles number of tiles
   * @param nbr bytes of pixels in and out over bytes out
   * @param ncr pixels worked on over pixels of the frame
   * @param readBytes bytes of pixels read for a frame whose home is the DRAM
   * @param writeBytes bytes of pixels written
   * @param lineBytes bytes on the chip for rows of windows and pixel shuffles
   * @param fifoBytes bytes on the chip for what waits on skip paths
   * @param verdict why it was taken or not
   */
  public record Tiling(
      String name,
      int tiles,
      double nbr,
      double ncr,
      long readBytes,
      long writeBytes,
      long lineBytes,
      long fifoBytes,
      String verdict) {}

  /**
   * One form of a layer that enlarges.
   *
   * @param layer its name in the model
   * @param form in words
   * @param taken whether the design has this form
   * @param multiplications of a frame, or of the largest tile
   * @param cycles the same in an array with the multipliers of the layer
   * @param memoryBytes rows on the chip that the form adds to the window of the small map
   * @param dramBytes bytes of maps moved, where the form stores them in DRAM
   * @param microseconds the longer time of computing and moving
   * @param microjoules energy of both, a product taken to be 1 pJ
   * @param verdict why it was taken or not
   */
  public record Enlarging(
      String layer,
      String form,
      boolean taken,
      long multiplications,
      long cycles,
      long memoryBytes,
      long dramBytes,
      double microseconds,
      double microjoules,
      String verdict) {}

  /** One stream: its lanes, width in bits, and depth of its buffer in words. */
  public record Buffer(String name, int channels, int lanes, String type, int depth) {}

  /** Predicted figures of the whole design. */
  public record Predicted(
      long cyclesPerFrame,
      Latency latency,
      double fps,
      long dramReadBytesPerFrame,
      long dramWriteBytesPerFrame,
      int dsp,
      int lut,
      int ff,
      double bram36,
      int uram) {}

  /** A latency of this design of {@code cycles}. */
  public Latency latency(long cycles) {
    return Latency.of(cycles, predicted.cyclesPerFrame(), frame.height(), clockMHz);
  }
}
