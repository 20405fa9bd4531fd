package dev.tessera.plan;

import dev.tessera.hw.StreamType;
import dev.tessera.ir.Node;
import dev.tessera.ir.TapLists;
import dev.tessera.unit.conv.ConvFold;
import dev.tessera.unit.conv.ConvGeometry;
import dev.tessera.unit.conv.ConvSpec;

/**
 * What the folding search needs to know of a convolution.
 *
 * @param name its node, for messages
 * @param geometry its shape; lanes and fold are what the search chooses
 * @param product multipliers of one product: ceil(activation bits / 9) * ceil(weight bits / 8), or
 *     none where pixels only move
 * @param pairable whether two outputs may share a multiplier, where there are wide ones
 */
public record ConvShape(String name, ConvGeometry geometry, int product, boolean pairable) {
  private static final ConvFold SERIAL = new ConvFold(1, 1, 1, 1);

  /**
   * The shape of {@code node} reading {@code in}.
   *
   * @param block S if it walks its rows S times, else 1
   */
  public static ConvShape of(Node.QConv node, StreamType in, int block) {
    ConvGeometry geometry =
        new ConvGeometry(
            in.channels(),
            in.width(),
            in.height(),
            in.channels(),
            node.kernel().outChannels(),
            node.kernel().height(),
            node.kernel().width(),
            node.kernel().groups(),
            TapLists.of(node.kernel()).split(block),
            node.stride(),
            node.pads(),
            node.border(),
            1,
            SERIAL,
            block);
    int product = ConvSpec.multipliersPerProduct(in.type(), node.kernel());
    boolean pairable = ConvSpec.pairable(in.type(), node.kernel());
    return new ConvShape(node.name(), geometry, product, pairable);
  }

  /** The shape with choices made. */
  public ConvGeometry with(int inLanes, int outLanes, ConvFold fold) {
    ConvGeometry g = geometry;
    return new ConvGeometry(
        g.channels(),
        g.width(),
        g.height(),
        inLanes,
        g.outChannels(),
        g.kernelHeight(),
        g.kernelWidth(),
        g.groups(),
        g.taps(),
        g.stride(),
        g.pads(),
        g.border(),
        outLanes,
        fold,
        g.block());
  }

  /** G: groups of outputs with the same taps. */
  public int groups() {
    return geometry.virtualGroups();
  }

  /** Ng: output channels of a group. */
  public int outputsPerGroup() {
    return geometry.outPerGroup();
  }

  /** K: taps of the longest dot product. */
  public int taps() {
    return geometry.mostTaps();
  }

  /** Multiplications of a frame: taps in the padding included, taps of no weight left out. */
  public long macs() {
    return (long) geometry.outWidth()
        * geometry.outHeight()
        * geometry.taps().products(geometry.outChannels());
  }
}
