package dev.tessera.pass;

import java.util.List;

/** The passes in their order. */
public final class Passes {
  private Passes() {}

  /**
   * What every model goes through. Afterwards a graph holds Input, Conv (activation folded, no
   * cropping, no enlarging), Normalize, Add, Mul, Pool, Resize, Concat, Select, DepthToSpace (DCR),
   * FakeQuant, and Affine or Activate only where nothing could absorb them.
   */
  public static List<Pass> standard() {
    return List.of(
        new SmoothFunctions(),
        new FoldConstants(),
        new DeadCode(),
        new MergeDuplicates(),
        new FoldWiring(),
        new DiagonalConv(),
        new HoistPointwise(),
        new FoldFakeQuant(),
        new JoinShifts(),
        new FoldPad(),
        new AffineAfterConv(),
        new AffineBeforeConv(),
        new FuseActivation(),
        new ChainConvs(),
        new SumConvs(),
        new SplitConvConcat(),
        new ParallelConvs(),
        new RepeatConv(),
        new DcrOrder(),
        new FoldNormalize(),
        new DelayShuffle(),
        new AbsorbSelect());
  }

  /** What makes the windows of the hardware out of what is left; once, after the others. */
  public static List<Pass> windows() {
    return List.of(new PadToConv(), new WidenKernels());
  }
}
