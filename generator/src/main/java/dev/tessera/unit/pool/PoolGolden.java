package dev.tessera.unit.pool;

import dev.tessera.hw.Frame;

/** Integer pooling, separable like the hardware: along rows, then along columns. */
final class PoolGolden {
  private PoolGolden() {}

  static Frame run(PoolSpec spec, Frame in) {
    PoolAxis rows = spec.rows();
    PoolAxis columns = spec.columns();
    Frame out = new Frame(in.channels(), rows.outputs(), columns.outputs());
    int classes = spec.classes();
    int perRow = 1 + spec.pads().left() + spec.pads().right();
    for (int c = 0; c < in.channels(); c++) {
      long[][] along = alongRows(spec, in, c);
      for (int y = 0; y < out.height(); y++) {
        for (int x = 0; x < out.width(); x++) {
          long acc = alongColumn(spec, along, y, x);
          int border = classes == 1 ? 0 : rows.border(y) * perRow + columns.border(x);
          out.data()[out.index(c, y, x)] = spec.code(acc, c, border);
        }
      }
    }
    return out;
  }

  private static long[][] alongRows(PoolSpec spec, Frame in, int c) {
    PoolAxis columns = spec.columns();
    long[][] results = new long[in.height()][columns.outputs()];
    for (int y = 0; y < in.height(); y++) {
      for (int o = 0; o < columns.outputs(); o++) {
        long acc = neutral(spec);
        int end = Math.min(columns.end(o), in.width() - 1);
        for (int x = Math.max(0, columns.start(o)); x <= end; x++) {
          acc = merge(spec, acc, in.at(c, y, x));
        }
        results[y][o] = acc;
      }
    }
    return results;
  }

  private static long alongColumn(PoolSpec spec, long[][] along, int output, int x) {
    PoolAxis rows = spec.rows();
    long acc = neutral(spec);
    int end = Math.min(rows.end(output), along.length - 1);
    for (int y = Math.max(0, rows.start(output)); y <= end; y++) {
      acc = merge(spec, acc, along[y][x]);
    }
    return acc;
  }

  private static long neutral(PoolSpec spec) {
    return spec.max() ? Long.MIN_VALUE : 0;
  }

  private static long merge(PoolSpec spec, long acc, long value) {
    return spec.max() ? Math.max(acc, value) : acc + value;
  }
}
