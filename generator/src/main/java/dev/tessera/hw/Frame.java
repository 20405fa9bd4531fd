package dev.tessera.hw;

import dev.tessera.num.FixedType;

/**
 * One frame of integers.
 *
 * @param channels C
 * @param height H
 * @param width W
 * @param data C x H x W, row major
 */
public record Frame(int channels, int height, int width, int[] data) {
  public Frame {
    if (data.length != channels * height * width) {
      throw new IllegalArgumentException("frame shape does not match its data");
    }
  }

  /** A frame of zeros. */
  public Frame(int channels, int height, int width) {
    this(channels, height, width, new int[channels * height * width]);
  }

  /** The value at a place. */
  public int at(int c, int y, int x) {
    return data[(c * height + y) * width + x];
  }

  /** Index of a place in {@link #data}. */
  public int index(int c, int y, int x) {
    return (c * height + y) * width + x;
  }

  /** Its rectangle of {@code size} that begins at column {@code left} and row {@code top}. */
  public Frame cut(int left, int top, Size size) {
    Frame part = new Frame(channels, size.height(), size.width());
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < part.height; y++) {
        int from = index(c, top + y, left);
        System.arraycopy(data, from, part.data, part.index(c, y, 0), part.width);
      }
    }
    return part;
  }

  /** Mean square difference of {@code other}, a frame of the same shape, in codes. */
  public double meanSquare(Frame other) {
    double sum = 0;
    for (int i = 0; i < data.length; i++) {
      double d = (double) other.data[i] - data[i];
      sum += d * d;
    }
    return sum / data.length;
  }

  /**
   * The pixel shuffle of this frame by {@code block}: with C channels made, (c, y*block+a,
   * x*block+b) is channel {@code (a*block + b)*C + c} or, with {@code crd}, {@code (c*block +
   * a)*block + b} at (y, x).
   */
  public Frame shuffled(int block, boolean crd) {
    Frame out = new Frame(channels / (block * block), height * block, width * block);
    for (int c = 0; c < out.channels; c++) {
      for (int y = 0; y < out.height; y++) {
        for (int x = 0; x < out.width; x++) {
          int phase = y % block * block + x % block;
          int from = crd ? c * block * block + phase : phase * out.channels + c;
          out.data[out.index(c, y, x)] = at(from, y / block, x / block);
        }
      }
    }
    return out;
  }

  /**
   * This frame, once every value is known to be of {@code type}.
   *
   * @throws IllegalStateException naming the first value outside its type (law 6)
   */
  public Frame require(FixedType type, String unit) {
    for (int i = 0; i < data.length; i++) {
      if (!type.holds(data[i])) {
        int c = i / (height * width);
        int y = i / width % height;
        throw new IllegalStateException(
            unit
                + ": "
                + data[i]
                + " is not "
                + type
                + " at channel "
                + c
                + ", row "
                + y
                + ", column "
                + i % width);
      }
    }
    return this;
  }
}
