package dev.tessera.emit;

import dev.tessera.base.Bits;
import dev.tessera.emit.Netlist.Cell;
import dev.tessera.emit.Netlist.CellBuilder;
import dev.tessera.emit.Netlist.Wire;
import dev.tessera.hw.Crops;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.MemoryImage;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Normalizing;
import dev.tessera.hw.SceneCut;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.SumArea;
import dev.tessera.hw.TableLayout;
import dev.tessera.num.NormTable;
import dev.tessera.num.TableEngine;
import dev.tessera.unit.Statistics;
import dev.tessera.unit.codec.CutSpec;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The way from the sums of every normalising unit over a frame to the table of a later one, or of
 * this one where its map is stored meanwhile: per unit a memory of sums and an engine that makes
 * tables of them.
 */
final class SumsNet {
  /** Library files, in the order in which tools read them. */
  static final List<String> SOURCES =
      List.of(
          "lib/ts_rom.sv",
          "norm/ts_norm_cut.sv",
          "norm/ts_norm_pick.sv",
          "norm/ts_norm_sums.sv",
          "norm/ts_norm_held.sv",
          "norm/ts_norm_send.sv",
          "norm/ts_norm_engine.sv");

  private static final String CUT = "scene_cut";

  /** Behind the name of a tap: the net that says that its sums have left. */
  private static final String GONE = "_gone";

  /** Behind the name of a tap: the nets that say what of it is summed. */
  private static final String PICKED = "_picked";

  /** Behind the name of a tap: the net that marks the end of a column step. */
  private static final String STEP = "_step";

  private static final String NEVER = "1'b0";

  private static final String UNUSED = "unused_";

  /** Frames that any one unit holds, at the most. */
  private static final int HELD = 8;

  private static final int WORD_BITS = 16;

  private final Design design;
  private final TableLayout layout;
  private final boolean exact;

  /** Where sums are taken of crops, or null. */
  private final Crops crops;

  private final String clock;
  private final String reset;

  SumsNet(Design design, String clock, String reset) {
    this.design = design;
    this.layout = TableLayout.of(design);
    this.exact = design.norm().orElseThrow().exactly();
    this.crops = design.norm().orElseThrow().crops();
    this.clock = clock;
    this.reset = reset;
  }

  /** The nets of the tap of the unit whose table is {@code table}. */
  private static String tap(String table) {
    return table + "_tap";
  }

  /**
   * The nets of the tap that {@code instance} shows, if it shows one: a normalising unit, or the
   * cut that stores what one reads.
   */
  Optional<String> tap(Instance instance) {
    Instance unit =
        exact && instance.spec() instanceof CutSpec cut && cut.normalised()
            ? design.reader(instance.outputs().get(0))
            : instance;
    boolean shows = layout.gives(unit.spec()) && exact != (unit == instance);
    return shows ? Optional.of(tap(TableNet.name(unit.spec()))) : Optional.empty();
  }

  /** Connects a unit that shows what is summed. */
  void tapped(CellBuilder cell, String net) {
    if (exact) {
      cell.connect("tap_gone", net + GONE);
    }
    cell.connect("tap_valid", net + "_valid", "tap_end", net + "_end", "tap_word", net + "_word");
    cell.connect("tap_data", net + "_data");
    if (!exact) {
      cell.connect("tap_step", (crops != null ? "" : UNUSED) + net + STEP);
    }
  }

  /** One unit and its engine. */
  private record Source(String table, Normalizing unit, SumArea area, TableEngine engine) {
    String sums() {
      return table + "_sums";
    }

    /** The table of a frame's sums, where it is not sent as it comes. */
    String made() {
      return table + "_made";
    }

    int accBits() {
      return unit.summed().signedWidth();
    }

    int pairBits() {
      return engine.sumBits() + engine.squareBits();
    }

    String image(String what) {
      return '"' + table + "_" + what + ".hex\"";
    }
  }

  private Stream<Source> sources() {
    return Statistics.summed(design)
        .map(s -> new Source(TableNet.name(s.unit()), s.unit(), s.area(), s.engine()));
  }

