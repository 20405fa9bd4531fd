package dev.tessera.report;

import dev.tessera.base.Bits;
import dev.tessera.hw.Cost;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.Fifo;
import dev.tessera.hw.MemoryTop;
import dev.tessera.hw.SizeRange;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.ir.ValueQuant;
import dev.tessera.plan.Board;
import dev.tessera.report.DesignSummary.Buffer;
import dev.tessera.report.DesignSummary.Cut;
import dev.tessera.report.DesignSummary.Enlarging;
import dev.tessera.report.DesignSummary.Memory;
import dev.tessera.report.DesignSummary.Predicted;
import dev.tessera.report.DesignSummary.Size;
import dev.tessera.report.DesignSummary.Tile;
import dev.tessera.report.DesignSummary.Tiling;
import dev.tessera.report.DesignSummary.Unit;
import dev.tessera.unit.Resizing;
import dev.tessera.unit.Statistics;
import dev.tessera.unit.Units;
import dev.tessera.unit.codec.Codec;
import dev.tessera.unit.codec.CutSpec;
import dev.tessera.unit.codec.CutTop;
import dev.tessera.unit.conv.ConvGeometry;
import dev.tessera.unit.conv.ConvSpec;
import dev.tessera.unit.video.VideoInSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes the {@link DesignSummary} of a design from the views of its units. */
public final class DesignSummaries {
  /** Deepest link that is a register slice. */
  private static final int SLICE_DEPTH = 2;

  private static final String BLOCK_RAM = "RAMB36";
  private static final String ULTRA_RAM = "URAM";

  private DesignSummaries() {}

  /**
   * What the planner says of a whole design.
   *
   * @param cyclesPerFrame distance of frames in steady state
   * @param latencyCycles from the first beat in to the first beat out
   * @param board that it is planned for
   * @param dsp multiplier blocks of the pipeline
   * @param limit what keeps the plan from being faster
   * @param memories block memories of the board and what is taken of them
   * @param tilings ways to cut the frame
   * @param enlargings forms of the layers that enlarge
   * @param notes what else the user should know
   */
  public record Forecast(
      long cyclesPerFrame,
      long latencyCycles,
      Board board,
      int dsp,
      String limit,
      List<Memory> memories,
      List<Tiling> tilings,
      List<Enlarging> enlargings,
      List<String> notes) {
    public Forecast {
      memories = List.copyOf(memories);
      tilings = List.copyOf(tilings);
      enlargings = List.copyOf(enlargings);
      notes = List.copyOf(notes);
    }
  }

  /**
   * The summary of {@code design}.
   *
   * @param forecast what the planner says of the whole
   * @param quantization decisions of the quantiser in words, one per line
   * @param output what the codes of the output stand for
   */
  public static DesignSummary of(
      Design design, Forecast forecast, List<String> quantization, ValueQuant output) {
    List<Unit> units = design.instances().stream().map(i -> unit(i, forecast.board())).toList();
    StreamType made = design.sink().spec().inputs().get(0);
    // The sizes of tiles are the planner's: of frames such a design takes one size only.
    Optional<SizeRange> sizes = design.tiles().isPresent() ? Optional.empty() : design.sizes();
    return new DesignSummary(
        design.name(),
        design.board(),
        size(design.picture()),
        size(design.madePicture()),
        sizes.isPresent(),
        sizes.map(s -> size(s.least())).orElse(size(design.picture())),
        sizes.map(s -> new Size(s.widthStep(), s.heightStep())).orElse(new Size(1, 1)),
        design.clockMhz(),
        ((VideoInSpec) design.source().spec()).positions(),
        made.positions(),
        design.norm().map(n -> n.source().name().toLowerCase(Locale.ROOT)).orElse("none"),
        tile(design),
        units,
        design.links().stream().map(DesignSummaries::buffer).toList(),
        units.stream().mapToInt(Unit::multipliers).sum(),
        design.macsPerFrame(),
        predicted(design, units, forecast),
        quantization,
        DesignSummary.Codes.of(output),
        forecast.limit(),
        forecast.memories(),
        forecast.tilings(),
        forecast.enlargings(),
        CutTop.of(design).stream()
            .flatMap(top -> top.specs().stream())
            .map(DesignSummaries::cut)
            .toList(),
        forecast.notes());
  }

  private static Cut cut(CutSpec spec) {
    long raw = Bits.ceilDiv(Codec.rawBits(spec.map()), Byte.SIZE);
    return new Cut(
        spec.name(),
        spec.codec(),
        raw,
        spec.bytes(),
        spec.offset(),
        spec.stride(),
        spec.slots(),
        spec.busBits());
  }

  private static Size size(dev.tessera.hw.Size size) {
    return new Size(size.width(), size.height());
  }

