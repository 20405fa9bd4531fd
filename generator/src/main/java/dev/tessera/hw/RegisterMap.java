package dev.tessera.hw;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What software sees of a design behind its AXI4-Lite port: the one description of RTL, IP-XACT,
 * SystemRDL, C header and documentation.
 *
 * @param registers in the order of their addresses
 * @param windowBytes of a further address range behind {@link #windowBase}, a power of two; 0 for
 *     none
 */
public record RegisterMap(List<Register> registers, long windowBytes) {
  /** Bytes that are kept for registers. */
  public static final int BLOCK_BYTES = 4096;

  public RegisterMap {
    registers = List.copyOf(registers);
    Set<String> names = new LinkedHashSet<>();
    int from = 0;
    for (Register register : registers) {
      if (register.offset() < from || !names.add(register.name())) {
        throw new IllegalArgumentException(register.name() + " overlaps another register");
      }
      from = register.offset() + Register.BYTES;
    }
    if (from > BLOCK_BYTES || windowBytes != 0 && Long.bitCount(windowBytes) != 1) {
      throw new IllegalArgumentException(from + " bytes of registers, window " + windowBytes);
    }
  }

  /** Byte address of the window: a multiple of its size. */
  public long windowBase() {
    return windowBase(windowBytes);
  }

  /** Byte address of a window of so many bytes; 0 for none. */
  public static long windowBase(long bytes) {
    return bytes == 0 ? 0 : Math.max(BLOCK_BYTES, bytes);
  }

  /** Bytes of the whole map, a power of two. */
  public long bytes() {
    return windowBytes == 0 ? BLOCK_BYTES : 2 * windowBase();
  }

  /** Bits of an address in the map. */
  public int addressBits() {
    return Long.numberOfTrailingZeros(bytes());
  }

  /** The register of that name. */
  public Register register(String name) {
    return registers.stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  /** Whether there is a register of that name. */
  public boolean has(String name) {
    return registers.stream().anyMatch(r -> r.name().equals(name));
  }
}
