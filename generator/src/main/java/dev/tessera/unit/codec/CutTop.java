package dev.tessera.unit.codec;

import dev.tessera.hw.Cost;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import java.util.List;
import java.util.Optional;

/**
 * What the stored maps of a design share: one AXI4 master, and a range of memory that begins at a
 * base which whoever starts the design gives.
 *
 * @param cuts in the order of the netlist, each a port of the master
 */
public record CutTop(List<Instance> cuts) {
  private static final int PORT_LUT = 33;
  private static final int FF = 195;

  public CutTop {
    cuts = List.copyOf(cuts);
  }

  /** That of {@code design}, or empty if it stores no maps. */
  public static Optional<CutTop> of(Design design) {
    List<Instance> cuts =
        design.instances().stream()
            .filter(i -> i.spec() instanceof CutSpec cut && cut.stored())
            .toList();
    return cuts.isEmpty() ? Optional.empty() : Optional.of(new CutTop(cuts));
  }

  /** The specs of the cuts. */
  public List<CutSpec> specs() {
    return cuts.stream().map(i -> (CutSpec) i.spec()).toList();
  }

  /** Bits of the data bus. */
  public int busBits() {
    return specs().get(0).busBits();
  }

  /** Bytes of a word. */
  public int busBytes() {
    return busBits() / Byte.SIZE;
  }

  /** Words of the longest burst. */
  public int burst() {
    return CutSpec.BURST;
  }

  /** Bytes of the range, from the base on. */
  public long bytes() {
    return specs().stream().mapToLong(s -> s.offset() + s.slots() * s.stride()).max().orElse(0);
  }

  /** Bytes that a frame moves to memory, and as many back. */
  public long bytesPerFrame() {
    return specs().stream().mapToLong(CutSpec::bytes).sum();
  }

  /**
   * What the master takes: lines through syntheses by Yosys for UltraScale+ at 4 and 18 ports,
   * which they meet within 10 %.
   */
  public Cost cost() {
    int ports = cuts.size();
    return Cost.wiring(0, ports * (busBits() + PORT_LUT), 4 * busBits() + FF + 3 * ports, 0);
  }
}
