package dev.tessera.cli;

import dev.tessera.pass.Upsampling;
import dev.tessera.pass.UpsamplingCost;
import dev.tessera.pass.UpsamplingCost.Machine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The enlarging layers of a network in all forms of the literature.
 *
 * @param layers one table each
 */
record UpsamplingTable(List<Layer> layers) {
  /** A layer and what it costs in each form. */
  record Layer(Upsampling layer, List<Form> forms) {}

  /**
   * A form of a layer, per pixel of the input frame.
   *
   * @param cycles of an array with the machine's multipliers
   */
  record Form(
      String variant,
      double cycles,
      double macs,
      double weights,
      double bytes,
      double nanoseconds,
      double nanojoules) {}

  /**
   * The tables.
   *
   * @param multipliers multipliers that work at once
   * @param machine rates and energies
   */
  static UpsamplingTable of(List<Upsampling> found, int multipliers, Machine machine) {
    List<Layer> layers = new ArrayList<>();
    for (Upsampling layer : found) {
      List<Form> forms = new ArrayList<>();
      for (UpsamplingCost cost : UpsamplingCost.of(layer)) {
        forms.add(
            new Form(
                cost.variant(),
                cost.macs() / multipliers,
                cost.macs(),
                cost.weights(),
                cost.bytes(),
                cost.seconds(machine) * 1e9,
                cost.picojoules(machine) / 1e3));
      }
      layers.add(new Layer(layer, forms));
    }
    return new UpsamplingTable(layers);
  }

  void print(PrintWriter out, int multipliers, Machine machine) {
    if (layers.isEmpty()) {
      out.println("no layer of the network enlarges");
      return;
    }
    for (Layer entry : layers) {
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
      for (Form f : entry.forms()) {
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
