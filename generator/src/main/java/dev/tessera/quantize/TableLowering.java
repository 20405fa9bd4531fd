package dev.tessera.quantize;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Node;
import dev.tessera.ir.ValueQuant;
import dev.tessera.num.FixedType;

/** Smooth functions as tables over the codes of their input. */
final class TableLowering {
  private static final int LEAST_BITS = 8;
  private static final int MOST_BITS = 12;

  /** Error that the index may add to the output, as a part of the output's own rounding error. */
  private static final double TOLERATED = 0.1;

  private TableLowering() {}

  /** The table of {@code node} between two grids of one scale each. */
  static Node.QTable lower(
      Node.Activate node, Activation.Smooth smooth, ValueQuant in, ValueQuant out) {
    FixedType type = in.type();
    int[] entries = new int[Math.toIntExact(type.max() - type.min() + 1)];
    for (int i = 0; i < entries.length; i++) {
      double x = in.scaleOf(0) * (type.min() + i - in.zeroOf(0));
      double y = smooth.at(x);
      entries[i] = Requants.clip(y, out.scaleOf(0), out.zeroOf(0), out.type());
    }
    return new Node.QTable(node.name(), node.input(), node.output(), entries, out.type());
  }

  /**
   * The least index width, 8 to 12 bits, whose mean square error behind the function is small
   * against the rounding of the output.
   *
   * @param step one code of the output
   */
  static int indexBits(Activation.Smooth function, Samples samples, double step) {
    for (int bits = LEAST_BITS; bits < MOST_BITS; bits++) {
      FixedType type = new FixedType(false, bits);
      RangeSearch.Grid grid = RangeSearch.search(samples, type, false);
      double error = 0;
      for (float x : samples.sorted()) {
        int code = Requants.clip(x, grid.scale(), grid.zero(), type);
        double d = function.at(grid.scale() * (code - grid.zero())) - function.at(x);
        error += d * d / samples.sorted().length;
      }
      if (error <= TOLERATED * step * step / 12) {
        return bits;
      }
    }
    return MOST_BITS;
  }
}
