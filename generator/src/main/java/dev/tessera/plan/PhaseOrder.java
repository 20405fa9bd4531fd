package dev.tessera.plan;

import dev.tessera.hw.Fifo;
import dev.tessera.hw.Ram;
import dev.tessera.hw.StreamType;
import dev.tessera.ir.Node;
import dev.tessera.ir.Nodes;
import dev.tessera.unit.conv.ConvFold;
import dev.tessera.unit.conv.ConvGeometry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides for every convolution in front of a pixel shuffle who puts the phase rows in order: the
 * convolution, which then keeps one more row of its input and walks every row again, or the
 * shuffle, which keeps the phase rows behind the first.
 */
final class PhaseOrder {
  private static final int MOST_BEATS = 16;
  private static final ConvFold SERIAL = new ConvFold(1, 1, 1, 1);

  private final StepGraph graph;
  private final Shapes shapes;
  private final Board board;
  private final Enlarging wanted;
  private final Map<String, Step.Op> shuffles = new HashMap<>();

  private PhaseOrder(StepGraph graph, Shapes shapes, Board board, Enlarging wanted) {
    this.graph = graph;
    this.shapes = shapes;
    this.board = board;
    this.wanted = wanted;
    for (Step step : graph.steps()) {
      if (StepGraph.node(step, Node.DepthToSpace.class) != null) {
        shuffles.put(step.inputs().get(0), (Step.Op) step);
      }
    }
  }

  /**
   * A convolution in front of a shuffle.
   *
   * @param conv its node
   * @param value what the shuffle makes
   * @param block S
   * @param replays whether its rows are walked again
   * @param replayBytes memory that walking again takes beside the line buffer
   * @param reorderBytes memory of the shuffle at least
   * @param reason why
   */
  record Decision(
      Node.QConv conv,
      String value,
      int block,
      boolean replays,
      long replayBytes,
      long reorderBytes,
      String reason) {}

  /** What was decided, in the order of the graph. */
  static List<Decision> decide(
      StepGraph graph, int width, int height, Board board, Enlarging wanted) {
    Shapes shapes = Shapes.of(graph, width, height);
    PhaseOrder order = new PhaseOrder(graph, shapes, board, wanted);
    List<Decision> all = new ArrayList<>();
    for (Step step : graph.steps()) {
      Node.QConv conv = StepGraph.node(step, Node.QConv.class);
      if (conv != null && order.shuffles.containsKey(step.output())) {
        all.add(order.decide(step, conv, order.shuffles.get(step.output())));
      }
    }
    return all;
  }

  /** The graph with the shuffles that {@code decisions} give to their convolutions. */
  static StepGraph apply(StepGraph graph, List<Decision> decisions) {
    Map<String, Decision> taken = new HashMap<>();
    decisions.stream().filter(Decision::replays).forEach(d -> taken.put(d.value(), d));
    Map<String, Step> replaced = new HashMap<>();
    for (Step step : graph.steps()) {
      if (taken.containsKey(step.output())) {
        replaced.put(step.inputs().get(0), step);
      }
    }
    List<Step> steps = new ArrayList<>();
    for (Step step : graph.steps()) {
      Node.QConv conv = StepGraph.node(step, Node.QConv.class);
      if (conv != null && replaced.containsKey(step.output())) {
        String made = replaced.get(step.output()).output();
        steps.add(new Step.Op(Nodes.output(conv, made), step.inputs(), taken.get(made).block()));
      } else if (!taken.containsKey(step.output())) {
        steps.add(step);
      }
    }
    return new StepGraph(steps, graph.channels(), graph.output());
  }

  private Decision decide(Step step, Node.QConv conv, Step.Op shuffle) {
    int block = ((Node.DepthToSpace) shuffle.node()).block();
    StreamType in = shapes.of(step.inputs().get(0));
    StreamType made = shapes.of(step.output());
    Ram replay = replayed(in, block);
    Ram reorder = reordered(made, block);
    Optional<String> unable = unable(step, conv, shuffle, in, block);
    double blocks = share(replay) - share(reorder);
    long bytes = replay.bytes() - reorder.bytes();
    boolean less = blocks != 0 ? blocks < 0 : bytes < 0;
    boolean replays =
        unable.isEmpty() && wanted != Enlarging.REORDER && (wanted == Enlarging.REPLAY || less);
    String measure = blocks != 0 ? "blocks of memory" : "bytes";
    String comparison =
        "a row of the input takes "
            + (less ? "fewer " : "no fewer ")
            + measure
            + " than phase rows do at least";
    String reason = unable.orElse(wanted != Enlarging.AUTO ? "asked for" : comparison);
    return new Decision(
        conv, shuffle.output(), block, replays, replay.bytes(), reorder.bytes(), reason);
  }

  private Optional<String> unable(
      Step step, Node.QConv conv, Step.Op shuffle, StreamType in, int block) {
    if (graph.readers(step.output()) > 1) {
      return Optional.of("the phases are also read as channels");
    }
    if (((Node.DepthToSpace) shuffle.node()).crd()) {
      return Optional.of("the phases are not the outermost order of the channels");
    }
    if (wanted == Enlarging.AUTO && shuffle.output().equals(graph.output())) {
      return Optional.of("only a shuffle delivers several pixels per clock to the video output");
    }
    ConvGeometry serial = ConvShape.of(conv, in, block).with(in.channels(), 1, SERIAL);
    return serial.whyInvalid();
  }

  /**
   * A row of the input in as many beats as shape the memory best, and what waits in front while
   * none of a row's places is free.
   */
  private Ram replayed(StreamType in, int block) {
    int row = in.width() + Math.max(0, block - 2) * in.width() / block;
    Ram best = null;
    for (int beats = 1; beats <= Math.min(MOST_BEATS, in.channels()); beats++) {
      if (in.channels() % beats == 0) {
        Ram ram = ram(1, row * beats, in.channels() / beats * in.type().bits());
        best = best == null || share(ram) < share(best) ? ram : best;
      }
    }
    return best;
  }

  /** The later phase rows, each as deep as a shuffle needs at least. */
  private static Ram reordered(StreamType phases, int block) {
    return ram(block - 1, phases.width() + 1, phases.channels() / block * phases.type().bits());
  }

  private static Ram ram(int banks, int words, int bits) {
    return Ram.of(banks, words, bits, true);
  }

  /** Share of the board's memories that {@code ram} takes; small ones take none. */
  private double share(Ram ram) {
    boolean small = ram.shapes().get(0).words() <= Fifo.DISTRIBUTED_DEPTH;
    return small ? 0 : RamMapping.of(List.of(ram), board.memories()).fullest().share();
  }
}
