package dev.tessera.unit.conv;

import dev.tessera.base.Bits;
import dev.tessera.hw.MemoryImage;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Port;
import dev.tessera.hw.RtlModule;
import dev.tessera.hw.SizeWord;
import dev.tessera.ir.TapLists;
import dev.tessera.num.NormTable;
import dev.tessera.num.Requant;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The convolution as an instance of {@code ts_conv}: parameters and memory images. */
final class ConvRtl {
  /** Signed bits of a stored threshold: one more than the operand, so that all fit. */
  static final int THRESHOLD_BITS = Requant.OPERAND_BITS + 1;

  private static final List<String> SOURCES =
      List.of(
          "lib/ts_skid.sv",
          "lib/ts_slice.sv",
          "lib/ts_ram.sv",
          "lib/ts_fifo.sv",
          "lib/ts_rom.sv",
          "lib/ts_requant.sv",
          "lib/ts_frame.sv",
          "unit/conv/ts_conv_size.sv",
          "unit/conv/ts_line_rows.sv",
          "unit/conv/ts_line_buffer.sv",
          "unit/conv/ts_line_replay.sv",
          "unit/conv/ts_lines.sv",
          "unit/conv/ts_window_border.sv",
          "unit/conv/ts_window_mask.sv",
          "unit/conv/ts_window.sv",
          "unit/conv/ts_conv_passes.sv",
          "unit/conv/ts_conv_sequencer.sv",
          "unit/conv/ts_mac_singles.sv",
          "unit/conv/ts_mac_pairs.sv",
          "unit/conv/ts_mac_tree.sv",
          "unit/conv/ts_mac_array.sv",
          "unit/conv/ts_drain_border.sv",
          "unit/conv/ts_drain_select.sv",
          "unit/conv/ts_drain.sv",
          "unit/conv/ts_conv_factors.sv",
          "unit/conv/ts_reorder.sv",
          "unit/conv/ts_conv.sv");

  private static final List<Port> TABLE_PORTS =
      List.of(
          new Port("table_valid", true, 1),
          new Port("table_ready", false, 1),
          new Port("table_data", true, NormTable.BITS));

  /** Bits of the number of a beat that is tapped for statistics. */
  private static final int TAP_WORD_BITS = 16;

  /** Bits of an entry in the lists of taps. */
  private static final int LIST_BITS = 16;

  private final ConvSpec spec;
  private final ConvGeometry g;

  /** The classes that the window tells apart: those of one walk if all walks take the same taps. */
  private final TapLists selected;

  private ConvRtl(ConvSpec spec) {
    this.spec = spec;
    this.g = spec.geometry();
    this.selected = g.taps().repeated(g.block());
  }

  static RtlModule of(ConvSpec spec) {
    ConvRtl rtl = new ConvRtl(spec);
    List<Port> idle = new ArrayList<>(SizeWord.ports(1));
    idle.addAll(TABLE_PORTS);
    idle.addAll(tapPorts(spec));
    return new RtlModule("ts_conv", SOURCES, rtl.parameters(), rtl.memories(), List.of(), idle);
  }

  /** What statistics are taken of: beats of accumulators. */
  private static List<Port> tapPorts(ConvSpec spec) {
    int bits = spec.outLanes() * spec.accumulator().signedWidth();
    return List.of(
        new Port("tap_valid", false, 1),
        new Port("tap_end", false, 1),
        new Port("tap_step", false, 1),
        new Port("tap_word", false, TAP_WORD_BITS),
        new Port("tap_data", false, bits));
  }

  /** {@code module} reading a table for every frame. */
  static RtlModule tabled(ConvSpec spec, RtlModule module, NormTop top) {
    List<Port> used = new ArrayList<>(TABLE_PORTS);
    if (top.sums()) {
      used.addAll(tapPorts(spec));
    }
    return new RtlModule(
            module.module(),
            module.sources(),
            module.parameters(),
            module.memories().subList(0, 1),
            module.external(),
            module.idle())
        .with("NORM", "1")
        .with("OFFSET_SHIFT", Integer.toString(spec.norm().offsetShift()))
        .with("SCALES", "\"\"")
        .with("OFFSETS", "\"\"")
        .using(used, List.of());
  }

