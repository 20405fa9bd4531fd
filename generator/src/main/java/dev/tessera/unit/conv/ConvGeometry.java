package dev.tessera.unit.conv;

import dev.tessera.base.Bits;
import dev.tessera.ir.Border;
import dev.tessera.ir.Pads;
import java.util.Optional;

/**
 * Shape and fold of a convolution without its data: every derived number of the unit that does not
 * depend on weights. Cheap to make, so that a planner can try thousands; an instance may be
 * infeasible, {@link #whyInvalid} tells.
 *
 * <p>The unit walks over <em>column steps</em>: P columns of one row. A row has {@link
 * #columnSteps} of them, the last filled up with dummy columns. A 1x1 kernel has no rows: its frame
 * is one row of width * height columns.
 *
 * @param channels I, input channels
 * @param width input columns
 * @param height input rows
 * @param inLanes values of an input beat
 * @param outChannels O
 * @param kernelHeight kernel rows
 * @param kernelWidth kernel columns
 * @param groups G
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
    Pads pads,
    Border border,
    int outLanes,
    ConvFold fold) {

  /** Most positions that share an array. */
  public static final int MAX_POSITIONS = 8;

  /** Input channels of a group. */
  public int inPerGroup() {
    return channels / groups;
  }

  /** Output channels of a group, Ng. */
  public int outPerGroup() {
    return outChannels / groups;
  }

  /** Taps of one dot product, K. */
  public int taps() {
    return inPerGroup() * kernelHeight * kernelWidth;
  }

  /** Passes over the groups, gs. */
  public int groupSteps() {
    return Bits.ceilDiv(groups, fold.groupsParallel());
  }

  /** Passes over the output channels of a group, nf. */
  public int outSteps() {
    return Bits.ceilDiv(outPerGroup(), fold.pe());
  }

  /** Cycles of one pass, kf. */
  public int tapSteps() {
    return Bits.ceilDiv(taps(), fold.simd());
  }

  /** Passes of a position group. */
  public int passes() {
    return groupSteps() * outSteps();
  }

  /** Cycles in which the array computes one group of P positions: gs * nf * kf. */
  public int cyclesPerStep() {
    return Math.multiplyExact(passes(), tapSteps());
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
    return width + pads.left() + pads.right() - kernelWidth + 1;
  }

  /** Output rows. */
  public int outHeight() {
    return height + pads.top() + pads.bottom() - kernelHeight + 1;
  }

  /** Whether the frame is walked as one long row. */
  public boolean rowless() {
    return kernelHeight == 1 && kernelWidth == 1;
  }

  /** Columns of a walked row. */
  public int walkedColumns() {
    return rowless() ? Math.multiplyExact(width, height) : width;
  }

  /** Walked rows. */
  public int walkedRows() {
    return rowless() ? 1 : height;
  }

  /** Column steps of a walked row. */
  public int columnSteps() {
    return Bits.ceilDiv(walkedColumns(), fold.positions());
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
    return Bits.ceilDiv(kernelWidth - 1 - pads.left(), fold.positions());
  }

  /** Columns held by the window registers. */
  public int windowColumns() {
    return (stepLag() + 1) * fold.positions() + pads.left();
  }

  /**
   * Distance of frames in steady state, exact. A column step without output, which only a
   * convolution that shrinks its frame has, still takes the P * Bi cycles of its input.
   */
  public long cyclesPerFrame() {
    long steps = (long) walkedRows() * columnSteps();
    long computed = (long) outRows() * outColumnSteps();
    long idle = (long) fold.positions() * inBeats();
    return computed * cyclesPerStep() + (steps - computed) * idle;
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
    int above = pads.top() - row;
    int below = row + kernelHeight - pads.top() - height;
    int before = pads.left() - column;
    int behind = column + kernelWidth - pads.left() - width;
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
    if (inLanes < 1 || inLanes > channels || outLanes < 1 || outLanes > outChannels) {
      return inLanes + " input or " + outLanes + " output lanes do not fit the channels";
    }
    String reason = whyAxisInvalid("rows", height, kernelHeight, pads.top(), pads.bottom());
    if (reason == null) {
      reason = whyAxisInvalid("columns", width, kernelWidth, pads.left(), pads.right());
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
    if (f.groupsParallel() < 1 || f.groupsParallel() > groups) {
      return f.groupsParallel() + " parallel groups are not 1 to " + groups;
    }
    if (f.pe() < 1 || f.pe() > outPerGroup() || f.simd() < 1 || f.simd() > taps()) {
      return f + " exceeds " + outPerGroup() + " outputs or " + taps() + " taps of a group";
    }
    if (f.positions() * inBeats() > cyclesPerStep()) {
      return "input of " + inBeats() + " beats a position is slower than the array";
    }
    if (runChannels() != outChannels && !lanesFitRuns()) {
      return outLanes + " output lanes do not divide the channel runs";
    }
    if (beatsPerPass() > tapSteps()) {
      return "draining " + beatsPerPass() + " beats takes longer than a pass";
    }
    return null;
  }

  private boolean lanesFitRuns() {
    return runChannels() % outLanes == 0
        && (groups == 1 || outSteps() == 1 || outPerGroup() % outLanes == 0);
  }
}