  private static Tile tile(Design design) {
    return design
        .tiles()
        .map(t -> new Tile(t.columns().core(), t.rows().core(), t.halo()))
        .orElseGet(() -> new Tile(design.frameWidth(), design.frameHeight(), 0));
  }

  private static Predicted predicted(Design design, List<Unit> units, Forecast forecast) {
    Cost sizes = Resizing.cost(design);
    Cost shell = design.memory().map(MemoryTop::cost).orElse(Cost.wiring(0, 0, 0, 0));
    Cost norm = Statistics.cost(design);
    Optional<CutTop> cuts = CutTop.of(design);
    Cost hub = cuts.map(CutTop::cost).orElse(Cost.wiring(0, 0, 0, 0));
    boolean fenced = cuts.isPresent() && design.hasRegisters();
    Cost fence = fenced ? MemoryTop.fence(cuts.get().busBytes()) : Cost.wiring(0, 0, 0, 0);
    long stored = cuts.map(CutTop::bytesPerFrame).orElse(0L);
    int lut =
        hub.lut()
            + fence.lut()
            + shell.lut()
            + sizes.lut()
            + norm.lut()
            + units.stream().mapToInt(Unit::lut).sum();
    int ff =
        hub.ff()
            + fence.ff()
            + shell.ff()
            + sizes.ff()
            + norm.ff()
            + units.stream().mapToInt(Unit::ff).sum();
    double bram = units.stream().mapToDouble(Unit::bram36).sum();
    for (Link link : design.links()) {
      int bits = link.type().bits();
      if (link.depth() > SLICE_DEPTH) {
        lut += Fifo.lut(link.depth(), bits);
        ff += Fifo.ff(link.depth(), bits);
        bram += Fifo.bram36(link.depth(), bits);
      } else if (link.depth() > 0) {
        lut += bits;
        ff += SLICE_DEPTH * (bits + 1);
      }
    }
    double fps = design.clockMhz() * 1e6 / forecast.cyclesPerFrame();
    int dsp = norm.dsp() + shell.dsp() + forecast.dsp();
    return new Predicted(
        forecast.cyclesPerFrame(),
        Latency.of(
            forecast.latencyCycles(),
            forecast.cyclesPerFrame(),
            design.frameHeight(),
            design.clockMhz()),
        fps,
        design.memory().map(m -> m.readBytes(0, m.readPitch())).orElse(0L) + stored,
        design.memory().map(m -> m.writeBytes(0, m.writePitch())).orElse(0L) + stored,
        dsp,
        lut,
        ff,
        blocks(forecast, BLOCK_RAM).orElse(bram) + shell.bram36() + norm.bram36(),
        (int) Math.ceil(blocks(forecast, ULTRA_RAM).orElse(0)));
  }

  /** Blocks of the kinds whose name begins with {@code prefix}, if the board has any. */
  private static OptionalDouble blocks(Forecast forecast, String prefix) {
    List<Memory> kinds =
        forecast.memories().stream().filter(m -> m.kind().startsWith(prefix)).toList();
    return kinds.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(kinds.stream().mapToDouble(Memory::blocks).sum());
  }

  private static Unit unit(Instance instance, Board board) {
    UnitSpec spec = instance.spec();
    Cost cost = cost(spec);
    ConvGeometry g = spec instanceof ConvSpec conv ? conv.geometry() : null;
    return new Unit(
        spec.name(),
        Units.of(spec).kind(),
        g == null ? null : g.cyclesPerStep(),
        g == null ? null : g.fold().positions(),
        g == null ? null : g.fold().groupsParallel(),
        g == null ? null : g.fold().pe(),
        g == null ? null : g.fold().simd(),
        g == null ? null : shape(g),
        cost.cyclesPerFrame(),
        cost.multipliers(),
        cost.macs(),
        board.dspBlocks(cost.multipliers(), cost.dsp() - cost.multipliers()),
        cost.lut(),
        cost.ff(),
        cost.bram36(),
        new ArrayList<>(instance.inputs()),
        new ArrayList<>(instance.outputs()));
  }

  private static <S extends UnitSpec> Cost cost(S spec) {
    return Units.of(spec).cost(spec);
  }

  private static String shape(ConvGeometry g) {
    String groups = g.groups() == 1 ? "" : ", " + g.groups() + " groups";
    return g.kernelHeight()
        + "x"
        + g.kernelWidth()
        + ", "
        + g.channels()
        + " to "
        + g.outChannels()
        + groups
        + (g.replays() ? ", rows walked " + g.block() + " times" : "");
  }

  private static Buffer buffer(Link link) {
    StreamType type = link.type();
    return new Buffer(
        link.name(), type.channels(), type.lanes(), type.type().toString(), link.depth());
  }
}
