package dev.tessera.quantize;

import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Pooling;
import dev.tessera.ir.Sampling;
import dev.tessera.ir.Section;
import java.util.stream.IntStream;

/** Runs integer pooling and resizing on calibration maps, exactly. */
final class IntegerWindows {
  private IntegerWindows() {}

  static Codes pool(Node.QPool pool, Codes in) {
    Pads pads = pool.pads();
    int height =
        (in.height() + pads.top() + pads.bottom() - pool.height()) / pool.stride().rows() + 1;
    int width =
        (in.width() + pads.left() + pads.right() - pool.width()) / pool.stride().columns() + 1;
    Codes out = new Codes(in.channels(), height, width);
    IntStream.range(0, in.channels())
        .parallel()
        .forEach(
            c -> {
              for (int i = 0; i < out.size(); i++) {
                int y = i / width * pool.stride().rows() - pads.top();
                int x = i % width * pool.stride().columns() - pads.left();
                long acc = gather(pool, in, c, y, x);
                int at = c * out.size() + i;
                int k = borderClass(pool, in, y, x);
                out.data()[at] = Node.QPool.code(pool.requant(), in.channels(), acc, c, k);
              }
            });
    return out;
  }

  private static long gather(Node.QPool pool, Codes in, int c, int top, int left) {
    boolean max = pool.pooling() == Pooling.MAX;
    long acc = max ? Long.MIN_VALUE : 0;
    int bottom = Math.min(in.height(), top + pool.height());
    int right = Math.min(in.width(), left + pool.width());
    for (int y = Math.max(0, top); y < bottom; y++) {
      for (int x = Math.max(0, left); x < right; x++) {
        int code = in.data()[(c * in.height() + y) * in.width() + x];
        acc = max ? Math.max(acc, code) : acc + code;
      }
    }
    return acc;
  }

  private static int borderClass(Node.QPool pool, Codes in, int y, int x) {
    Pads pads = pool.pads();
    if (Node.QPool.classes(pool.requant(), in.channels(), pads) == 1) {
      return 0;
    }
    int below = y + pool.height() - in.height();
    int behind = x + pool.width() - in.width();
    int row = y < 0 ? -y : below > 0 ? pads.top() + below : 0;
    int column = x < 0 ? -x : behind > 0 ? pads.left() + behind : 0;
    return row * (1 + pads.left() + pads.right()) + column;
  }

  /**
   * The resized map.
   *
   * @param height rows to make
   * @param width columns to make
   */
  static Codes resize(Node.QResize resize, Codes in, int height, int width) {
    return resize(resize, in, Section.whole(in.height(), height), Section.whole(in.width(), width));
  }

  /** The part of a resized map that lies in a tile, whose map before is {@code in}. */
  static Codes resize(Node.QResize resize, Codes in, Section alongColumn, Section alongRow) {
    int height = alongColumn.sizeOut();
    int width = alongRow.sizeOut();
    Sampling.Tap[] rows = taps(resize, alongColumn);
    Sampling.Tap[] columns = taps(resize, alongRow);
    Codes out = new Codes(in.channels(), height, width);
    long one = 1L << resize.weightBits();
    for (int i = 0; i < out.data().length; i++) {
      int c = i / out.size();
      Sampling.Tap row = rows[i / width % height];
      Sampling.Tap column = columns[i % width];
      int first = (c * in.height() + row.first()) * in.width();
      int second = (c * in.height() + row.second()) * in.width();
      long above = mix(in, first, column, one);
      long below = mix(in, second, column, one);
      long acc = above * (one - row.weight()) + below * row.weight();
      out.data()[i] = resize.requant().apply(acc, c, 0);
    }
    return out;
  }

  private static long mix(Codes in, int row, Sampling.Tap column, long one) {
    return in.data()[row + column.first()] * (one - column.weight())
        + (long) in.data()[row + column.second()] * column.weight();
  }

  private static Sampling.Tap[] taps(Node.QResize resize, Section section) {
    return IntStream.range(0, section.sizeOut())
        .mapToObj(i -> section.tap(resize.sampling(), i, resize.weightBits()))
        .toArray(Sampling.Tap[]::new);
  }
}
