package dev.tessera.cli;

import dev.tessera.flow.UpsamplingComparison;
import dev.tessera.pass.Upsampling;
import dev.tessera.pass.UpsamplingCost.Machine;
import java.io.PrintWriter;
import java.util.Locale;

/** The forms of enlarging layers, as tables for people. */
final class UpsamplingTable {
  private UpsamplingTable() {}

  static void print(
      UpsamplingComparison comparison, PrintWriter out, int multipliers, Machine machine) {
    if (comparison.layers().isEmpty()) {
      out.println("no layer of the network enlarges");
      return;
    }
    for (UpsamplingComparison.Layer entry : comparison.layers()) {
      Upsampling layer = entry.layer();
      out.println(
          String.format(
              Locale.ROOT,
              "%s: %s x%d, %dx%d, %d>%d channels",
              layer.name(),
              layer.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
              layer.factor(),
              layer.kernel(),
              layer.kernel(),
              layer.in(),
              layer.out()));
      TextTable table =
          new TextTable("form", "cycles", "MAC", "weights", "bytes", "time ns", "energy nJ");
      for (UpsamplingComparison.Form f : entry.forms()) {
        table.row(
            f.variant(),
            number(f.cycles()),
            number(f.macs()),
            String.format(Locale.ROOT, "%.0f", f.weights()),
            number(f.bytes()),
            number(f.nanoseconds()),
            number(f.nanojoules()));
      }
      table.print(out);
      out.println("taken: " + layer.taken());
      out.println();
    }
    out.println(
        String.format(
            Locale.ROOT,
            "per pixel of the input frame, %d multipliers at %.0f million products a second, maps"
                + " stored in DRAM at %.1f GB/s; %.2f pJ a product (assumed), 77 and 63 pJ a bit"
                + " read and written",
            multipliers,
            machine.macsPerSecond() / 1e6,
            machine.bytesPerSecond() / 1e9,
            machine.macPj()));
    out.println(
        "Tessera keeps the maps on the chip: its bytes are what another machine would move");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.3f" : "%.1f", value);
  }
}