  private Map<String, String> parameters() {
    Map<String, String> p = new LinkedHashMap<>();
    put(p, "RESIZABLE", 0);
    put(p, "W", g.walkedColumns());
    put(p, "H", g.walkedRows());
    put(p, "C", g.channels());
    put(p, "LI", g.inLanes());
    put(p, "AB", spec.in().type().bits());
    put(p, "ASIGNED", spec.in().type().signed() ? 1 : 0);
    put(p, "N", g.outChannels());
    put(p, "LO", g.outLanes());
    put(p, "OB", spec.type().bits());
    put(p, "KH", g.kernelHeight());
    put(p, "KW", g.kernelWidth());
    put(p, "G", g.groups());
    put(p, "F", g.taps().classes());
    put(p, "REPLAY", g.block());
    put(p, "SELECTED", selected.classes());
    put(p, "DENSE", selected.isDense(g.windowTaps()) ? 1 : 0);
    put(p, "RUN", g.taps().run());
    p.put("LISTS", hex(lists(), LIST_BITS * selected.classes() * listLength()));
    p.put("COUNTS", hex(pack(counts(), LIST_BITS), LIST_BITS * selected.classes()));
    p.put("KFS", hex(pack(tapSteps(), LIST_BITS), LIST_BITS * g.groupSteps()));
    put(p, "UNEVEN", g.uneven() ? 1 : 0);
    put(p, "ENTRIES", g.allTapSteps() * selected.classes() / g.taps().classes());
    put(p, "WORDS", g.cyclesPerStep());
    put(p, "SX", g.stride().columns());
    put(p, "SY", g.stride().rows());
    put(p, "PT", spec.pads().top());
    put(p, "PL", spec.pads().left());
    put(p, "PB", spec.pads().bottom());
    put(p, "PR", spec.pads().right());
    put(p, "BORDER", spec.border().ordinal());
    p.put("PAD", hex(pack(spec.padCode(), spec.in().type().bits()), padBits()));
    put(p, "P", g.fold().positions());
    put(p, "GP", g.fold().groupsParallel());
    put(p, "PE", g.fold().pe());
    put(p, "S", g.fold().simd());
    put(p, "WB", spec.kernel().bits());
    put(p, "ACC", spec.accumulator().signedWidth());
    put(p, "PAIRED", spec.paired() ? 1 : 0);
    Requant requant = spec.requant();
    put(p, "PRE", requant.preShift());
    put(p, "SHIFT", requant.shift());
    put(p, "LOW", requant.lo());
    put(p, "HIGH", requant.hi());
    put(p, "FW", requant.multiplierBits());
    put(p, "TWO_SIDED", requant.twoSided() ? 1 : 0);
    put(p, "CLASSES", requant.borderClasses());
    put(p, "FIFO", ConvTiming.fifoDepth(g));
    put(p, "NORM", 0);
    put(p, "SLOTS", ConvTiming.reorderGroups(g));
    p.put("WEIGHTS", '"' + weightFile() + '"');
    p.put("SCALES", '"' + scaleFile() + '"');
    p.put("OFFSETS", '"' + offsetFile() + '"');
    return p;
  }

  /** Elements of the longest list. */
  private int listLength() {
    return g.mostTaps() / g.taps().run();
  }

  /** Word [class][element] of the lists of taps, filled up with zeros. */
  private BigInteger lists() {
    Packer packer = new Packer();
    for (int[] list : selected.lists()) {
      for (int i = 0; i < listLength(); i++) {
        packer.add(i < list.length ? list[i] : 0, LIST_BITS);
      }
    }
    return packer.word();
  }

  private int[] counts() {
    return IntStream.range(0, selected.classes()).map(selected::taps).toArray();
  }

  private int[] tapSteps() {
    return IntStream.range(0, g.groupSteps()).map(g::tapSteps).toArray();
  }

  private static void put(Map<String, String> p, String name, int value) {
    p.put(name, Integer.toString(value));
  }

  private int padBits() {
    return g.channels() * spec.in().type().bits();
  }

  private static String hex(BigInteger value, int bits) {
    return bits + "'h" + value.toString(16);
  }

  private String weightFile() {
    return spec.name() + "_weights.hex";
  }

  private String scaleFile() {
    return spec.name() + "_scales.hex";
  }

  private String offsetFile() {
    return spec.name() + "_offsets.hex";
  }

  private List<MemoryImage> memories() {
    return List.of(weights(), scales(), offsets());
  }

  /** Values from the least significant end, each in {@code bits} bits. */
  private static BigInteger pack(int[] values, int bits) {
    Packer packer = new Packer();
    for (int v : values) {
      packer.add(v, bits);
    }
    return packer.word();
  }

  /** Word [pass][tap step]; inside a word [group][output][tap], taps as listed. */
  private MemoryImage weights() {
    int width = g.fold().groupsParallel() * g.fold().pe() * g.fold().simd() * spec.kernel().bits();
    List<BigInteger> words = new ArrayList<>();
    for (int gs = 0; gs < g.groupSteps(); gs++) {
      for (int n = 0; n < g.outSteps(); n++) {
        for (int k = 0; k < g.tapSteps(gs); k++) {
          words.add(weightWord(gs, n, k));
        }
      }
    }
    return new MemoryImage(weightFile(), width, words);
  }

