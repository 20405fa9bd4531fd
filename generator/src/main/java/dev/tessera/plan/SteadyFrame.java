package dev.tessera.plan;

import dev.tessera.base.TesseraException;
import dev.tessera.hw.StreamType;
import dev.tessera.ir.Node;
import dev.tessera.ir.Sampling;
import java.util.HashMap;
import java.util.Map;

/**
 * How far a frame may be shortened for a simulation of its steady state. Rows that are left out
 * must be whole periods of all strides, so that borders are met as in the whole frame, and must
 * shorten every map alike: where a map is resized by another ratio then, or one window covers all
 * of it, nothing is left out.
 */
final class SteadyFrame {
  private SteadyFrame() {}

  /** The least rows from {@code wanted} on that will do, at most {@code height}. */
  static int rows(StepGraph graph, int width, int height, int wanted) {
    if (wanted >= height) {
      return height;
    }
    int rows = wanted + Math.floorMod(height - wanted, period(graph));
    return rows < height && alike(graph, width, height, rows) ? rows : height;
  }

  /** Rows of the frame after which all strides repeat. */
  private static int period(StepGraph graph) {
    Map<String, Integer> periods = new HashMap<>();
    int all = 1;
    for (Step step : graph.steps()) {
      int period = 1;
      for (String input : step.inputs()) {
        period = common(period, periods.get(input));
      }
      period *= stride(step);
      periods.put(step.output(), period);
      all = common(all, period);
    }
    return all;
  }

  private static int stride(Step step) {
    Node.QConv conv = StepGraph.node(step, Node.QConv.class);
    Node.QPool pool = StepGraph.node(step, Node.QPool.class);
    return conv != null ? conv.stride().rows() : pool != null ? pool.stride().rows() : 1;
  }

  /** The least common multiple. */
  private static int common(int a, int b) {
    int x = a;
    int y = b;
    while (y != 0) {
      int rest = x % y;
      x = y;
      y = rest;
    }
    return a / x * b;
  }

  private static boolean alike(StepGraph graph, int width, int height, int rows) {
    if (graph.steps().stream().noneMatch(SteadyFrame::depends)) {
      return true;
    }
    Shapes shorter;
    try {
      shorter = Shapes.of(graph, width, rows);
    } catch (TesseraException tooShort) {
      return false;
    }
    Shapes whole = Shapes.of(graph, width, height);
    return graph.steps().stream().allMatch(step -> alike(step, whole, shorter));
  }

  private static boolean depends(Step step) {
    return StepGraph.node(step, Node.QPool.class) != null
        || StepGraph.node(step, Node.QResize.class) != null;
  }

  private static boolean alike(Step step, Shapes whole, Shapes shorter) {
    StreamType made = shorter.of(step.output());
    if (made.height() >= whole.of(step.output()).height()) {
      return false;
    }
    if (StepGraph.node(step, Node.QPool.class) != null) {
      return made.height() > 1;
    }
    Node.QResize resize = StepGraph.node(step, Node.QResize.class);
    if (resize == null) {
      return true;
    }
    int factor = factor(step, whole);
    boolean corners = resize.sampling().coordinates() == Sampling.Coordinates.ALIGN_CORNERS;
    return factor > 0 && factor == factor(step, shorter) && !corners;
  }

  /** Rows made of each row, or 0 if that is no whole number. */
  private static int factor(Step step, Shapes shapes) {
    int before = shapes.of(step.inputs().get(0)).height();
    int made = shapes.of(step.output()).height();
    return made % before == 0 ? made / before : 0;
  }
}
