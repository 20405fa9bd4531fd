package dev.tessera.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The taps of a kernel that are multiplied. The outputs of a group fall into equal classes of
 * neighbouring channels, such as the phases of a pixel shuffle; a class has its own taps, and what
 * is zero for all outputs of a class, in all groups, is none of them. Dilated kernels, kernels of
 * several phases and shifts are all of this kind.
 *
 * <p>Taps of a group are numbered by column, then row, then channel: {@code (x * height + y) *
 * channels + c}.
 *
 * @param run neighbouring channels that are listed as one element
 * @param lists per class its elements, ascending: element e holds taps {@code e * run} and the
 *     {@code run - 1} behind it
 */
public record TapLists(int run, int[][] lists) {
  /** Most classes that are told apart. */
  private static final int MOST_CLASSES = 36;

  /** Products that classes or single channels must save, in percent: they cost selection logic. */
  private static final int LEAST_SAVING = 5;

  /** By the identity of the weights: kernels are immutable and asked often. */
  private static final Map<Object, TapLists> KNOWN =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** All taps of a kernel, one class. */
  public static TapLists dense(int channels, int height, int width) {
    return new TapLists(channels, new int[][] {IntStream.range(0, height * width).toArray()});
  }

  /** The taps of {@code kernel}. */
  public static TapLists of(IntKernel kernel) {
    return KNOWN.computeIfAbsent(
        kernel.weights(),
        w ->
            find(
                new Shape(
                    kernel.outChannels(),
                    kernel.inChannelsPerGroup(),
                    kernel.height(),
                    kernel.width(),
                    kernel.groups(),
                    i -> kernel.weights()[i] != 0)));
  }

  /** The taps of {@code kernel}. */
  public static TapLists of(Kernel kernel) {
    return KNOWN.computeIfAbsent(
        kernel.weights(),
        w ->
            find(
                new Shape(
                    kernel.outChannels(),
                    kernel.inChannelsPerGroup(),
                    kernel.height(),
                    kernel.width(),
                    kernel.groups(),
                    i -> kernel.weights()[i] != 0)));
  }

  /** Which weights of a kernel are not zero. */
  private record Shape(
      int outputs, int channels, int height, int width, int groups, IntPredicate used) {
    int perGroup() {
      return outputs / groups;
    }

    /** The taps of output {@code o}. */
    BitSet taps(int o) {
      BitSet taps = new BitSet();
      for (int c = 0; c < channels; c++) {
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            if (used.test(((o * channels + c) * height + y) * width + x)) {
              taps.set((x * height + y) * channels + c);
            }
          }
        }
      }
      return taps;
    }
  }

  private static TapLists find(Shape shape) {
    List<BitSet> taps = IntStream.range(0, shape.outputs()).mapToObj(shape::taps).toList();
    TapLists best = classes(shape, taps, 1, shape.channels());
    long products = best.products(shape.outputs());
    for (int f = 2; f <= Math.min(MOST_CLASSES, shape.perGroup()); f++) {
      if (shape.perGroup() % f == 0) {
        TapLists finer = classes(shape, taps, f, shape.channels());
        if (saves(finer.products(shape.outputs()), products)) {
          best = finer;
          products = finer.products(shape.outputs());
        }
      }
    }
    TapLists single = classes(shape, taps, 1, 1);
    return saves(single.products(shape.outputs()), products) ? single : best;
  }

  private static boolean saves(long products, long before) {
    return 100 * products <= (100 - LEAST_SAVING) * before;
  }

  private static TapLists classes(Shape shape, List<BitSet> taps, int classes, int run) {
    int size = shape.perGroup() / classes;
    int[][] lists = new int[classes][];
    for (int f = 0; f < classes; f++) {
      BitSet elements = new BitSet();
      for (int o = 0; o < shape.outputs(); o++) {
        if (o % shape.perGroup() / size == f) {
          taps.get(o).stream().forEach(t -> elements.set(t / run));
        }
      }
      // A class of zeros still makes sums.
      lists[f] = elements.isEmpty() ? new int[] {0} : elements.stream().toArray();
    }
    return new TapLists(run, lists);
  }

  /**
   * The same taps in at least as many classes, a number of them that {@code parts} divides: the
   * first so many classes are those of the first part of the outputs, and so on.
   */
  public TapLists split(int parts) {
    int count = classes();
    while (count % parts != 0) {
      count += classes();
    }
    int[][] finer = new int[count][];
    for (int f = 0; f < count; f++) {
      finer[f] = lists[f / (count / classes())];
    }
    return new TapLists(run, finer);
  }

  /** The classes of the first of {@code parts} parts if those of the others are equal. */
  public TapLists repeated(int parts) {
    int each = classes() / parts;
    for (int f = each; f < classes(); f++) {
      if (!Arrays.equals(lists[f], lists[f % each])) {
        return this;
      }
    }
    return new TapLists(run, Arrays.copyOf(lists, each));
  }

  /** Classes of outputs. */
  public int classes() {
    return lists.length;
  }

  /** Taps of class {@code f}. */
  public int taps(int f) {
    return lists[f].length * run;
  }

  /** Taps of the class that has most. */
  public int most() {
    return IntStream.range(0, classes()).map(this::taps).max().orElseThrow();
  }

  /** The number of tap {@code j} of class {@code f}. */
  public int tap(int f, int j) {
    return lists[f][j / run] * run + j % run;
  }

  /** Multiplications for one position of {@code outputs} channels. */
  public long products(int outputs) {
    return IntStream.range(0, classes()).mapToLong(f -> (long) taps(f)).sum()
        * (outputs / classes());
  }

  /** Whether these are all taps of a kernel of so many. */
  public boolean isDense(int taps) {
    return classes() == 1 && taps(0) == taps;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TapLists o && run == o.run && Arrays.deepEquals(lists, o.lists);
  }

  @Override
  public int hashCode() {
    return 31 * run + Arrays.deepHashCode(lists);
  }

  /** Such as {@code 4 classes of 128, 64, 64, 32 taps}. */
  @Override
  public String toString() {
    List<String> sizes = new ArrayList<>();
    IntStream.range(0, classes()).forEach(f -> sizes.add(Integer.toString(taps(f))));
    return classes() + " classes of " + String.join(", ", sizes) + " taps";
  }
}
