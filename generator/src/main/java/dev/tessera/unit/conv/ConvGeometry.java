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
    ConvFold fold) {

  /** Most positions that share an array. */
  public static final int MAX_POSITIONS = 8;

  /** Largest stride on each axis. */
  public static final int MAX_STRIDE = 4;

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

  /** Passes of a position group. */
  public int passes() {
    return groupSteps() * outSteps();
  }

  /** Cycles in which the array computes one group of P positions: nf * the sum of kf. */
  public int cyclesPerStep() {
    return Math.multiplyExact(outSteps(), allTapSteps());
  }

  /** Beats of an input position, Bi. */
  public int inBeats() {
    return Bits.ceilDiv(channels, inLanes);
  }

  /** Beats of an output position. */
  public int outBeats() {
    return Bits.ceilDiv(outChannels, outLanes);
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
    return kernelHeight == 1 && kernelWidth == 1 && stride.isOne();
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
    return computed * Math.max(cyclesPerStep(), idle) + (steps - computed) * idle;
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

  /** Border classes that padding can make. */
  public int borderClasses() {
    return (1 + pads.top() + pads.bottom()) * (1 + pads.left() + pads.right());
  }

  /** The first rule that this unit would break, or empty if it can be built. */
  public Optional<String> whyInvalid() {
    String reason = whyShapeInvalid();
    if (reason == null) {
      reason = whyFoldInvalid();
    }
    return Optional.ofNullable(reason);
  }

  private String whyShapeInvalid() {
    if (groups < 1 || channels % groups != 0 || outChannels % groups != 0) {
      return groups + " groups do not divide " + channels + " and " + outChannels + " channels";
    }
    if (outChannels % virtualGroups() != 0) {
      return taps.classes() + " classes do not divide the outputs of a group";
    }
    if (stride.rows() > MAX_STRIDE || stride.columns() > MAX_STRIDE) {
      return "strides of " + stride.rows() + " x " + stride.columns() + " exceed " + MAX_STRIDE;
    }
    if (inLanes < 1 || inLanes > channels || outLanes < 1 || outLanes > outChannels) {
      return inLanes + " input or " + outLanes + " output lanes do not fit the channels";
    }
    String reason = whyAxisInvalid("rows", height, kernelHeight, pads.top(), pads.bottom());
    if (reason == null) {
      reason = whyAxisInvalid("columns", width, kernelWidth, pads.left(), pads.right());
    }
    if (reason == null && (outWidth() < 1 || outHeight() < 1)) {
      reason = "the frame is too small for a window";
    }
    if (reason == null && kernelHeight > 1 && width * inBeats() < 2) {
      reason = "a line buffer needs rows of two beats";
    }
    return reason;
  }

  private String whyAxisInvalid(String axis, int size, int kernel, int before, int after) {
    if (before < 0 || after < 0 || before + after >= kernel) {
      return "padding of " + before + " and " + after + " " + axis + " exceeds the kernel";
    }
    if (size < kernel) {
      return "the frame has fewer " + axis + " than the kernel (" + size + " < " + kernel + ")";
    }
    if (border == Border.REFLECT && 2 * Math.max(before, after) >= kernel) {
      return "reflected " + axis + " lie outside the window";
    }
    return null;
  }

  private String whyFoldInvalid() {
    ConvFold f = fold;
    if (f.positions() < 1 || f.positions() > MAX_POSITIONS) {
      return f.positions() + " positions are not 1 to " + MAX_POSITIONS;
    }
    if (f.groupsParallel() < 1 || f.groupsParallel() > virtualGroups()) {
      return f.groupsParallel() + " parallel groups are not 1 to " + virtualGroups();
    }
    if (f.pe() < 1 || f.pe() > outPerGroup() || f.simd() < 1 || f.simd() > mostTaps()) {
      return f + " exceeds " + outPerGroup() + " outputs or " + mostTaps() + " taps of a group";
    }
    if (stride.isOne() && inputCyclesPerStep() > cyclesPerStep()) {
      return "input of " + inBeats() + " beats a position is slower than the array";
    }
    if (runChannels() != outChannels && !lanesFitRuns()) {
      return outLanes + " output lanes do not divide the channel runs";
    }
    if (beatsPerPass() > leastTapSteps()) {
      return "draining " + beatsPerPass() + " beats takes longer than a pass";
    }
    return null;
  }

  private boolean lanesFitRuns() {
    return runChannels() % outLanes == 0
        && (virtualGroups() == 1 || outSteps() == 1 || outPerGroup() % outLanes == 0);
  }
}
