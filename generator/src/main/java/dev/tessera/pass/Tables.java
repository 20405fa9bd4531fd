package dev.tessera.pass;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Kernel;
import java.util.Arrays;

/** Arithmetic on tables that hold one value, or one per channel. */
final class Tables {
  private Tables() {}

  static float at(float[] table, int channel) {
    return table[table.length == 1 ? 0 : channel];
  }

  static boolean all(float[] table, float value) {
    for (float entry : table) {
      if (entry != value) {
        return false;
      }
    }
    return true;
  }

  /** Whether every channel has the same value. */
  static boolean uniform(float[] table) {
    return all(table, table[0]);
  }

  /** One entry where all are equal. */
  static float[] shrink(float[] table) {
    return uniform(table) ? new float[] {table[0]} : table;
  }

  /** {@code table} for channels {@code map[0], map[1], ...}. */
  static float[] gather(float[] table, int[] map) {
    if (table.length == 1) {
      return table;
    }
    float[] gathered = new float[map.length];
    for (int i = 0; i < map.length; i++) {
      gathered[i] = table[map[i]];
    }
    return gathered;
  }

  static double[] gather(double[] table, int[] map) {
    return table.length == 1 ? table : Arrays.stream(map).mapToDouble(c -> table[c]).toArray();
  }

  static int[] gather(int[] table, int[] map) {
    return table.length == 1 ? table : Arrays.stream(map).map(c -> table[c]).toArray();
  }

  static Activation gather(Activation activation, int[] map) {
    return activation instanceof Activation.Leaky leaky
        ? new Activation.Leaky(gather(leaky.slope(), map))
        : activation;
  }

  /** The dense or grouped kernel with output channels {@code map[0], map[1], ...}; groups kept. */
  static Kernel gather(Kernel kernel, int[] map) {
    int taps = kernel.weights().length / kernel.outChannels();
    float[] weights = new float[map.length * taps];
    float[] bias = new float[map.length];
    for (int i = 0; i < map.length; i++) {
      System.arraycopy(kernel.weights(), map[i] * taps, weights, i * taps, taps);
      bias[i] = kernel.bias()[map[i]];
    }
    Kernel.WeightQuant fixed = kernel.fixed();
    if (fixed != null) {
      fixed = new Kernel.WeightQuant(fixed.bits(), gather(fixed.scale(), map));
    }
    return new Kernel(
        map.length,
        kernel.inChannelsPerGroup(),
        kernel.height(),
        kernel.width(),
        kernel.groups(),
        weights,
        bias,
        fixed);
  }
}
