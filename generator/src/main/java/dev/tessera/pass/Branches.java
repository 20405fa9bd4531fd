package dev.tessera.pass;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.ValueQuant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Convolutions side by side whose results are concatenated, and the one that replaces them. */
final class Branches {
  private Branches() {}

  /**
   * One branch into a Concat.
   *
   * @param conv its convolution
   * @param quant the prescribed quantisation of its result, or null
   */
  record Branch(Node.Conv conv, Node.FakeQuant quant) {
    /** The branch that makes {@code value} for one reader, or null. */
    static Branch of(Editor editor, String value) {
      if (!editor.isPrivate(value)) {
        return null;
      }
      Node made = editor.producer(value);
      if (made instanceof Node.FakeQuant quant
          && editor.isPrivate(quant.input())
          && editor.producer(quant.input()) instanceof Node.Conv conv) {
        return new Branch(conv, quant);
      }
      return made instanceof Node.Conv conv ? new Branch(conv, null) : null;
    }

    /** Whether one convolution can do the work of both, their inputs aside. */
    boolean matches(Branch other) {
      Kernel a = conv.kernel();
      Kernel b = other.conv.kernel();
      boolean quants =
          quant == null
              ? other.quant == null
              : other.quant != null && quant.quant().type().equals(other.quant.quant().type());
      boolean weights =
          a.fixed() == null
              ? b.fixed() == null
              : b.fixed() != null && a.fixed().bits() == b.fixed().bits();
      boolean values = conv.border() != Border.VALUE || conv.pads().isNone();
      return a.height() == b.height()
          && a.width() == b.width()
          && conv.stride().equals(other.conv.stride())
          && conv.pads().equals(other.conv.pads())
          && conv.border() == other.conv.border()
          && (values || Arrays.equals(conv.padValue(), other.conv.padValue()))
          && sameKind(conv.activation(), other.conv.activation())
          && quants
          && weights;
    }

    private static boolean sameKind(Activation a, Activation b) {
      boolean leaky = a instanceof Activation.Leaky && b instanceof Activation.Leaky;
      return leaky || a.equals(b);
    }
  }

  /** One kernel with the output channels of all; {@code groups} of them. */
  static Kernel kernel(List<Branch> branches, int groups) {
    List<float[]> weights = new ArrayList<>();
    List<float[]> bias = new ArrayList<>();
    List<double[]> scales = new ArrayList<>();
    int out = 0;
    for (Branch branch : branches) {
      Kernel k = branch.conv().kernel();
      weights.add(k.weights());
      bias.add(k.bias());
      out += k.outChannels();
      if (k.fixed() != null) {
        scales.add(expand(k.fixed().scale(), k.outChannels()));
      }
    }
    Kernel first = branches.get(0).conv().kernel();
    Kernel.WeightQuant fixed =
        first.fixed() == null
            ? null
            : new Kernel.WeightQuant(
                first.fixed().bits(), scales.stream().flatMapToDouble(Arrays::stream).toArray());
    return new Kernel(
        out,
        first.inChannelsPerGroup(),
        first.height(),
        first.width(),
        groups,
        join(weights),
        join(bias),
        fixed);
  }

  static Activation activation(List<Branch> branches) {
    Activation first = branches.get(0).conv().activation();
    if (!(first instanceof Activation.Leaky)) {
      return first;
    }
    List<float[]> slopes = new ArrayList<>();
    for (Branch branch : branches) {
      float[] slope = ((Activation.Leaky) branch.conv().activation()).slope();
      slopes.add(expand(slope, branch.conv().kernel().outChannels()));
    }
    return new Activation.Leaky(Tables.shrink(join(slopes)));
  }

  /** The joined quantisation, or null. */
  static ValueQuant quant(List<Branch> branches) {
    if (branches.get(0).quant() == null) {
      return null;
    }
    ValueQuant first = branches.get(0).quant().quant();
    if (branches.stream().allMatch(b -> FoldFakeQuant.same(b.quant().quant(), first))
        && first.scale().length == 1
        && first.zero().length == 1) {
      return first;
    }
    List<Double> scales = new ArrayList<>();
    List<Integer> zeros = new ArrayList<>();
    for (Branch branch : branches) {
      for (int c = 0; c < branch.conv().kernel().outChannels(); c++) {
        scales.add(branch.quant().quant().scaleOf(c));
        zeros.add(branch.quant().quant().zeroOf(c));
      }
    }
    return new ValueQuant(
        first.type(),
        scales.stream().mapToDouble(Double::doubleValue).toArray(),
        zeros.stream().mapToInt(Integer::intValue).toArray());
  }

  private static float[] expand(float[] table, int channels) {
    float[] all = new float[channels];
    for (int c = 0; c < channels; c++) {
      all[c] = Tables.at(table, c);
    }
    return all;
  }

  private static double[] expand(double[] table, int channels) {
    double[] all = new double[channels];
    for (int c = 0; c < channels; c++) {
      all[c] = table[table.length == 1 ? 0 : c];
    }
    return all;
  }

  static float[] join(List<float[]> tables) {
    float[] all = new float[tables.stream().mapToInt(t -> t.length).sum()];
    int at = 0;
    for (float[] table : tables) {
      System.arraycopy(table, 0, all, at, table.length);
      at += table.length;
    }
    return all;
  }
}
