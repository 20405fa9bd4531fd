package dev.tessera.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One axis of an enlarging convolution in polyphase form: the results at {@code factor * h + a},
 * for one phase a, are a convolution of the small map on its own. All phases share the smallest
 * window that holds the taps of each and the centre.
 *
 * @param offsets for every distinct phase and every tap of the kernel, how far from h in the small
 *     map it reads; {@link #NONE} for a tap that the phase does not use
 * @param phases which of them the phases 0, 1, ... of the enlarged map are
 */
public record PhaseAxis(int[][] offsets, int[] phases) {
  /** A tap that would meet an inserted zero only. */
  public static final int NONE = Integer.MIN_VALUE;

  /**
   * A transposed convolution: result oh reads tap k at (oh + pad - k) / stride where that is whole.
   *
   * @param taps size of the kernel
   * @param stride enlargement
   * @param pad results cropped in front
   */
  public static PhaseAxis transposed(int taps, int stride, int pad) {
    int[][] offsets = new int[stride][taps];
    int[] phases = new int[stride];
    for (int a = 0; a < stride; a++) {
      phases[a] = a;
      for (int k = 0; k < taps; k++) {
        int at = a + pad - k;
        offsets[a][k] = Math.floorMod(at, stride) == 0 ? Math.floorDiv(at, stride) : NONE;
      }
    }
    return new PhaseAxis(offsets, phases);
  }

  /**
   * A convolution of a map that was enlarged by repetition: result oh reads tap k at floor((oh + k
   * - pad) / factor). Phases that read alike are one.
   *
   * @param taps size of the kernel
   * @param factor enlargement
   * @param pad padding in front of the enlarged map
   */
  public static PhaseAxis repeated(int taps, int factor, int pad) {
    List<int[]> distinct = new ArrayList<>();
    int[] phases = new int[factor];
    for (int a = 0; a < factor; a++) {
      int[] offsets = new int[taps];
      for (int k = 0; k < taps; k++) {
        offsets[k] = Math.floorDiv(a + k - pad, factor);
      }
      // Offsets do not fall with a: equal phases are neighbours.
      if (distinct.isEmpty() || !Arrays.equals(distinct.get(distinct.size() - 1), offsets)) {
        distinct.add(offsets);
      }
      phases[a] = distinct.size() - 1;
    }
    return new PhaseAxis(distinct.toArray(int[][]::new), phases);
  }

  /** Distinct phases. */
  public int count() {
    return offsets.length;
  }

  /** Pixels of the window before the one the results lie in, 0 or more. */
  public int before() {
    int least = 0;
    for (int[] phase : offsets) {
      for (int offset : phase) {
        least = offset == NONE ? least : Math.min(least, offset);
      }
    }
    return -least;
  }

  /** Pixels of the window behind the one the results lie in, 0 or more. */
  public int behind() {
    int most = 0;
    for (int[] phase : offsets) {
      for (int offset : phase) {
        most = Math.max(most, offset);
      }
    }
    return most;
  }

  /** Size of the window. */
  public int window() {
    return before() + 1 + behind();
  }

  /** The padding that lets a convolution with both windows keep the size of the map. */
  public static Pads pads(PhaseAxis rows, PhaseAxis columns) {
    return new Pads(rows.before(), columns.before(), rows.behind(), columns.behind());
  }

  /**
   * The kernel over the common window that makes all phases: output o of {@code kernel} in phase
   * (i, j) is output {@code (o * rows.count() + i) * columns.count() + j}. Taps that read the same
   * pixel add up; pixels that a phase does not read have weights of zero.
   *
   * @param kernel O x I x taps x taps as the axes index it; its prescribed quantisation is kept,
   *     which is right only where no taps add up
   */
  public static Kernel kernel(Kernel kernel, PhaseAxis rows, PhaseAxis columns) {
    int area = rows.count() * columns.count();
    int size = rows.window() * columns.window();
    int in = kernel.inChannelsPerGroup();
    float[] weights = new float[kernel.outChannels() * area * in * size];
    float[] bias = new float[kernel.outChannels() * area];
    double[] plane = new double[size];
    for (int o = 0; o < bias.length; o++) {
      bias[o] = kernel.bias()[o / area];
      int[] y = rows.offsets[o % area / columns.count()];
      int[] x = columns.offsets[o % columns.count()];
      for (int i = 0; i < in; i++) {
        Arrays.fill(plane, 0);
        gather(kernel, (o / area * in + i) * y.length * x.length, y, x, plane, rows, columns);
        for (int t = 0; t < size; t++) {
          weights[(o * in + i) * size + t] = (float) plane[t];
        }
      }
    }
    return new Kernel(
        bias.length,
        in,
        rows.window(),
        columns.window(),
        kernel.groups(),
        weights,
        bias,
        fixed(kernel.fixed(), area));
  }

  private static void gather(
      Kernel kernel, int from, int[] y, int[] x, double[] to, PhaseAxis rows, PhaseAxis columns) {
    int top = rows.before();
    int left = columns.before();
    int width = columns.window();
    for (int ky = 0; ky < y.length; ky++) {
      for (int kx = 0; kx < x.length; kx++) {
        if (y[ky] != NONE && x[kx] != NONE) {
          to[(y[ky] + top) * width + x[kx] + left] += kernel.weights()[from + ky * x.length + kx];
        }
      }
    }
  }

  private static Kernel.WeightQuant fixed(Kernel.WeightQuant fixed, int area) {
    if (fixed == null || fixed.scale().length == 1) {
      return fixed;
    }
    double[] scale = new double[fixed.scale().length * area];
    for (int o = 0; o < scale.length; o++) {
      scale[o] = fixed.scale()[o / area];
    }
    return new Kernel.WeightQuant(fixed.bits(), scale);
  }
}