  private BigInteger weightWord(int groupStep, int outStep, int tapStep) {
    ConvFold fold = g.fold();
    Packer packer = new Packer();
    for (int i = 0; i < fold.groupsParallel(); i++) {
      for (int j = 0; j < fold.pe(); j++) {
        for (int l = 0; l < fold.simd(); l++) {
          int group = groupStep * fold.groupsParallel() + i;
          int output = outStep * fold.pe() + j;
          int tap = tapStep * fold.simd() + l;
          // The upper of two that share a multiplier lends one to a negative lower one.
          boolean upper = spec.paired() && j % 2 != 0;
          int lent = upper && weight(group, output - 1, tap) < 0 ? 1 : 0;
          packer.add(weight(group, output, tap) - lent, spec.kernel().bits());
        }
      }
    }
    return packer.word();
  }

  private int weight(int group, int output, int tap) {
    int listed = group % g.taps().classes();
    boolean none = group >= g.virtualGroups() || output >= g.outPerGroup();
    if (none || tap >= g.taps().taps(listed)) {
      return 0;
    }
    int number = g.taps().tap(listed, tap);
    int channel = number % g.inPerGroup();
    int row = number / g.inPerGroup() % g.kernelHeight();
    int column = number / g.inPerGroup() / g.kernelHeight();
    return spec.kernel().at(group * g.outPerGroup() + output, channel, row, column);
  }

  /** Word [output beat]; per lane the multiplier, then, if two-sided, the other and a threshold. */
  private MemoryImage scales() {
    Requant r = spec.requant();
    int factor = r.multiplierBits();
    int lane = factor * (r.twoSided() ? 2 : 1) + (r.twoSided() ? THRESHOLD_BITS : 0);
    long limit = 1L << (THRESHOLD_BITS - 1);
    List<BigInteger> words = new ArrayList<>();
    for (int beat = 0; beat < g.outBeats(); beat++) {
      Packer packer = new Packer();
      for (int l = 0; l < g.outLanes(); l++) {
        int c = Math.min(beat * g.outLanes() + l, g.outChannels() - 1);
        packer.add(r.multiplier()[c], factor);
        if (r.twoSided()) {
          packer.add(r.negMultiplier()[c], factor);
          packer.add(Math.max(-limit, Math.min(limit - 1, r.threshold()[c])), THRESHOLD_BITS);
        }
      }
      words.add(packer.word());
    }
    return new MemoryImage(scaleFile(), lane * g.outLanes(), words);
  }

  /** Word [border class][output beat]; per lane the offset, then, if two-sided, the other. */
  private MemoryImage offsets() {
    Requant r = spec.requant();
    int lane = Requant.OFFSET_BITS * (r.twoSided() ? 2 : 1);
    List<BigInteger> words = new ArrayList<>();
    for (int k = 0; k < r.borderClasses(); k++) {
      for (int beat = 0; beat < g.outBeats(); beat++) {
        Packer packer = new Packer();
        for (int l = 0; l < g.outLanes(); l++) {
          int c = Math.min(beat * g.outLanes() + l, g.outChannels() - 1);
          packer.add(r.offset()[k][c], Requant.OFFSET_BITS);
          if (r.twoSided()) {
            packer.add(r.negOffset()[k][c], Requant.OFFSET_BITS);
          }
        }
        words.add(packer.word());
      }
    }
    return new MemoryImage(offsetFile(), lane * g.outLanes(), words);
  }

  /** Concatenates two's complement fields from the least significant end. */
  private static final class Packer {
    private final List<Long> fields = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();

    private void add(long value, int bits) {
      if (Bits.signedWidth(value, value) > bits + 1) {
        throw new IllegalArgumentException(value + " does not fit " + bits + " bits");
      }
      fields.add(value & -1L >>> (64 - bits));
      widths.add(bits);
    }

    private BigInteger word() {
      int total = widths.stream().mapToInt(Integer::intValue).sum();
      byte[] bytes = new byte[total / 8 + 1];
      int at = 0;
      for (int i = 0; i < fields.size(); i++) {
        for (int b = 0; b < widths.get(i); b++, at++) {
          if ((fields.get(i) >> b & 1) != 0) {
            bytes[bytes.length - 1 - at / 8] |= (byte) (1 << (at % 8));
          }
        }
      }
      return new BigInteger(1, bytes);
    }
  }
}
