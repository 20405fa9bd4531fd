package dev.tessera.hw;

import dev.tessera.base.Bits;
import dev.tessera.hw.Design.Instance;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the tables of a design's normalising units lie in a bank, an entry per channel.
 *
 * @param slices one per unit, in the order of the netlist
 * @param entries of all units together
 */
public record TableLayout(List<Slice> slices, int entries) {
  public TableLayout {
    slices = List.copyOf(slices);
  }

  /**
   * The entries of a unit.
   *
   * @param base number of its first entry
   */
  public record Slice(Instance instance, int base) {
    /** Number of its entries. */
    public int entries() {
      return instance.spec().rule().orElseThrow().channels();
    }
  }

  /** The layout of {@code design}, of those normalising units that are given tables. */
  public static TableLayout of(Design design) {
    Crops crops = design.norm().map(NormTop::crops).orElse(null);
    int most = crops == null ? Integer.MAX_VALUE : crops.passes();
    List<Slice> slices = new ArrayList<>();
    int entries = 0;
    for (Instance instance : design.instances()) {
      if (instance.spec().rule().isPresent() && slices.size() < most) {
        Slice slice = new Slice(instance, entries);
        slices.add(slice);
        entries += slice.entries();
      }
    }
    return new TableLayout(slices, entries);
  }

  /** Whether {@code unit} is given tables. */
  public boolean gives(UnitSpec unit) {
    return slices.stream().anyMatch(slice -> slice.instance().spec() == unit);
  }

  /** Bits of the number of an entry in its bank. */
  public int indexBits() {
    return Bits.indexWidth(entries);
  }

  /** Number of entry {@code index} of bank {@code bank}, the first of the first bank being 0. */
  public int number(int bank, int index) {
    return bank << indexBits() | index;
  }
}
