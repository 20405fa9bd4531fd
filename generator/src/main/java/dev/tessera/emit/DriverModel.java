package dev.tessera.emit;

import dev.tessera.hw.Design;
import dev.tessera.hw.Register;
import dev.tessera.hw.Register.Access;
import dev.tessera.hw.RegisterMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Output model of what tells software and tools of the registers: C header, documentation,
 * SystemRDL, and the address blocks of IP-XACT.
 *
 * @param header comment lines
 * @param name module name of the top
 * @param map the registers
 */
public record DriverModel(List<String> header, String name, RegisterMap map) {
  /** The driver's files that are the same for every design. */
  private static final List<String> FIXED = List.of("tessera.h", "tessera.c");

  public DriverModel {
    header = List.copyOf(header);
  }

  /**
   * A field in words.
   *
   * @param name in capitals
   * @param low its least significant bit
   * @param high its most significant bit
   * @param bits how many
   * @param mask its bits in the register
   * @param hex its value after a reset
   * @param kind what software can do with it
   * @param rdl the same in SystemRDL
   * @param access the same in IP-XACT
   * @param clears whether a written 1 clears it
   * @param part whether the register has more than this number
   * @param description one sentence
   */
  public record FieldText(
      String name,
      int low,
      int high,
      int bits,
      String mask,
      String hex,
      String kind,
      String rdl,
      String access,
      boolean clears,
      boolean part,
      String description) {
    private static FieldText of(Register.Field field) {
      return new FieldText(
          field.name(),
          field.low(),
          field.high(),
          field.bits(),
          DriverModel.hex(field.mask()),
          Long.toHexString(field.reset()),
          field.access().name().toLowerCase(Locale.ROOT),
          rdl(field.access()),
          access(field.access()),
          field.access() == Access.EVENT,
          !field.name().equals(Register.VALUE),
          field.description());
    }

    /** Its bits as documents write them. */
    public String place() {
      return bits == 1 ? Integer.toString(low) : high + ":" + low;
    }

    private static String rdl(Access access) {
      return switch (access) {
        case CONSTANT -> "sw = r; hw = na;";
        case STATUS -> "sw = r; hw = w;";
        case STORED -> "sw = rw; hw = r;";
        case EVENT -> "sw = rw; onwrite = woclr; hw = r; hwset;";
        case PULSE -> "sw = w; hw = r; singlepulse;";
      };
    }

    private static String access(Access access) {
      return switch (access) {
        case CONSTANT, STATUS -> "read-only";
        case STORED, EVENT -> "read-write";
        case PULSE -> "write-only";
      };
    }
  }

  /**
   * A register in words.
   *
   * @param name in capitals
   * @param offset its byte address
   * @param reset what it reads after a reset
   * @param description one sentence
   * @param fields from the least significant bit on
   */
  public record RegisterText(
      String name, String offset, String reset, String description, List<FieldText> fields) {
    public RegisterText {
      fields = List.copyOf(fields);
    }

    private static RegisterText of(Register register) {
      return new RegisterText(
          register.name(),
          DriverModel.hex(register.offset()),
          DriverModel.hex(register.reset()),
          register.description(),
          register.fields().stream().map(FieldText::of).toList());
    }
  }

  /** A range of addresses, with what lies there. */
  public record Block(String name, String base, long bytes, List<RegisterText> registers) {
    public Block {
      registers = List.copyOf(registers);
    }
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  /** The registers in the order of their addresses. */
  public List<RegisterText> registers() {
    return map.registers().stream().map(RegisterText::of).toList();
  }

  /** Bytes of the map. */
  public String bytes() {
    return hex(map.bytes());
  }

  /** Whether there are tables. */
  public boolean window() {
    return map.windowBytes() > 0;
  }

  /** Where they lie. */
  public String windowBase() {
    return hex(map.windowBase());
  }

  /** Their bytes. */
  public long windowBytes() {
    return map.windowBytes();
  }

  /** Their words. */
  public long windowWords() {
    return map.windowBytes() / Register.BYTES;
  }

  /** The address blocks of the AXI4-Lite port of {@code design}; empty if it has none. */
  static List<Block> blocks(Design design, String hash) {
    long tables = ControlMap.tableBytes(design);
    if (!design.hasRegisters()) {
      return tables == 0 ? List.of() : List.of(new Block("tables", hex(0), tables, List.of()));
    }
    DriverModel model = new DriverModel(List.of(), "", ControlMap.of(design, hash));
    Block own = new Block("registers", hex(0), RegisterMap.BLOCK_BYTES, model.registers());
    return tables == 0
        ? List.of(own)
        : List.of(own, new Block("tables", model.windowBase(), tables, List.of()));
  }

  /** Driver, documentation and SystemRDL of {@code design}: path below its folder to contents. */
  static Map<String, String> files(Design design, EmitContext context) {
    RegisterMap map = ControlMap.of(design, context.designHash());
    String name = ControlShell.name(design);
    List<String> header = context.header("Registers of " + design.name() + ".");
    DriverModel model = new DriverModel(header, name, map);
    Map<String, String> files = new LinkedHashMap<>();
    FIXED.forEach(file -> files.put("driver/" + file, Library.text("driver/" + file)));
    files.put("driver/tessera_regs.h", Templates.render("driver/tessera_regs.h.vm", model));
    files.put("driver/registers.md", Templates.render("driver/registers.md.vm", model));
    files.put("ip/" + name + ".rdl", Templates.render("driver/map.rdl.vm", model));
    return files;
  }
}
