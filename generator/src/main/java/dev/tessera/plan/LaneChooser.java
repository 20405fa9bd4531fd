package dev.tessera.plan;

import dev.tessera.base.Bits;
import dev.tessera.base.TesseraException;
import dev.tessera.hw.StreamType;
import dev.tessera.ir.Node;
import dev.tessera.unit.pool.PoolSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the lanes of every stream: the fewest requantisers with which all units keep up.
 *
 * <p>Pointwise units, pools and resizes keep their lanes, so the values around them share one
 * number. For each such family every number of lanes is tried; a convolution that cannot make or
 * read it gets a route that converts, which counts as much as {@value #ROUTE_PRICE} lanes.
 */
final class LaneChooser {
  private static final int ROUTE_PRICE = 2;

  private static final int MUL_PRICE = 2;

  /** Requantisers that it is worth to have a map coded. */
  private static final int UNCODED_PRICE = 64;

  private static final int RESIZE_PRICE = 4;

  private final StepGraph graph;
  private final Shapes shapes;
  private final Map<String, FoldOption> folds;
  private final long cycles;
  private final int packed;
  private final Map<String, String> family = new HashMap<>();

  /**
   * A chooser.
   *
   * @param folds per output of a convolution its fold
   * @param cycles cycles of a frame
   * @param packed pixels of which every row of the output is made up
   */
  LaneChooser(
      StepGraph graph, Shapes shapes, Map<String, FoldOption> folds, long cycles, int packed) {
    this.graph = graph;
    this.shapes = shapes;
    this.folds = folds;
    this.cycles = cycles;
    this.packed = packed;
  }

  LanePlan choose() {
    Map<String, Integer> made = new LinkedHashMap<>();
    Map<String, Integer> carried = new LinkedHashMap<>();
    Map<String, int[]> read = new LinkedHashMap<>();
    for (List<String> values : families()) {
      int lanes = best(values);
      for (String value : values) {
        carried.put(value, lanes);
      }
    }
    for (Step step : graph.steps()) {
      String value = step.output();
      requireStored(step, carried);
      made.put(value, makes(step, carried.get(value)) ? carried.get(value) : ownLanes(step));
      int[] ports = new int[step.inputs().size()];
      for (int i = 0; i < ports.length; i++) {
        String in = step.inputs().get(i);
        ports[i] = reads(step, in, carried.get(in)) ? carried.get(in) : leastLanes(step, in);
      }
      read.put(value, ports);
    }
    return new LanePlan(made, carried, read, pixels());
  }

  private int pixels() {
    boolean shuffled =
        graph.steps().stream()
            .filter(s -> s.output().equals(graph.output()))
            .anyMatch(s -> StepGraph.node(s, Node.DepthToSpace.class) != null);
    boolean sole = graph.readers(graph.output()) == 1;
    return shuffled && sole ? Shapes.pixelsPerClock(shapes.of(graph.output()), cycles, packed) : 1;
  }

  private List<List<String>> families() {
    for (Step step : graph.steps()) {
      String root = step.output();
      family.put(root, root);
      if (keepsLanes(step)) {
        for (String in : step.inputs()) {
          if (shapes.of(in).channels() != shapes.of(root).channels()) {
            continue;
          }
          String old = family.get(in);
          family.replaceAll((value, head) -> head.equals(old) ? root : head);
        }
      }
    }
    Map<String, List<String>> members = new LinkedHashMap<>();
    for (Step step : graph.steps()) {
      String value = step.output();
      members.computeIfAbsent(family.get(value), head -> new ArrayList<>()).add(value);
    }
    return List.copyOf(members.values());
  }

  private static boolean keepsLanes(Step step) {
    return step instanceof Step.Cut || step instanceof Step.Op op && multiplications(op.node()) > 0;
  }

  /** What a lane of a unit that keeps lanes takes, in requantisers; 0 of any other. */
  private static int multiplications(Node node) {
    if (node instanceof Node.QResize resize) {
      return resize.weightBits() > 0 ? RESIZE_PRICE : 1;
    }
    if (node instanceof Node.QMul) {
      return MUL_PRICE;
    }
    boolean one =
        node instanceof Node.QScale
            || node instanceof Node.QNorm
            || node instanceof Node.QCustom
            || node instanceof Node.QTable
            || node instanceof Node.QAdd
            || node instanceof Node.QPool;
    return one ? 1 : 0;
  }

  private int multiplications(Step step) {
    boolean folds = this.folds.containsKey(step.output());
    return folds ? 1 : step instanceof Step.Op op ? multiplications(op.node()) : 0;
  }

  /** Whether a pool, which also walks past its frame, keeps up with {@code lanes}. */
  private boolean walksInTime(Step step, int lanes) {
    Node.QPool pool = StepGraph.node(step, Node.QPool.class);
    if (pool == null) {
      return true;
    }
    StreamType in = shapes.of(step.inputs().get(0));
    return PoolSpec.steps(pool, in) * Bits.ceilDiv(in.channels(), lanes) <= cycles;
  }

  /** Whether a cut takes beats of {@code lanes}. */
  private boolean stores(Step step, int lanes) {
    if (!(step instanceof Step.Cut cut)) {
      return true;
    }
    return Cuts.fits(cut, shapes.of(cut.input()), lanes);
  }

  /** Whether a cut can use its codec on beats of {@code lanes}. */
  private boolean codes(Step step, int lanes) {
    return !(step instanceof Step.Cut cut)
        || Cuts.codes(cut, shapes.of(cut.input()), lanes, cycles);
  }

  private void requireStored(Step step, Map<String, Integer> carried) {
    if (!stores(step, carried.get(step.output()))) {
      throw TesseraException.input(
          "plan.cut",
          "value '" + step.inputs().get(0) + "'",
          "no beats of this map are whole, keep up, and fit a word of the memory it is stored in",
          "widen the word by --axi-bits, or plan for fewer frames per second");
    }
  }

  private int best(List<String> values) {
    int channels = shapes.of(values.get(0)).channels();
    int best = channels;
    long least = Long.MAX_VALUE;
    for (int lanes = 1; lanes <= channels; lanes++) {
      long price = price(values, lanes);
      if (price < least) {
        least = price;
        best = lanes;
      }
    }
    return best;
  }

  private long price(List<String> values, int lanes) {
    long price = 0;
    for (String value : values) {
      if (beats(value, lanes) > shapes.beats(value, cycles)) {
        return Long.MAX_VALUE;
      }
      for (Step step : graph.steps()) {
        if (step.output().equals(value)) {
          int multipliers = multiplications(step);
          price += codes(step, lanes) ? 0 : UNCODED_PRICE;
          if (!walksInTime(step, lanes) || !stores(step, lanes)) {
            return Long.MAX_VALUE;
          }
          price += makes(step, lanes) ? lanes * multipliers : ownLanes(step) + ROUTE_PRICE;
        } else if (step.inputs().contains(value) && !reads(step, value, lanes)) {
          price += ROUTE_PRICE;
        }
      }
      boolean leaves = value.equals(graph.output());
      price += leaves && lanes != shapes.of(value).channels() ? ROUTE_PRICE : 0;
    }
    return price;
  }

  private int beats(String value, int lanes) {
    return Bits.ceilDiv(shapes.of(value).channels(), lanes);
  }

  private boolean makes(Step step, int lanes) {
    FoldOption fold = folds.get(step.output());
    if (fold != null) {
      return fold.drains(lanes);
    }
    boolean input = step.inputs().isEmpty();
    boolean wide = step.output().equals(graph.output()) && pixels() > 1;
    return !(input || wide) || lanes == shapes.of(step.output()).channels();
  }

  /** Lanes of a unit that cannot make those of its family. */
  private int ownLanes(Step step) {
    FoldOption fold = folds.get(step.output());
    return fold != null ? fold.requantisers() : shapes.of(step.output()).channels();
  }

  private boolean reads(Step step, String value, int lanes) {
    FoldOption fold = folds.get(step.output());
    return fold == null || fold.keepsUp(lanes, cycles);
  }

  private int leastLanes(Step step, String value) {
    int lanes = 1;
    while (!reads(step, value, lanes)) {
      lanes++;
    }
    return lanes;
  }
}
