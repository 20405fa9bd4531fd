package dev.tessera.ir;

import dev.tessera.base.TesseraException;
import java.util.HashMap;
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
  /** The halo along a row. */
  public static Halo columns(Graph graph) {
    return new Walk(graph, false).halo();
  }

  /** The halo along a column. */
  public static Halo rows(Graph graph) {
    return new Walk(graph, true).halo();
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
    private final Map<String, Ratio> ratios = new LinkedHashMap<>();
    private final Map<String, Interval> needed = new HashMap<>();

    Walk(Graph graph, boolean rows) {
      this.graph = graph;
      this.rows = rows;
    }

    Halo halo() {
      int alignment = 1;
      for (Node node : graph.nodes()) {
        Ratio ratio = ratio(node);
        ratios.put(node.output(), ratio);
        alignment = Math.toIntExact(alignment / gcd(alignment, ratio.div()) * ratio.div());
      }
      Ratio out = ratios.get(graph.output());
      needed.put(graph.output(), new Interval(0, (long) alignment * out.mul() / out.div() - 1));
      List<Node> nodes = graph.nodes();
      for (int i = nodes.size() - 1; i > 0; i--) {
        Interval made = needed.get(nodes.get(i).output());
        if (made != null) {
          back(nodes.get(i), made);
        }
      }
      Interval read = needed.get(graph.input().output());
      return new Halo(
          alignment,
          whole(read == null ? 0 : -read.lo(), alignment),
          whole(read == null ? 0 : read.hi() - (alignment - 1), alignment),
          out.mul(),
          out.div());
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
      return sampling != null
          ? in.times(factor(node, sampling), 1)
          : in.times(1, window(node).step());
    }

    private static Sampling sampling(Node node) {
      if (node instanceof Node.QResize resize) {
        return resize.sampling();
      }
      return node instanceof Node.Resize resize ? resize.sampling() : null;
    }

    /** By how much a map is enlarged on frames of every size. */
    private int factor(Node node, Sampling sampling) {
      TensorType before = graph.type(node.inputs().get(0));
      Extent in = rows ? before.height() : before.width();
      Extent out = rows ? sampling.height() : sampling.width();
      int factor = (int) Math.round(out.perFrame() / in.perFrame());
      boolean whole = !in.isConstant() && factor > 0 && in.times(factor).equals(out);
      boolean shifts = sampling.coordinates() == Sampling.Coordinates.ALIGN_CORNERS && factor > 1;
      if (!whole || shifts) {
        throw refusal(node, "resizes a map by a ratio that depends on the frame");
      }
      return factor;
    }

    private void back(Node node, Interval made) {
      Interval read;
      if (node instanceof Node.DepthToSpace shuffle) {
        long block = shuffle.block();
        read = new Interval(Math.floorDiv(made.lo(), block), Math.floorDiv(made.hi(), block));
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
