package dev.tessera.ir;

import dev.tessera.base.TesseraException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a network can be cut into tiles along one axis, and what its output needs of its input there.
 * All numbers are exact: the output of a core whose ends are multiples of {@code alignment} depends
 * on {@code before} pixels in front of it and {@code after} behind it and on no further ones, both
 * rounded up to multiples of {@code alignment}.
 *
 * @param alignment total stride: between tiles that start at multiples of it no phase differs
 * @param before input pixels in front of a core
 * @param after input pixels behind a core
 * @param mul with {@code div} the output pixels per input pixel, borders aside
 * @param div 1 unless the output is coarser than the input
 */
public record Halo(int alignment, int before, int after, int mul, int div) {
  /**
   * The halo along a row.
   *
   * @param frame columns of the frame, on which a map depends that is resized to a given size
   */
  public static Halo columns(Graph graph, int frame) {
    return new Walk(graph, false, frame).halo();
  }

  /**
   * The halo along a column.
   *
   * @param frame rows of the frame
   */
  public static Halo rows(Graph graph, int frame) {
    return new Walk(graph, true, frame).halo();
  }

  /** Pixels {@code lo} to {@code hi} of an infinite map. */
  private record Interval(long lo, long hi) {
    Interval union(Interval other) {
      return other == null ? this : new Interval(Math.min(lo, other.lo), Math.max(hi, other.hi));
    }
  }

  /** Pixels of a map per input pixel. */
  private record Ratio(int mul, int div) {
    Ratio times(int up, int down) {
      long m = (long) mul * up;
      long d = (long) div * down;
      long common = gcd(m, d);
      return new Ratio(Math.toIntExact(m / common), Math.toIntExact(d / common));
    }
  }

  /** A window that slides: its first and last pixel at position 0, and its step. */
  private record Window(int first, int last, int step) {
    static final Window POINT = new Window(0, 0, 1);

    /**
     * Of {@code taps} pixels behind padding. Where a mirrored pixel lies outside the window that
     * wants it, the window is widened so that it holds it.
     */
    static Window of(int taps, int step, int before, int after, Border border) {
      int mirrored = border == Border.REFLECT ? Math.max(before, after) : 0;
      int more = Math.max(0, 2 * mirrored - (taps - 1));
      return new Window(-before - more, taps - 1 - before + more, step);
    }
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** One axis of a graph, there for the ratios and back for the intervals. */
  private static final class Walk {
    /** Pixels around which no border is near. */
    private static final int FAR = 1 << 20;

    /** Bits of weights that no difference of places is too small for. */
    private static final int FINE = 24;

    private final Graph graph;
    private final boolean rows;
    private final int frame;
    private final Map<String, Ratio> ratios = new LinkedHashMap<>();
    private final Map<Node, SizedResize> sized = new IdentityHashMap<>();
    private final Map<String, Interval> needed = new HashMap<>();

    Walk(Graph graph, boolean rows, int frame) {
      this.graph = graph;
      this.rows = rows;
      this.frame = frame;
    }

    Halo halo() {
      int alignment = 1;
      for (Node node : graph.nodes()) {
        Ratio ratio = ratio(node);
        ratios.put(node.output(), ratio);
        alignment = Math.toIntExact(alignment / gcd(alignment, ratio.div()) * ratio.div());
      }
      for (Node node : graph.nodes()) {
        if (sampling(node) != null && factor(node, sampling(node)) == 0) {
          sized.put(node, sized(node, sampling(node), alignment));
        }
      }
      return sized.isEmpty() ? anywhere(alignment) : everywhere(alignment);
    }

    private SizedResize sized(Node node, Sampling sampling, int alignment) {
      try {
        Extent made = rows ? sampling.height() : sampling.width();
        return SizedResize.of(sampling, extent(node.inputs().get(0)), made, frame, alignment);
      } catch (ArithmeticException unreached) {
        throw refusal(node, "resizes a map that it does not make larger");
      }
    }

    private Extent extent(String value) {
      TensorType type = graph.type(value);
      return rows ? type.height() : type.width();
    }

    /** The halo where no place of the frame differs from another one. */
    private Halo anywhere(int alignment) {
      Ratio out = ratios.get(graph.output());
      Interval read = read(new Interval(0, (long) alignment * out.mul() / out.div() - 1));
      return halo(alignment, -read.lo(), read.hi() - (alignment - 1));
    }

    /** The widest halo of all places of the frame. */
    private Halo everywhere(int alignment) {
      Ratio out = ratios.get(graph.output());
      long size = extent(graph.output()).at(frame);
      long before = 0;
      long after = 0;
      for (long at = 0; at < frame; at += alignment) {
        long lo = at * out.mul() / out.div();
        long hi = Math.min(size, (at + alignment) * out.mul() / out.div()) - 1;
        if (lo <= hi) {
          Interval read = read(new Interval(lo, hi));
          before = Math.max(before, at - Math.max(0, read.lo()));
          after = Math.max(after, Math.min(frame - 1, read.hi()) - (at + alignment - 1));
        }
      }
      return halo(alignment, before, after);
    }

    private Halo halo(int alignment, long before, long after) {
      Ratio out = ratios.get(graph.output());
      return new Halo(
          alignment, whole(before, alignment), whole(after, alignment), out.mul(), out.div());
    }

