package dev.tessera.quantize;

import dev.tessera.ir.Node;
import dev.tessera.ir.Sampling;
import dev.tessera.num.Moments;
import dev.tessera.num.NormTable;
import dev.tessera.num.Requant;
import java.util.List;
import java.util.stream.IntStream;

/** Runs single integer nodes on calibration maps, exactly as the formulas of the nodes say. */
final class IntegerRun {
  private IntegerRun() {}

  /**
   * The output map of {@code node} for its input maps.
   *
   * @param frame the input frame of the network, whose size sets that of a resized map
   */
  static Codes run(Node node, List<Codes> in, Codes frame) {
    if (node instanceof Node.QConv conv) {
      return IntegerConv.run(conv, in.get(0));
    } else if (node instanceof Node.QScale scale) {
      return scale(scale.requant(), in.get(0));
    } else if (node instanceof Node.QNorm norm) {
      NormTable table = norm.norm().table(moments(in.get(0)));
      return scale(norm.requant().with(table, norm.norm().offsetShift()), in.get(0));
    } else if (node instanceof Node.QTable table) {
      return table(table, in.get(0));
    } else if (node instanceof Node.QAdd add) {
      return add(add, in.get(0), in.get(1));
    } else if (node instanceof Node.QMul mul) {
      return multiply(mul, in.get(0), in.get(1));
    } else if (node instanceof Node.QPool pool) {
      return IntegerWindows.pool(pool, in.get(0));
    } else if (node instanceof Node.QResize resize) {
      Sampling sampling = resize.sampling();
      int height = sampling.height().at(frame.height());
      int width = sampling.width().at(frame.width());
      return IntegerWindows.resize(resize, in.get(0), height, width);
    }
    return wire(node, in);
  }

  private static Codes wire(Node node, List<Codes> in) {
    if (node instanceof Node.Concat) {
      return concat(in);
    } else if (node instanceof Node.Select select) {
      return select(select, in.get(0));
    } else if (node instanceof Node.DepthToSpace shuffle) {
      return shuffle(shuffle, in.get(0));
    }
    throw new IllegalArgumentException("no integer node: " + node.name());
  }

  private static Codes scale(Requant requant, Codes in) {
    Codes out = new Codes(in.channels(), in.height(), in.width());
    IntStream.range(0, in.channels())
        .parallel()
        .forEach(
            c -> {
              for (int i = c * in.size(); i < (c + 1) * in.size(); i++) {
                out.data()[i] = requant.apply(in.data()[i], c, 0);
              }
            });
    return out;
  }

  /** Sums of the codes themselves. */
  static Moments moments(Codes in) {
    Moments sums = Moments.none(in.channels());
    for (int i = 0; i < in.data().length; i++) {
      long code = in.data()[i];
      sums.sum()[i / in.size()] += code;
      sums.squares()[i / in.size()] += code * code;
    }
    return new Moments(in.size(), sums.sum(), sums.squares());
  }

  /** Tables are read by unsigned codes here. */
  private static Codes table(Node.QTable table, Codes in) {
    Codes out = new Codes(in.channels(), in.height(), in.width());
    for (int i = 0; i < in.data().length; i++) {
      out.data()[i] = table.entries()[in.data()[i]];
    }
    return out;
  }

  private static Codes add(Node.QAdd add, Codes left, Codes right) {
    Codes out = new Codes(left.channels(), left.height(), left.width());
    for (int i = 0; i < out.data().length; i++) {
      int c = i / left.size();
      long sum =
          (long) left.data()[i] * add.leftMultiplier()[c]
              + (long) right.data()[i] * add.rightMultiplier()[c]
              + add.offset()[c];
      out.data()[i] = (int) Math.max(add.lo(), Math.min(add.hi(), sum >> add.shift()));
    }
    return out;
  }

  private static Codes multiply(Node.QMul mul, Codes left, Codes right) {
    Codes out = new Codes(left.channels(), left.height(), left.width());
    for (int i = 0; i < out.data().length; i++) {
      int c = i / left.size();
      int other = right.channels() == 1 ? 0 : c;
      long l = left.data()[i] - (long) mul.leftZero()[c];
      long r = right.data()[other * left.size() + i % left.size()] - (long) mul.rightZero()[other];
      out.data()[i] = mul.requant().apply(l * r, c, 0);
    }
    return out;
  }

  private static Codes concat(List<Codes> in) {
    int channels = in.stream().mapToInt(Codes::channels).sum();
    Codes out = new Codes(channels, in.get(0).height(), in.get(0).width());
    int at = 0;
    for (Codes map : in) {
      System.arraycopy(map.data(), 0, out.data(), at, map.data().length);
      at += map.data().length;
    }
    return out;
  }

  private static Codes select(Node.Select select, Codes in) {
    int[] channels = select.channels();
    Codes out = new Codes(channels.length, in.height(), in.width());
    for (int c = 0; c < channels.length; c++) {
      System.arraycopy(in.data(), channels[c] * in.size(), out.data(), c * in.size(), in.size());
    }
    return out;
  }

  private static Codes shuffle(Node.DepthToSpace node, Codes in) {
    int block = node.block();
    int channels = in.channels() / (block * block);
    Codes out = new Codes(channels, in.height() * block, in.width() * block);
    for (int i = 0; i < out.data().length; i++) {
      int x = i % out.width();
      int y = i / out.width() % out.height();
      int c = i / out.size();
      int phase = y % block * block + x % block;
      int from = node.crd() ? c * block * block + phase : phase * channels + c;
      out.data()[i] = in.data()[(from * in.height() + y / block) * in.width() + x / block];
    }
    return out;
  }
}
