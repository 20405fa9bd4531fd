package dev.tessera.plan;

import dev.tessera.base.Bits;
import dev.tessera.base.TesseraException;
import dev.tessera.hw.Size;
import dev.tessera.hw.StreamType;
import dev.tessera.ir.Node;
import dev.tessera.num.FixedType;
import dev.tessera.num.Range;
import dev.tessera.unit.conv.ConvGeometry;
import dev.tessera.unit.d2s.D2sSpec;
import dev.tessera.unit.pool.PoolSpec;
import dev.tessera.unit.resize.ResizeSpec;
import dev.tessera.unit.video.VideoInSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Channels, types and frame size of every value, as streams of one position per beat. */
final class Shapes {
  private final Map<String, StreamType> byValue;

  private Shapes(Map<String, StreamType> byValue) {
    this.byValue = Collections.unmodifiableMap(byValue);
  }

  /** The shapes of {@code graph} on frames of {@code width} x {@code height}. */
  static Shapes of(StepGraph graph, int width, int height) {
    Map<String, StreamType> shapes = new LinkedHashMap<>();
    for (Step step : graph.steps()) {
      List<StreamType> in = step.inputs().stream().map(shapes::get).toList();
      StreamType frame = in.isEmpty() ? VideoInSpec.frame(graph.channels(), width, height) : null;
      shapes.put(step.output(), frame != null ? frame : shape(step, in, new Size(width, height)));
    }
    return new Shapes(shapes);
  }

  private static StreamType shape(Step step, List<StreamType> in, Size frame) {
    StreamType first = in.get(0);
    if (step instanceof Step.Wire wire) {
      return like(first, wire.taps().size(), union(in));
    }
    if (step instanceof Step.Cut) {
      return first;
    }
    Node.QConv conv = StepGraph.node(step, Node.QConv.class);
    if (conv != null) {
      ConvGeometry g = ConvShape.of(conv, first, StepGraph.block(step)).geometry();
      int b = g.block();
      int n = g.outChannels() / (b * b);
      return new StreamType(n, n, conv.type(), g.outWidth() * b, g.outHeight() * b);
    }
    Node.DepthToSpace d = StepGraph.node(step, Node.DepthToSpace.class);
    if (d != null) {
      return D2sSpec.shuffled(first, d.block(), first.channels() / (d.block() * d.block()), 1);
    }
    Node node = ((Step.Op) step).node();
    if (node instanceof Node.QPool pool) {
      PoolSpec.whyInvalid(pool, first).ifPresent(why -> refuse(node, why, "use a larger frame"));
      return PoolSpec.made(pool, first);
    }
    if (node instanceof Node.QResize resize) {
      return resized(resize, first, frame);
    }
    if (node instanceof Node.QCustom) {
      return first;
    }
    return like(first, first.channels(), pointwiseType(node));
  }

  private static StreamType resized(Node.QResize node, StreamType in, Size frame) {
    Size size = size(node, frame);
    ResizeSpec.whyInvalid(node, Size.of(in), size)
        .ifPresent(why -> refuse(node, why, "resize to at least the size of the map"));
    return ResizeSpec.made(in, node.type(), size);
  }

  /** What {@code node} makes in a network whose frames are of size {@code frame}. */
  static Size size(Node.QResize node, Size frame) {
    return new Size(
        node.sampling().width().at(frame.width()), node.sampling().height().at(frame.height()));
  }

  private static void refuse(Node node, String why, String hint) {
    throw TesseraException.input("plan.frame", "node '" + node.name() + "'", why, hint);
  }

  private static FixedType pointwiseType(Node node) {
    if (node instanceof Node.QMul mul) {
      return mul.type();
    }
    if (node instanceof Node.QAdd add) {
      return add.type();
    }
    if (node instanceof Node.QNorm norm) {
      return norm.type();
    }
    return node instanceof Node.QScale scale ? scale.type() : ((Node.QTable) node).type();
  }

  private static StreamType like(StreamType in, int channels, FixedType type) {
    return new StreamType(channels, channels, type, in.width(), in.height());
  }

  /** The smallest type that holds the values of all streams. */
  static FixedType union(List<StreamType> streams) {
    Range all = streams.get(0).type().range();
    for (StreamType stream : streams) {
      all = all.union(stream.type().range());
    }
    boolean signed = all.lo() < 0;
    return new FixedType(signed, all.signedWidth() - (signed ? 0 : 1));
  }

  /** The stream that carries all channels of a position of {@code value} at once. */
  StreamType of(String value) {
    return byValue.get(value);
  }

  /** Positions of a frame of {@code value}. */
  long positions(String value) {
    StreamType shape = of(value);
    return (long) shape.width() * shape.height();
  }

  /** Most beats that a position of {@code value} may take if a frame takes {@code cycles}. */
  int beats(String value, long cycles) {
    return (int) Math.min(Integer.MAX_VALUE, cycles / positions(value));
  }

  /**
   * Pixels per clock that keep up with {@code cycles} per frame: 1, 2, 4, or 0 if none does.
   *
   * @param packed pixels of which every row is made up
   */
  static int pixelsPerClock(StreamType frame, long cycles, int packed) {
    for (int ppc : new int[] {1, 2, 4}) {
      long beats = Bits.ceilDiv((long) frame.width() * frame.height(), ppc);
      if (packed % ppc == 0 && beats <= cycles) {
        return ppc;
      }
    }
    return 0;
  }
}
