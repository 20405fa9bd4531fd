package dev.tessera.emit;

import static dev.tessera.hw.Register.Access.CONSTANT;
import static dev.tessera.hw.Register.Access.EVENT;
import static dev.tessera.hw.Register.Access.PULSE;
import static dev.tessera.hw.Register.Access.STATUS;
import static dev.tessera.hw.Register.Access.STORED;

import dev.tessera.base.Sha256;
import dev.tessera.hw.Design;
import dev.tessera.hw.MemoryTop;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Register;
import dev.tessera.hw.Register.Access;
import dev.tessera.hw.RegisterMap;
import dev.tessera.hw.Size;
import dev.tessera.hw.TableLayout;
import dev.tessera.unit.codec.CutTop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The registers of a design whose frames software starts. */
final class ControlMap {
  /** Events in the order of their bits: names, and what they mean. */
  static final List<String> EVENTS =
      List.of("DONE", "LOST", "REFUSED", "RESET", "READ_ERROR", "WRITE_ERROR");

  /** Of these the first ones, which orders and resets raise; the others come from the memory. */
  static final int ORDER_EVENTS = 4;

  private static final List<String> MEANINGS =
      List.of(
          "A frame is in memory.",
          "A start found another one waiting, or a reset under way, and was not taken.",
          "A start had a frame size that the design does not take, and was not taken.",
          "A reset is over.",
          "The memory answered a read with an error: the frame is wrong.",
          "The memory answered a write with an error: the frame is wrong.");

  private static final long IDENTITY = 0x54455353;
  private static final int VERSION_MAJOR = 1;
  private static final int VERSION_MINOR = 0;
  private static final int HALF = 16;
  private static final double KHZ_PER_MHZ = 1e3;
  private static final int ENTRY_BYTES = 8;
  private static final int HASH_DIGITS = 16;

  private final Design design;
  private final MemoryTop memory;
  private final List<Register> registers = new ArrayList<>();
  private int offset;

  private ControlMap(Design design) {
    this.design = design;
    this.memory = design.memory().orElseThrow();
  }

  /**
   * The register map of {@code design}.
   *
   * @param hash of the design, as the headers of its files state it
   */
  static RegisterMap of(Design design, String hash) {
    ControlMap map = new ControlMap(design);
    map.identity(hash);
    map.control();
    map.frame();
    map.counters();
    return new RegisterMap(map.registers, tableBytes(design));
  }

  /** Bytes of the tables that software writes, a power of two; 0 if it writes none. */
  static long tableBytes(Design design) {
    return design
        .norm()
        .filter(NormTop::host)
        .map(
            top ->
                (long) ENTRY_BYTES
                    * Math.max(1, Integer.highestOneBit(2 * top.banks() - 1))
                    * (1L << TableLayout.of(design).indexBits()))
        .orElse(0L);
  }

  private void number(String name, Access access, long reset, String description) {
    registers.add(Register.number(name, next(), access, reset, description));
  }

  private int next() {
    int at = offset;
    offset += Register.BYTES;
    return at;
  }

  private Register.Builder register(String name, String description) {
    return new Register.Builder(name, next(), description);
  }

  private void identity(String hash) {
    String digits =
        hash.matches("[0-9a-f]{" + HASH_DIGITS + "}") ? hash : Sha256.hex(hash, HASH_DIGITS / 2);
    long bits = Long.parseUnsignedLong(digits, 16);
    number("ID", CONSTANT, IDENTITY, "TESS in ASCII: what answers here.");
    registers.add(
        register("MAP_VERSION", "Version of this map; a driver knows one major version.")
            .field("MINOR", 0, HALF, CONSTANT, VERSION_MINOR, "Counts additions.")
            .field("MAJOR", HALF, HALF, CONSTANT, VERSION_MAJOR, "Counts other changes.")
            .build());
    number("HASH_LO", CONSTANT, bits & 0xffffffffL, "The design's hash, lower half.");
    number("HASH_HI", CONSTANT, bits >>> Register.BITS, "The design's hash, upper half.");
    registers.add(
        register("CAPABILITIES", "What the design has.")
            .field("SIZED", 0, 1, CONSTANT, design.isSized() ? 1 : 0, "FRAME_SIZE can be written.")
            .field(
                "TABLES", 1, 1, CONSTANT, tableBytes(design) > 0 ? 1 : 0, "Tables can be written.")
            .field("CUTS", 2, 1, CONSTANT, cuts().isPresent() ? 1 : 0, "Maps are stored.")
            .field("TILED", 3, 1, CONSTANT, design.tiles().isPresent() ? 1 : 0, "Frames are cut.")
            .field("WORD_BYTES", 8, 8, CONSTANT, memory.busBytes(), "Bytes of a memory word.")
            .field("IN_BYTES", 16, 4, CONSTANT, memory.componentsIn(), "Bytes of a pixel read.")
            .field("OUT_BYTES", 20, 4, CONSTANT, memory.componentsOut(), "Bytes of one written.")
            .field("SCALE", 24, 8, CONSTANT, memory.scale(), "Output pixels per pixel, each way.")
            .build());
    number(
        "CLOCK_KHZ", CONSTANT, Math.round(design.clockMhz() * KHZ_PER_MHZ), "The planned clock.");
    registers.add(pair("FRAME_LIMIT", CONSTANT, "The largest frame that is read."));
    tables();
  }

