package dev.tessera.plan;

import dev.tessera.base.Bits;
import dev.tessera.hw.CustomLayers;
import dev.tessera.hw.Size;
import dev.tessera.hw.StreamType;
import dev.tessera.ir.Node;
import dev.tessera.plan.Lowering.Netlist;
import dev.tessera.unit.codec.CutSpec;
import dev.tessera.unit.pool.PoolSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network on frames of one size: what its folds may be and what follows once they are chosen. */
final class Pipeline {
  /** Rows beyond the lag of all line buffers in which a shortened frame shows its steady state. */
  private static final int STEADY_ROWS = 12;

  /** Columns that a unit holds apart from whole rows: windows, staging and output buffers. */
  private static final int COLUMNS_PER_UNIT = 32;

  /** Rows that a resize holds. */
  private static final int RESIZE_ROWS = 4;

  private final StepGraph graph;
  private final int width;
  private final int height;
  private final Shapes shapes;
  private final int packed;
  private final int steadyRows;
  private final Map<String, ConvShape> convolutions = new LinkedHashMap<>();

  Pipeline(StepGraph graph, int width, int height) {
    this(graph, width, height, 0);
  }

  /**
   * A pipeline for frames of several widths.
   *
   * @param width of the largest
   * @param height of the largest
   * @param packed what divides the rows of all outputs; 0 if there is one width only
   */
  Pipeline(StepGraph graph, int width, int height, int packed) {
    this.graph = graph;
    this.width = width;
    this.height = height;
    this.shapes = Shapes.of(graph, width, height);
    this.packed = packed > 0 ? packed : shapes.of(graph.output()).width();
    for (Step step : graph.steps()) {
      Node.QConv conv = StepGraph.node(step, Node.QConv.class);
      if (conv != null) {
        StreamType in = shapes.of(step.inputs().get(0));
        convolutions.put(step.output(), ConvShape.of(conv, in, StepGraph.block(step)));
      }
    }
    this.steadyRows = SteadyFrame.rows(graph, width, height, filledRows());
  }

  List<ConvShape> convolutions() {
    return List.copyOf(convolutions.values());
  }

  Shapes shapes() {
    return shapes;
  }

  StepGraph graph() {
    return graph;
  }

  /**
   * Cycles per frame that no fold can go below: every stream carries one position per clock, only
   * the video output up to four, and pools walk past their frames.
   */
  long floor() {
    long floor = stored();
    for (Step step : graph.steps()) {
      String value = step.output();
      long positions = shapes.positions(value);
      boolean packs =
          value.equals(graph.output())
              && graph.readers(value) == 1
              && StepGraph.node(step, Node.DepthToSpace.class) != null;
      floor = Math.max(floor, packs ? positions / widest() : positions);
      Node.QPool pool = StepGraph.node(step, Node.QPool.class);
      if (pool != null) {
        floor = Math.max(floor, PoolSpec.steps(pool, shapes.of(step.inputs().get(0))));
      }
    }
    return floor;
  }

  /** Cycles in which the memory of stored maps takes its words, a request before each burst. */
  private long stored() {
    long bits = 0;
    int bus = 1;
    for (Step step : graph.steps()) {
      if (step instanceof Step.Cut cut) {
        StreamType map = shapes.of(cut.input());
        bits += (long) map.channels() * map.width() * map.height() * map.type().bits();
        bus = cut.busBits();
      }
    }
    long words = Bits.ceilDiv(bits, bus);
    return 1 + words + Bits.ceilDiv(words, CutSpec.BURST);
  }

  private int widest() {
    return Math.min(4, Integer.lowestOneBit(packed));
  }

  /** The units and wires of a fold plan; links have no depth yet. */
  Netlist netlist(List<FoldOption> plan, long cycles, int rows) {
    Map<String, FoldOption> folds = new HashMap<>();
    List<String> outputs = new ArrayList<>(convolutions.keySet());
    for (int i = 0; i < outputs.size(); i++) {
      folds.put(outputs.get(i), plan.get(i));
    }
    LanePlan lanes = new LaneChooser(graph, shapes, folds, cycles, packed).choose();
    Lowering.Times times = new Lowering.Times(cycles, height);
    return Lowering.lower(graph, folds, lanes, times, new Size(width, rows));
  }

  /**
   * Rows of a frame that behaves like a whole one between its borders. A unit knows of its row only
   * whether it is within a kernel of the top or bottom border; with more rows than all line buffers
   * of a path together hold, every unit is in its periodic interior while the first one still is,
   * and further rows repeat that period. Border effects are those of the whole frame, and a rate
   * per row is a rate per frame. A network with a map whose rows do not follow from the frame's in
   * this way keeps whole frames, see {@link SteadyFrame}.
   */
  int steadyRows() {
    return steadyRows;
  }

  /** Frames of {@link #steadyRows} that fill the pipeline; more than one if frames are small. */
  int steadyMargin() {
    return Bits.ceilDiv(filledRows(), steadyRows());
  }

  private int filledRows() {
    Map<String, Integer> rows = new HashMap<>();
    int most = 0;
    for (Step step : graph.steps()) {
      int lag = step.inputs().stream().mapToInt(rows::get).max().orElse(0) + lag(step);
      rows.put(step.output(), lag);
      most = Math.max(most, lag);
    }
    int columns = graph.steps().size() * COLUMNS_PER_UNIT;
    return most + Bits.ceilDiv(columns, width) + STEADY_ROWS;
  }

  /** Rows of the frame by which the output of a step is behind its input, or ahead of its end. */
  private int lag(Step step) {
    ConvShape conv = convolutions.get(step.output());
    int own = 0;
    if (conv != null) {
      int kernel = conv.geometry().kernelHeight();
      own = Math.max(conv.geometry().rowLag(), kernel - 1 - conv.geometry().rowLag());
      own += conv.geometry().replays() ? 1 : 0;
    } else if (step instanceof Step.Op op && op.node() instanceof Node.QPool pool) {
      own = pool.height();
    } else if (StepGraph.node(step, Node.QResize.class) != null) {
      own = RESIZE_ROWS;
    } else if (step instanceof Step.Op op && op.node() instanceof Node.QCustom layer) {
      own = 2 * CustomLayers.of(layer.kind(), layer.settings()).reach();
    }
    if (own == 0) {
      return 0;
    }
    int before = shapes.of(step.inputs().get(0)).height();
    return Math.max(own, Bits.ceilDiv(Math.multiplyExact(own, height), before));
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }
}
