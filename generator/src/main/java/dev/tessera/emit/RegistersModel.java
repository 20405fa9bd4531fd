package dev.tessera.emit;

import dev.tessera.emit.Netlist.Pin;
import dev.tessera.hw.Register;
import dev.tessera.hw.Register.Access;
import dev.tessera.hw.Register.Field;
import dev.tessera.hw.RegisterMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Output model of the registers of a design in Verilog.
 *
 * @param header comment lines
 * @param name module name
 * @param pins fields that the hardware reads or tells
 * @param addressLeft index of an address's most significant bit
 * @param own whether an address is that of a register
 * @param stored fields that software writes
 * @param pulses fields that do something once
 * @param events fields that the hardware sets
 * @param rows what each register reads
 */
public record RegistersModel(
    List<String> header,
    String name,
    List<Pin> pins,
    int addressLeft,
    String own,
    List<Cell> stored,
    List<Cell> pulses,
    List<Cell> events,
    List<Row> rows) {
  /** What names of inputs that set an event begin with. */
  static final String SET = "set_";

  public RegistersModel {
    header = List.copyOf(header);
    pins = List.copyOf(pins);
    stored = List.copyOf(stored);
    pulses = List.copyOf(pulses);
    events = List.copyOf(events);
    rows = List.copyOf(rows);
  }

  /**
   * A field that has flip-flops.
   *
   * @param signal its name
   * @param range its declaration
   * @param reset its value after a reset
   * @param word address of its register, in words
   * @param bits its place in a written word
   */
  public record Cell(String signal, String range, String reset, String word, String bits) {
    private static Cell of(Register register, Field field) {
      boolean one = field.bits() == 1;
      return new Cell(
          register.signal(field),
          one ? "" : " [" + (field.bits() - 1) + ":0]",
          literal(field.bits(), field.reset()),
          literal(register),
          one ? "[" + field.low() + "]" : "[" + field.high() + ":" + field.low() + "]");
    }
  }

  /**
   * What a register reads.
   *
   * @param word its address in words
   * @param value an expression of 32 bits
   */
  public record Row(String word, String value) {}

  static RegistersModel of(RegisterMap map, String name, List<String> header) {
    boolean window = map.windowBytes() > 0;
    int left = map.addressBits() - 1;
    return new RegistersModel(
        header,
        name,
        pins(map),
        left,
        window ? "!address[" + left + "]" : "1'b1",
        cells(map, Access.STORED),
        cells(map, Access.PULSE),
        cells(map, Access.EVENT),
        map.registers().stream().map(r -> new Row(literal(r), value(r))).toList());
  }

  /** What the hardware reads of registers and tells them. */
  static List<Pin> pins(RegisterMap map) {
    List<Pin> pins = new ArrayList<>();
    for (Register register : map.registers()) {
      register.fields().forEach(field -> pins.addAll(pins(register, field)));
    }
    return pins;
  }

  private static List<Pin> pins(Register register, Field field) {
    String signal = register.signal(field);
    return switch (field.access()) {
      case CONSTANT -> List.of();
      case STATUS -> List.of(new Pin(signal, true, field.bits()));
      case EVENT ->
          List.of(new Pin(SET + signal, true, field.bits()), new Pin(signal, false, field.bits()));
      case STORED, PULSE -> List.of(new Pin(signal, false, field.bits()));
    };
  }

  private static List<Cell> cells(RegisterMap map, Access access) {
    List<Cell> cells = new ArrayList<>();
    for (Register register : map.registers()) {
      register.fields().stream()
          .filter(f -> f.access() == access)
          .forEach(f -> cells.add(Cell.of(register, f)));
    }
    return cells;
  }

  /** The fields from the most significant end on, zeros between them. */
  private static String value(Register register) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    for (Field field : register.fields()) {
      if (field.low() > at) {
        parts.add(0, literal(field.low() - at, 0));
      }
      boolean fixed = field.access() == Access.CONSTANT || field.access() == Access.PULSE;
      parts.add(0, fixed ? literal(field.bits(), field.reset()) : register.signal(field));
      at = field.high() + 1;
    }
    if (at < Register.BITS) {
      parts.add(0, literal(Register.BITS - at, 0));
    }
    return "{" + String.join(", ", parts) + "}";
  }

  private static String literal(Register register) {
    return "10'd" + register.word();
  }

  private static String literal(int bits, long value) {
    return bits + "'h" + Long.toHexString(value);
  }
}