    /** The input that outputs {@code made} need. */
    private Interval read(Interval made) {
      needed.clear();
      needed.put(graph.output(), made);
      List<Node> nodes = graph.nodes();
      for (int i = nodes.size() - 1; i > 0; i--) {
        Interval part = needed.get(nodes.get(i).output());
        if (part != null) {
          back(nodes.get(i), part);
        }
      }
      return needed.getOrDefault(graph.input().output(), new Interval(0, 0));
    }

    private static int whole(long pixels, int alignment) {
      long steps = Math.floorDiv(pixels + alignment - 1, (long) alignment);
      return Math.toIntExact(Math.max(0, steps * alignment));
    }

    private Ratio ratio(Node node) {
      if (node instanceof Node.Input) {
        return new Ratio(1, 1);
      }
      Ratio in = ratios.get(node.inputs().get(0));
      for (String other : node.inputs()) {
        if (!ratios.get(other).equals(in)) {
          throw refusal(node, "joins maps of different scale");
        }
      }
      if (node instanceof Node.DepthToSpace shuffle) {
        return in.times(shuffle.block(), 1);
      }
      Sampling sampling = sampling(node);
      if (sampling == null) {
        return in.times(1, window(node).step());
      }
      int factor = factor(node, sampling);
      return factor > 0
          ? in.times(factor, 1)
          : ratio(node, rows ? sampling.height() : sampling.width());
    }

    private static Sampling sampling(Node node) {
      if (node instanceof Node.QResize resize) {
        return resize.sampling();
      }
      return node instanceof Node.Resize resize ? resize.sampling() : null;
    }

    /** By how much a map is enlarged on frames of every size, or 0. */
    private int factor(Node node, Sampling sampling) {
      Extent before = extent(node.inputs().get(0));
      return rows ? sampling.rowFactor(before) : sampling.columnFactor(before);
    }

    private Ratio ratio(Node node, Extent size) {
      Ratio ratio = new Ratio(1, 1);
      for (Extent from = size; from != null; from = from.of()) {
        if (from.isConstant()) {
          throw refusal(node, "resizes a map to a size that does not follow the frame's");
        }
        ratio = ratio.times(from.mul(), from.div());
      }
      return ratio;
    }

    private void back(Node node, Interval made) {
      Interval read;
      if (node instanceof Node.DepthToSpace shuffle) {
        long block = shuffle.block();
        read = new Interval(Math.floorDiv(made.lo(), block), Math.floorDiv(made.hi(), block));
      } else if (sized.containsKey(node)) {
        SizedResize resize = sized.get(node);
        read = new Interval(resize.first(made.lo()), resize.last(made.hi()));
        Ratio ratio = ratios.get(node.output());
        long start = Math.floorDiv(resize.start(made.lo()) * ratio.div(), (long) ratio.mul());
        needed.merge(
            graph.input().output(), new Interval(start, resize.end(made.hi())), Interval::union);
      } else if (sampling(node) != null) {
        read = read(sampling(node), factor(node, sampling(node)), made);
      } else {
        Window w = window(node);
        read = new Interval(made.lo() * w.step() + w.first(), made.hi() * w.step() + w.last());
      }
      for (String input : node.inputs()) {
        needed.put(input, read.union(needed.get(input)));
      }
    }

    /**
     * What an enlargement reads, as far from all borders as a map can be, and the pixels that its
     * results lie in: a tile that does not hold these does not make the results.
     */
    private static Interval read(Sampling sampling, long factor, Interval made) {
      Sampling.Tap lo = tap(sampling, factor, made.lo());
      Sampling.Tap hi = tap(sampling, factor, made.hi());
      int last = hi.weight() > 0 ? hi.second() : hi.first();
      Interval under =
          new Interval(Math.floorDiv(made.lo(), factor), Math.floorDiv(made.hi(), factor));
      return new Interval(lo.first() - FAR, last - FAR).union(under);
    }

    private static Sampling.Tap tap(Sampling sampling, long factor, long at) {
      int place = Math.toIntExact(at + FAR * factor);
      return sampling.tap(place, 2 * FAR, Math.toIntExact(2 * FAR * factor), FINE);
    }

    private Window window(Node node) {
      if (node instanceof Node.Conv n) {
        Kernel k = n.kernel();
        return window(k.height(), k.width(), n.stride(), n.pads(), n.border());
      }
      if (node instanceof Node.QConv n) {
        IntKernel k = n.kernel();
        return window(k.height(), k.width(), n.stride(), n.pads(), n.border());
      }
      if (node instanceof Node.Pool n) {
        return window(n.height(), n.width(), n.stride(), n.pads(), Border.VALUE);
      }
      if (node instanceof Node.QPool n) {
        return window(n.height(), n.width(), n.stride(), n.pads(), Border.VALUE);
      }
      return node instanceof Node.Pad n
          ? window(1, 1, Stride.ONE, n.pads(), n.border())
          : Window.POINT;
    }

    private Window window(int height, int width, Stride stride, Pads pads, Border border) {
      return rows
          ? Window.of(height, stride.rows(), pads.top(), pads.bottom(), border)
          : Window.of(width, stride.columns(), pads.left(), pads.right(), border);
    }

    private static TesseraException refusal(Node node, String what) {
      return TesseraException.input(
          "plan.tile",
          "node '" + node.name() + "'",
          "the network cannot be cut into tiles: this operator " + what,
          "leave --tile out: the whole frame goes through at once");
    }
  }
}