  private void tables() {
    if (tableBytes(design) == 0) {
      return;
    }
    long window = RegisterMap.windowBase(tableBytes(design));
    TableLayout layout = TableLayout.of(design);
    number("TABLE_WINDOW", CONSTANT, window, "Byte address of the tables.");
    registers.add(
        register("TABLE_LAYOUT", "Entry e of bank k lies at TABLE_WINDOW + 8 * (k * 2^BITS + e).")
            .field("ENTRIES", 0, HALF, CONSTANT, layout.entries(), "Entries of a bank.")
            .field("BITS", HALF, 8, CONSTANT, layout.indexBits(), "Bits of an entry's number.")
            .field("BANKS", 24, 8, CONSTANT, design.norm().get().banks(), "Banks.")
            .build());
  }

  private Optional<CutTop> cuts() {
    return CutTop.of(design);
  }

  private Register pair(String name, Access access, String description) {
    Size size = design.picture();
    return register(name, description)
        .field("WIDTH", 0, HALF, access, size.width(), "Columns.")
        .field("HEIGHT", HALF, HALF, access, size.height(), "Rows.")
        .build();
  }

  private void control() {
    offset = 0x40;
    registers.add(
        register("CONTROL", "Starts and stops.")
            .bit("START", 0, PULSE, "Orders a frame with what the registers below hold.")
            .bit("REPEAT", 1, STORED, "Orders the same frame again and again.")
            .bit("SOFT_RESET", 2, PULSE, "Ends bursts under way, resets and forgets all orders.")
            .bit("CLEAR", 3, PULSE, "Sets all counters to zero.")
            .build());
    registers.add(
        register("STATUS", "What is going on.")
            .bit("READY", 0, STATUS, "A start would be taken.")
            .bit("BUSY", 1, STATUS, "Frames are in work.")
            .bit("RESETTING", 2, STATUS, "A reset is under way.")
            .field("IN_WORK", 8, 8, STATUS, 0, "Frames that were begun and are not done.")
            .build());
    registers.add(events("IRQ_ENABLE", STORED, "Events that raise the interrupt."));
    registers.add(events("IRQ_STATUS", EVENT, "Events since they were cleared."));
  }

  private Register events(String name, Access access, String description) {
    Register.Builder register = register(name, description);
    for (int i = 0; i < EVENTS.size(); i++) {
      register.bit(EVENTS.get(i), i, access, MEANINGS.get(i));
    }
    return register.build();
  }

  private void frame() {
    number("SOURCE_LO", STORED, 0, "Address of the frame that is read, lower half.");
    number("SOURCE_HI", STORED, 0, "The same, upper half.");
    number("SOURCE_PITCH", STORED, memory.readPitch(), "Bytes from row to row of it.");
    number("TARGET_LO", STORED, 0, "Address of the frame that is written, lower half.");
    number("TARGET_HI", STORED, 0, "The same, upper half.");
    number("TARGET_PITCH", STORED, memory.writePitch(), "Bytes from row to row of it.");
    if (design.isSized()) {
      registers.add(pair("FRAME_SIZE", STORED, "Size of the frame that is read."));
    }
    if (tableBytes(design) > 0) {
      registers.add(
          register("TABLE_BANK", "The tables of the frame.")
              .field(Register.VALUE, 0, bankBits(design), STORED, 0, "Number of the bank.")
              .build());
    }
    if (cuts().isPresent()) {
      number("CUT_BASE_LO", STORED, 0, "Address of stored maps, lower half.");
      number("CUT_BASE_HI", STORED, 0, "The same, upper half; change neither while busy.");
    }
  }

  /** Bits of the number of a bank. */
  static int bankBits(Design design) {
    return TableNet.bankBits(design.norm().orElseThrow());
  }

  private void counters() {
    offset = 0x80;
    number("FRAMES", STATUS, 0, "Frames done.");
    number("FRAME_CYCLES", STATUS, 0, "Cycles between the last two frames that were done.");
    number("FRAME_CRC", STATUS, 0, "CRC-32 of the last frame's pixels, tile by tile.");
    number("BUSY_CYCLES", STATUS, 0, "Cycles with frames in work.");
    number("STARVED_CYCLES", STATUS, 0, "Of these, cycles in which pixels to read were missing.");
    number("BLOCKED_CYCLES", STATUS, 0, "Of these, cycles in which pixels could not be written.");
    number("READ_WORDS", STATUS, 0, "Words read, WORD_BYTES each.");
    number("WRITTEN_WORDS", STATUS, 0, "Words written.");
    number("READ_ERRORS", STATUS, 0, "Words that came with an error.");
    number("WRITE_ERRORS", STATUS, 0, "Bursts whose response was an error.");
    if (cuts().isPresent()) {
      number("CUT_READ_WORDS", STATUS, 0, "Words of stored maps read.");
      number("CUT_WRITTEN_WORDS", STATUS, 0, "Words of stored maps written.");
      number("CUT_READ_ERRORS", STATUS, 0, "Such words that came with an error.");
      number("CUT_WRITE_ERRORS", STATUS, 0, "Such bursts whose response was an error.");
    }
  }
}
