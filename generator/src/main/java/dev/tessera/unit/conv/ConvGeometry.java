package dev.tessera.unit.conv;

import dev.tessera.base.Bits;
import dev.tessera.ir.Border;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Stride;
import dev.tessera.ir.TapLists;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Shape and fold of a convolution without its data: every derived number of the unit that does not
 * depend on weights. Cheap to make, so that a planner can try thousands; an instance may be
 * infeasible, {@link #whyInvalid} tells.
 *
 * <p>The unit walks over <em>column steps</em>: the columns of one row between P outputs and the
 * next P. A row has {@link #columnSteps} of them, the last filled up with dummy columns. A 1x1
 * kernel without strides has no rows: its frame is one row of width * height columns.
 *
 * <p>Outputs of a group with different taps are groups of their own here, all on the channels of
 * that group: there are {@link #virtualGroups}.
 *
 * @param channels I, input channels
 * @param width input columns
 * @param height input rows
 * @param inLanes values of an input beat
 * @param outChannels O
 * @param kernelHeight kernel rows
 * @param kernelWidth kernel columns
 * @param groups groups of channels
 * @param taps which taps the outputs of a group multiply
 * @param stride distance of the windows
 * @param pads padding of the input
 * @param border what a padded pixel is
 * @param outLanes values of an output beat
 * @param fold how the multipliers are shared
 * @param block S, how often a row is walked: once for each phase row of an enlargement, whose
 *     outputs are a row's phases one after the other; 1 if nothing is enlarged here
 */
public record ConvGeometry(
    int channels,
    int width,
    int height,
    int inLanes,
    int outChannels,
    int kernelHeight,
    int kernelWidth,
    int groups,
    TapLists taps,
    Stride stride,
    Pads pads,
    Border border,
    int outLanes,
    ConvFold fold,
    int block) {

  /** Most positions that share an array. */
  public static final int MAX_POSITIONS = 8;

  /** Largest stride on each axis. */
  public static final int MAX_STRIDE = 4;

  /** A convolution that walks every row once. */
  public ConvGeometry(
      int channels,
      int width,
      int height,
      int inLanes,
      int outChannels,
      int kernelHeight,
      int kernelWidth,
      int groups,
      TapLists taps,
      Stride stride,
      Pads pads,
      Border border,
      int outLanes,
      ConvFold fold) {
    this(
        channels,
        width,
        height,
        inLanes,
        outChannels,
        kernelHeight,
        kernelWidth,
        groups,
        taps,
        stride,
        pads,
        border,
        outLanes,
        fold,
        1);
  }

  /** Whether rows are walked more than once. */
  public boolean replays() {
    return block > 1;
  }

  /** Input channels of a group. */
  public int inPerGroup() {
    return channels / groups;
  }

  /** Groups of outputs with the same inputs and taps, G: class by class in every group. */
  public int virtualGroups() {
    return groups * taps.classes();
  }

  /** Output channels of a virtual group, Ng. */
  public int outPerGroup() {
    return outChannels / virtualGroups();
  }

  /** Taps of the longest dot product, K. */
  public int mostTaps() {
    return taps.most();
  }

  /** Taps that a kernel of this size has, zeros included. */
  public int windowTaps() {
    return inPerGroup() * kernelHeight * kernelWidth;
  }

  /** Passes over the virtual groups, gs. */
  public int groupSteps() {
    return Bits.ceilDiv(virtualGroups(), fold.groupsParallel());
  }

  /** Passes over the output channels of a group, nf. */
  public int outSteps() {
    return Bits.ceilDiv(outPerGroup(), fold.pe());
  }

  /** Cycles of a pass over group step {@code t}, kf: those of its longest list. */
  public int tapSteps(int t) {
    int most = 0;
    int end = Math.min(virtualGroups(), (t + 1) * fold.groupsParallel());
    for (int v = t * fold.groupsParallel(); v < end; v++) {
      most = Math.max(most, taps.taps(v % taps.classes()));
    }
    return Bits.ceilDiv(most, fold.simd());
  }

  /** Cycles of the shortest pass. */
  public int leastTapSteps() {
    return IntStream.range(0, groupPeriod()).map(this::tapSteps).min().orElseThrow();
  }

  /** Cycles of one pass over each group step. */
  public int allTapSteps() {
    if (taps.classes() == 1) {
      return Math.multiplyExact(groupSteps(), tapSteps(0));
    }
    return IntStream.range(0, groupSteps()).map(this::tapSteps).sum();
  }

  /** Group steps after which their lengths repeat, or all. */
  private int groupPeriod() {
    return taps.classes() == 1 ? 1 : groupSteps();
  }

  /** Whether passes differ in length. */
  public boolean uneven() {
    return IntStream.range(0, groupPeriod()).map(this::tapSteps).distinct().count() > 1;
  }

  /** Passes over the virtual groups of one walk. */
  public int walkGroupSteps() {
    return groupSteps() / block;
  }

  /** Passes of a position group in one walk. */
  public int passes() {
    return walkGroupSteps() * outSteps();
  }

  /** Cycles in which the array computes P positions of walk {@code a} of a row. */
  public int cyclesPerStep(int a) {
    int each = walkGroupSteps();
    int steps = IntStream.range(a * each, (a + 1) * each).map(this::tapSteps).sum();
    return Math.multiplyExact(outSteps(), steps);
  }

  /** Cycles of P positions in the shortest walk. */
  public int leastCyclesPerStep() {
    return replays()
        ? IntStream.range(0, block).map(this::cyclesPerStep).min().orElseThrow()
        : cyclesPerStep();
  }

  /** Cycles of P positions in the longest walk. */
  public int mostCyclesPerStep() {
    return replays()
        ? IntStream.range(0, block).map(this::cyclesPerStep).max().orElseThrow()
        : cyclesPerStep();
  }

  /** Cycles in which the array computes P positions in all walks: nf * the sum of kf. */
  public int cyclesPerStep() {
    return Math.multiplyExact(outSteps(), allTapSteps());
  }

  /** Beats of an input position, Bi. */
  public int inBeats() {
    return Bits.ceilDiv(channels, inLanes);
  }

  /** Beats of an output position in all walks. */
  public int outBeats() {
    return Bits.ceilDiv(outChannels, outLanes);
  }

  /** Beats of an output position in one walk. */
  public int walkBeats() {
    return outBeats() / block;
  }

  /** Output columns. */
  public int outWidth() {
    return Math.floorDiv(width - 1 - lostColumns(), stride.columns()) + 1;
  }

  /** Output rows. */
  public int outHeight() {
    return Math.floorDiv(height - 1 - lostRows(), stride.rows()) + 1;
  }

  /** Columns at which no window begins because it would end beyond the padding. */
  public int lostColumns() {
    return kernelWidth - 1 - pads.left() - pads.right();
  }

  /** Rows at which no window begins because it would end beyond the padding. */
  public int lostRows() {
    return kernelHeight - 1 - pads.top() - pads.bottom();
  }

  /** Whether the frame is walked as one long row. */
  public boolean rowless() {
    return kernelHeight == 1 && kernelWidth == 1 && stride.isOne() && !replays();
  }

  /** Columns of a walked row. */
  public int walkedColumns() {
    return rowless() ? Math.multiplyExact(width, height) : width;
  }

  /** Walked rows. */
  public int walkedRows() {
    return rowless() ? 1 : height;
  }

  /** Input columns from one column step to the next. */
  public int stepColumns() {
    return fold.positions() * stride.columns();
  }

  /** Column steps of a walked row. */
  public int columnSteps() {
    return Bits.ceilDiv(walkedColumns(), stepColumns());
  }

  /** Column steps of a walked row that yield output. */
  public int outColumnSteps() {
    return Bits.ceilDiv(rowless() ? walkedColumns() : outWidth(), fold.positions());
  }

  /** Walked rows that yield output. */
  public int outRows() {
    return rowless() ? 1 : outHeight();
  }

  /** Rows by which the newest row of a window is ahead of the output row. */
  public int rowLag() {
    return kernelHeight - 1 - pads.top();
  }

  /** Column steps by which the newest columns of a window are ahead of the output columns. */
  public int stepLag() {
    return Bits.ceilDiv(Math.max(0, kernelWidth - pads.left() - stride.columns()), stepColumns());
  }

  /**
   * Rows in memory: all but the newest one of a window, which is among them if it is read again.
   */
  public int rowBanks() {
    return replays() ? kernelHeight : kernelHeight - 1;
  }

  /** Columns held by the window registers. */
  public int windowColumns() {
    return (stepLag() + 1) * stepColumns() + pads.left();
  }

  /** Cycles of the input of a column step. */
  public int inputCyclesPerStep() {
    return Math.multiplyExact(stepColumns(), inBeats());
  }

  /**
   * Distance of frames in steady state, exact. A column step without output, which only a
   * convolution that shrinks its frame has, takes the cycles of its input, and so does one whose
   * input takes longer than the array.
   */
  public long cyclesPerFrame() {
    long steps = (long) walkedRows() * columnSteps();
    long computed = (long) outRows() * outColumnSteps();
    long idle = inputCyclesPerStep();
    long busy = Math.max(cyclesPerStep(), idle);
    if (replays()) {
      busy = IntStream.range(0, block).mapToLong(a -> Math.max(cyclesPerStep(a), idle)).sum();
    }
    return computed * busy + (steps - computed) * idle * block;
  }

  /** Runs of contiguous output channels in a pass, for one position. */
  public int runsPerPass() {
    return outSteps() == 1 ? 1 : fold.groupsParallel();
  }

  /** Contiguous output channels of a run, R. */
  public int runChannels() {
    return outSteps() == 1 ? fold.groupsParallel() * outPerGroup() : fold.pe();
  }

  /** Output beats of a run. */
  public int beatsPerRun() {
    return Bits.ceilDiv(runChannels(), outLanes);
  }

  /** Cycles in which the accumulators of a pass are drained. */
  public int beatsPerPass() {
    return fold.positions() * runsPerPass() * beatsPerRun();
  }

  /** Whether passes finish in another order than the output stream wants. */
  public boolean reorders() {
    return fold.positions() > 1 && passes() > 1 || runsPerPass() > 1;
  }

  /** Levels of the adder tree. */
  public int treeDepth() {
    return fold.simd() == 1 ? 0 : Bits.indexWidth(fold.simd());
  }

  /** Border class of an output position, for {@code Requant.offset}; see {@code Node.QConv}. */
  public int borderClass(int row, int column) {
    int above = pads.top() - row * stride.rows();
    int below = kernelHeight - above - height;
    int before = pads.left() - column * stride.columns();
    int behind = kernelWidth - before - width;
    int rowClass = above > 0 ? above : below > 0 ? pads.top() + below : 0;
    int columnClass = before > 0 ? before : behind > 0 ? pads.left() + behind : 0;
    return rowClass * (1 + pads.left() + pads.right()) + columnClass;
  }

  /** The first rule that this unit would break, or empty if it can be built. */
  public Optional<String> whyInvalid() {
    return new ConvRules(this).whyInvalid();
  }
}
