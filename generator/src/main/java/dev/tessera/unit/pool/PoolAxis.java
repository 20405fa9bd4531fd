package dev.tessera.unit.pool;

import dev.tessera.base.Bits;

/**
 * One axis of a pooling.
 *
 * @param size positions of the frame
 * @param kernel positions of a window
 * @param stride from one window to the next
 * @param before padding ahead of the frame
 * @param after padding behind it
 */
record PoolAxis(int size, int kernel, int stride, int before, int after) {
  /** Windows. */
  int outputs() {
    return Math.floorDiv(size + before + after - kernel, stride) + 1;
  }

  /** The stride; where there is but one window, one with which no other window opens. */
  int step() {
    return outputs() == 1 ? Math.max(kernel, stride) : stride;
  }

  /** Windows that are open at one position. */
  int open() {
    return Bits.ceilDiv(kernel, step());
  }

  /** Windows whose partial results are kept: the last position of a window may be its first. */
  int stored() {
    return (kernel - 1) % step() == 0 ? open() - 1 : open();
  }

  /** First position of a window, negative if it lies in the padding. */
  int start(int output) {
    return output * stride - before;
  }

  /** Last position of a window. */
  int end(int output) {
    return start(output) + kernel - 1;
  }

  /** Positions walked over: the frame and what the last window needs behind it. */
  int walked() {
    return Math.max(size, end(outputs() - 1) + 1);
  }

  /** Border class of a window: 1 to before, before + 1 to before + after, or 0 if it is inside. */
  int border(int output) {
    int behind = end(output) - size + 1;
    return start(output) < 0 ? -start(output) : behind > 0 ? before + behind : 0;
  }
}
