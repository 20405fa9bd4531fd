package dev.tessera.unit.conv;

import dev.tessera.hw.Frame;
import dev.tessera.ir.IntKernel;

/** An independent convolution: one plain loop per sum, borders looked up tap by tap. */
final class ConvReference {
  private ConvReference() {}

  static Frame run(ConvSpec spec, Frame in) {
    IntKernel k = spec.kernel();
    int down = spec.stride().rows();
    int across = spec.stride().columns();
    int height = (in.height() + spec.pads().top() + spec.pads().bottom() - k.height()) / down + 1;
    int width = (in.width() + spec.pads().left() + spec.pads().right() - k.width()) / across + 1;
    Frame out = new Frame(k.outChannels(), height, width);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int o = 0; o < k.outChannels(); o++) {
          int top = y * down;
          int left = x * across;
          out.data()[out.index(o, y, x)] =
              spec.requant()
                  .apply(sum(spec, in, o, top, left), o, borderClass(spec, in, top, left));
        }
      }
    }
    return spec.block() == 1 ? out : enlarged(out, spec.block());
  }

  /** Every value of the small map goes to its pixel. */
  private static Frame enlarged(Frame small, int block) {
    int channels = small.channels() / block / block;
    Frame out = new Frame(channels, small.height() * block, small.width() * block);
    for (int o = 0; o < small.channels(); o++) {
      int down = o / (channels * block);
      int across = o / channels % block;
      for (int y = 0; y < small.height(); y++) {
        for (int x = 0; x < small.width(); x++) {
          int at = out.index(o % channels, y * block + down, x * block + across);
          out.data()[at] = small.at(o, y, x);
        }
      }
    }
    return out;
  }

  private static long sum(ConvSpec spec, Frame in, int o, int y, int x) {
    IntKernel k = spec.kernel();
    int firstChannel = o / (k.outChannels() / k.groups()) * k.inChannelsPerGroup();
    long sum = 0;
    for (int dy = 0; dy < k.height(); dy++) {
      for (int dx = 0; dx < k.width(); dx++) {
        for (int i = 0; i < k.inChannelsPerGroup(); i++) {
          int row = y + dy - spec.pads().top();
          int column = x + dx - spec.pads().left();
          sum += (long) k.at(o, i, dy, dx) * pixel(spec, in, firstChannel + i, row, column);
        }
      }
    }
    return sum;
  }

  private static int pixel(ConvSpec spec, Frame in, int c, int row, int column) {
    boolean inside = row >= 0 && row < in.height() && column >= 0 && column < in.width();
    if (inside) {
      return in.at(c, row, column);
    }
    return switch (spec.border()) {
      case VALUE -> spec.padCode()[c];
      case EDGE ->
          in.at(
              c,
              Math.max(0, Math.min(in.height() - 1, row)),
              Math.max(0, Math.min(in.width() - 1, column)));
      case REFLECT -> in.at(c, mirror(row, in.height()), mirror(column, in.width()));
    };
  }

  private static int mirror(int i, int size) {
    return size - 1 - Math.abs(size - 1 - Math.abs(i));
  }

  /** Counts the window rows and columns outside the frame on each side. */
  private static int borderClass(ConvSpec spec, Frame in, int y, int x) {
    if (spec.requant().borderClasses() == 1) {
      return 0;
    }
    int rowClass = 0;
    for (int dy = 0; dy < spec.kernel().height(); dy++) {
      int row = y + dy - spec.pads().top();
      rowClass += row < 0 ? 1 : 0;
      rowClass += row == in.height() ? spec.pads().top() : 0;
      rowClass += row >= in.height() ? 1 : 0;
    }
    int columnClass = 0;
    for (int dx = 0; dx < spec.kernel().width(); dx++) {
      int column = x + dx - spec.pads().left();
      columnClass += column < 0 ? 1 : 0;
      columnClass += column == in.width() ? spec.pads().left() : 0;
      columnClass += column >= in.width() ? 1 : 0;
    }
    return rowClass * (1 + spec.pads().left() + spec.pads().right()) + columnClass;
  }
}