  /** Whether tables follow from earlier frames, or are typical where a scene begins. */
  private boolean follows() {
    return !exact && crops == null;
  }

  List<Wire> wires() {
    List<Wire> wires = new ArrayList<>();
    if (follows()) {
      wires.add(new Wire(CUT + "_push", 1));
      wires.add(new Wire(CUT, 1));
    }
    sources().forEach(s -> wires.addAll(wires(s)));
    return wires;
  }

  private List<Wire> wires(Source source) {
    String tap = tap(source.table);
    List<Wire> wires = new ArrayList<>(Hub.stream(source.table, NormTable.BITS));
    wires.addAll(Hub.stream(source.sums(), source.pairBits()));
    wires.add(new Wire(exact ? tap + GONE : UNUSED + tap, 1));
    wires.add(new Wire(tap + "_valid", 1));
    wires.add(new Wire(tap + "_end", 1));
    if (!exact) {
      wires.add(new Wire(crops != null ? tap + STEP : UNUSED + tap + STEP, 1));
    }
    wires.add(new Wire(tap + "_word", WORD_BITS));
    wires.add(new Wire(tap + "_data", source.unit.summedLanes() * source.accBits()));
    if (crops != null) {
      wires.add(new Wire(tap + PICKED + "_valid", 1));
      wires.add(new Wire(tap + PICKED + "_end", 1));
      wires.addAll(Hub.stream(source.made(), NormTable.BITS));
    }
    return wires;
  }

