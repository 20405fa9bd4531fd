package dev.tessera.hw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A register of 32 bits that software sees.
 *
 * @param name in capitals
 * @param offset byte address in the register map, a multiple of 4
 * @param description one sentence
 * @param fields from the least significant bit on, without overlap
 */
public record Register(String name, int offset, String description, List<Field> fields) {
  /** Bits of a register. */
  public static final int BITS = 32;

  /** Bytes of a register. */
  public static final int BYTES = BITS / Byte.SIZE;

  /** Name of the only field of a register that is one number. */
  public static final String VALUE = "VALUE";

  /** What software can do with a field. */
  public enum Access {
    /** Always reads the same. */
    CONSTANT,
    /** Reads what the hardware says. */
    STATUS,
    /** Is written and read by software. */
    STORED,
    /** Is set by the hardware and cleared by writing a 1. */
    EVENT,
    /** A written 1 does something once; reads 0. */
    PULSE
  }

  /**
   * Bits of a register.
   *
   * @param name in capitals
   * @param low its least significant bit
   * @param bits how many
   * @param access what software can do with it
   * @param reset what it reads after a reset, or always
   * @param description one sentence
   */
  public record Field(
      String name, int low, int bits, Access access, long reset, String description) {
    /** Its most significant bit. */
    public int high() {
      return low + bits - 1;
    }

    /** Ones where its bits are in the register. */
    public long mask() {
      return ((1L << bits) - 1) << low;
    }
  }

  public Register {
    fields = List.copyOf(fields);
    int from = 0;
    for (Field field : fields) {
      if (field.low() < from || field.high() >= BITS || field.reset() >>> field.bits() != 0) {
        throw new IllegalArgumentException(name + "." + field.name() + " has no place");
      }
      from = field.high() + 1;
    }
    if (offset % BYTES != 0) {
      throw new IllegalArgumentException(name + " at " + offset);
    }
  }

  /** Number of the register's word in the map. */
  public int word() {
    return offset / BYTES;
  }

  /** What the register reads after a reset, as far as the hardware says nothing else. */
  public long reset() {
    return fields.stream().mapToLong(f -> f.reset() << f.low()).sum();
  }

  /** Name of the signal of {@code field} in hardware. */
  public String signal(Field field) {
    String own = name.toLowerCase(Locale.ROOT);
    return field.name().equals(VALUE) ? own : own + "_" + field.name().toLowerCase(Locale.ROOT);
  }

  /** A register that is one number of 32 bits. */
  public static Register number(
      String name, int offset, Access access, long reset, String description) {
    return new Register(
        name, offset, description, List.of(new Field(VALUE, 0, BITS, access, reset, description)));
  }

  /** Collects the fields of a register. */
  public static final class Builder {
    private final String name;
    private final int offset;
    private final String description;
    private final List<Field> fields = new ArrayList<>();

    public Builder(String name, int offset, String description) {
      this.name = name;
      this.offset = offset;
      this.description = description;
    }

    /** Adds a field. */
    public Builder field(
        String field, int low, int bits, Access access, long reset, String sentence) {
      fields.add(new Field(field, low, bits, access, reset, sentence));
      return this;
    }

    /** Adds a field of one bit. */
    public Builder bit(String field, int low, Access access, String sentence) {
      return field(field, low, 1, access, 0, sentence);
    }

    /** The register. */
    public Register build() {
      return new Register(name, offset, description, fields);
    }
  }
}
