package dev.tessera.plan;

import dev.tessera.hw.StreamType;
import dev.tessera.ir.Node;
import dev.tessera.ir.Sampling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bytes that a pipeline keeps on the chip, as far as rows of pixels decide about them: what windows
 * and pixel shuffles hold, and what waits where a path is joined by one that looks further down.
 */
final class BufferModel {
  private static final int BYTE = 8;

  private BufferModel() {}

  /** Bytes of rows held by windows and pixel shuffles. */
  static long lineBytes(Pipeline pipeline) {
    long bits = 0;
    for (Step step : pipeline.graph().steps()) {
      if (step instanceof Step.Op op && !op.inputs().isEmpty()) {
        bits += held(op, rowBits(pipeline.shapes().of(op.inputs().get(0))));
      }
    }
    return bits / BYTE;
  }

  /** Bits that a unit holds of its input, whose rows are of {@code row} bits. */
  private static long held(Step.Op op, long row) {
    Node node = op.node();
    if (node instanceof Node.DepthToSpace shuffle) {
      // All phase rows of an input row arrive at once; the first of them leaves as it comes.
      return row - row / shuffle.block();
    }
    return (rows(node) - (op.block() > 1 ? 0 : 1)) * row;
  }

  /** Rows of the window of {@code node}. */
  private static int rows(Node node) {
    if (node instanceof Node.QConv conv) {
      return conv.kernel().height();
    }
    if (node instanceof Node.QPool pool) {
      return pool.height();
    }
    boolean mixes = node instanceof Node.QResize r && r.sampling().mode() == Sampling.Mode.LINEAR;
    return mixes ? 2 : 1;
  }

  /** Bytes that wait on the shorter paths into joins, each where its path is narrowest. */
  static long fifoBytes(Pipeline pipeline) {
    Map<String, Double> lags = new HashMap<>();
    Map<String, Double> narrowest = new HashMap<>();
    double bits = 0;
    for (Step step : pipeline.graph().steps()) {
      List<String> inputs = step.inputs();
      double latest = inputs.stream().mapToDouble(lags::get).max().orElse(0);
      for (String input : inputs) {
        bits += (latest - lags.get(input)) * narrowest.get(input);
      }
      lags.put(step.output(), latest + lag(step, pipeline));
      double own = bitsPerFrameRow(step.output(), pipeline);
      double before = inputs.size() == 1 ? narrowest.get(inputs.get(0)) : own;
      boolean forks = pipeline.graph().readers(step.output()) > 1;
      narrowest.put(step.output(), forks ? own : Math.min(own, before));
    }
    return Math.round(bits / BYTE);
  }

  private static double bitsPerFrameRow(String value, Pipeline pipeline) {
    StreamType type = pipeline.shapes().of(value);
    return (double) rowBits(type) * type.height() / pipeline.height();
  }

  /** Rows of the frame by which a unit's output is behind its input. */
  private static double lag(Step step, Pipeline pipeline) {
    if (!(step instanceof Step.Op op) || op.inputs().isEmpty()) {
      return 0;
    }
    int before = 0;
    if (op.node() instanceof Node.QConv conv) {
      before = conv.pads().top();
    } else if (op.node() instanceof Node.QPool pool) {
      before = pool.pads().top();
    }
    int height = pipeline.shapes().of(op.inputs().get(0)).height();
    return (double) (rows(op.node()) - 1 - before) * pipeline.height() / height;
  }

  private static long rowBits(StreamType type) {
    return (long) type.width() * type.channels() * type.type().bits();
  }
}