  List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    if (follows()) {
      cells.add(cut());
    }
    List<Source> sources = sources().toList();
    for (int i = 0; i < sources.size(); i++) {
      if (crops != null) {
        cells.add(pick(sources.get(i), i));
        cells.add(send(sources.get(i), i));
      }
      cells.add(sums(sources.get(i)));
      cells.add(engine(sources.get(i), i));
    }
    return cells;
  }

  private Cell cut() {
    String link = design.source().outputs().get(0);
    StreamType type = design.link(link).type();
    SceneCut scenes = new SceneCut(type);
    int bits = Bits.countWidth(scenes.values());
    Map<String, String> p = new LinkedHashMap<>();
    put(p, "C", type.channels());
    put(p, "LANES", type.lanes());
    put(p, "POSITIONS", type.positions());
    put(p, "BITS", type.type().bits());
    put(p, "BINS", SceneCut.BINS);
    put(p, "BEATS", Math.toIntExact(type.beatsPerFrame()));
    put(p, "HB", bits);
    p.put("LIMIT", bits + 1 + "'d" + scenes.limit());
    return new CellBuilder("where a scene begins", "ts_norm_cut", "u_" + CUT)
        .parameters(p)
        .connect("clk", clock, "rst", reset)
        .connect("valid", link + "_valid", "ready", link + "_ready", "data", link + "_data")
        .connect("push", CUT + "_push", "cut", CUT)
        .build();
  }

  /** Of the frames in the pipeline the crops of pass {@code index}. */
  private Cell pick(Source source, int index) {
    String tap = tap(source.table);
    Map<String, String> p = new LinkedHashMap<>();
    put(p, "PERIOD", crops.frames() + design.grid().count());
    put(p, "FROM", index * crops.count());
    put(p, "UPTO", (index + 1) * crops.count() - 1);
    put(p, "STEPS", source.area.steps());
    put(p, "ROWS", source.area.height() * source.area.walks());
    put(p, "SIDES", source.area.sides());
    put(p, "ENDS", source.area.ends() * source.area.walks());
    return new CellBuilder(source.table + ": what is summed", "ts_norm_pick", "u_" + tap)
        .parameters(p)
        .connect("clk", clock, "rst", reset)
        .connect("tap_valid", tap + "_valid", "tap_end", tap + "_end")
        .connect("tap_step", tap + STEP)
        .connect("out_valid", tap + PICKED + "_valid", "out_end", tap + PICKED + "_end")
        .build();
  }

  /** Typical tables until pass {@code index} is over, then the unit's own. */
  private Cell send(Source source, int index) {
    int before = (index + 1) * crops.count();
    Map<String, String> p = new LinkedHashMap<>();
    put(p, "N", source.engine.channels());
    put(p, "BEFORE", before);
    put(p, "BEHIND", crops.frames() + design.grid().count() - before);
    p.put("TYPICAL", source.image("typical"));
    return new CellBuilder(
            source.table + ": one for every frame", "ts_norm_send", "u_" + source.table + "_send")
        .parameters(p).connect("clk", clock, "rst", reset).stream("in", source.made()).stream(
                "out", source.table)
            .build();
  }

  private Cell sums(Source source) {
    TableEngine engine = source.engine;
    Map<String, String> p = new LinkedHashMap<>();
    put(p, "N", engine.channels());
    put(p, "LO", source.unit.summedLanes());
    put(p, "ACC", source.accBits());
    put(p, "ALIGNED", engine.aligns() ? 1 : 0);
    put(p, "AB", engine.alignBits());
    put(p, "H", engine.tapShift());
    put(p, "SB", engine.sumBits());
    put(p, "QB", engine.squareBits());
    p.put("ALIGN", engine.aligns() ? source.image("align") : "\"\"");
    CellBuilder cell =
        new CellBuilder(source.table + ": sums over a frame", "ts_norm_sums", "u_" + source.sums())
            .parameters(p)
            .connect("clk", clock, "rst", reset);
    String tap = tap(source.table);
    String picked = tap + (crops != null ? PICKED : "");
    cell.connect("tap_valid", picked + "_valid", "tap_end", picked + "_end");
    cell.connect("tap_word", tap + "_word", "tap_data", tap + "_data");
    cell.connect("gone", exact ? tap + GONE : UNUSED + tap);
    return cell.stream("out", source.sums()).build();
  }

  private Cell engine(Source source, int index) {
    TableEngine engine = source.engine;
    BigInteger divisor = BigInteger.valueOf(engine.count()).shiftLeft(engine.divisorShift());
    int countBits = BigInteger.valueOf(engine.count()).bitLength();
    Map<String, String> p = new LinkedHashMap<>();
    put(p, "N", engine.channels());
    put(p, "K", engine.distinct());
    put(p, "SB", engine.sumBits());
    put(p, "QB", engine.squareBits());
    put(p, "DB", engine.rootBits());
    put(p, "NB", countBits);
    p.put("COUNT", countBits + "'d" + engine.count());
    put(p, "H", engine.tapShift());
    put(p, "AB", engine.apartBits());
    put(p, "VB", divisor.bitLength());
    p.put("DIVISOR", divisor.bitLength() + "'d" + divisor);
    if (!follows()) {
      put(p, "ALWAYS", 1);
    } else {
      put(p, "FIRST", NormTop.LAG);
      put(p, "TURN", NormTop.turn(index));
      put(p, "PERIOD", NormTop.period(layout.slices().size()));
      put(p, "CUTS", most());
      p.put("TYPICAL", source.image("typical"));
    }
    p.put("RULES", source.image("rules"));
    p.put("RIDGES", source.image("ridges"));
    return new CellBuilder(
            source.table + ": from sums to tables", "ts_norm_engine", "u_" + source.table)
            .parameters(p)
            .connect("clk", clock, "rst", reset)
            .connect("cut_push", follows() ? CUT + "_push" : NEVER, "cut", follows() ? CUT : NEVER)
            .stream("in", source.sums())
            .stream("out", crops != null ? source.made() : source.table)
            .build();
  }

  /** More frames than can lie between the source and the end of a unit's sums. */
  private int most() {
    long frames = HELD * (long) design.instances().size();
    for (Design.Link link : design.links()) {
      frames += 1 + link.depth() / link.type().beatsPerFrame();
    }
    return Math.toIntExact(frames);
  }

  private static void put(Map<String, String> p, String name, int value) {
    p.put(name, Integer.toString(value));
  }

  List<MemoryImage> images() {
    return sources().flatMap(s -> SumsImages.of(s.table, s.unit, s.engine, !exact)).toList();
  }
}
