package dev.tessera.quantize;

import dev.tessera.ir.Graph;
import dev.tessera.ir.Node;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Widens single maps and weights until the output is near enough to the float network's.
 *
 * <p>First come the unsigned maps of eight bits, to nine bits signed: that costs memory but no
 * multiplier. Then each map and each layer's weights is widened alone, and as few as reach the
 * target are taken of those that help most for their multiplications; where none reaches it, none
 * that helps little.
 */
final class Raising {
  /** Bits that a map or a layer's weights gain. */
  private static final int STEP = 4;

  private static final int MOST_BITS = 16;

  /** What wider operands must gain, in dB, to be taken where the target is out of reach. */
  private static final double LEAST_GAIN = 1;

  private final Graph graph;
  private final BiFunction<QuantOptions, Attempt, Attempt> quick;
  private final BiFunction<QuantOptions, Attempt, Attempt> full;
  private final List<QuantReport.Raised> raised = new ArrayList<>();
  private Attempt best;

  /**
   * Searches from {@code plain}.
   *
   * @param quick quantises on few patches, to rank, taking over from another attempt what still
   *     holds
   * @param full quantises on all
   */
  Raising(
      Graph graph,
      Attempt plain,
      BiFunction<QuantOptions, Attempt, Attempt> quick,
      BiFunction<QuantOptions, Attempt, Attempt> full) {
    this.graph = graph;
    this.quick = quick;
    this.full = full;
    this.best = plain;
    raiseForFree();
    if (!reached()) {
      take(rank());
    }
  }

  /** The best attempt, which may miss the target. */
  Attempt best() {
    return best;
  }

  /** What was widened. */
  List<QuantReport.Raised> raised() {
    return raised;
  }

  private boolean reached() {
    return best.psnr() >= best.options().targetPsnr();
  }

  private void raiseForFree() {
    QuantOptions options = best.options();
    List<Candidate> maps = new ArrayList<>();
    for (String value : operands()) {
      if (best.grids().of(value).type().signedBits() <= GridPlan.FREE_BITS) {
        FixedType to = new FixedType(true, GridPlan.FREE_BITS);
        if (!to.equals(best.grids().of(value).type())) {
          maps.add(new Candidate(value, true, to.bits(), 0, 0));
          options = options.raised(Map.of(), Map.of(value, to.bits()));
        }
      }
    }
    Attempt attempt = full.apply(options, best);
    if (attempt.psnr() > best.psnr()) {
      Attempt before = best;
      best = attempt;
      maps.forEach(map -> report(map, before));
    }
  }

  /** The first of each set of wired values that multipliers read and no grid is given for. */
  private List<String> operands() {
    List<String> operands = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node instanceof Node.Conv || node instanceof Node.Mul) {
        for (String input : node.inputs()) {
          List<String> joined = best.grids().joined(input);
          if (!best.grids().given(input) && !operands.contains(joined.get(0))) {
            operands.add(joined.get(0));
          }
        }
      }
    }
    return operands;
  }

  /** Multiplications of {@code node} per position. */
  private long products(Node node) {
    if (node instanceof Node.Conv conv) {
      return conv.kernel().macs();
    }
    return node instanceof Node.Mul ? graph.type(node.output()).channels() : 0;
  }

  /**
   * Something that may be widened.
   *
   * @param name of the value or of the node
   * @param map whether it is a map, else the weights of a convolution
   * @param bits after
   * @param cost multiplications per position that take more multipliers
   * @param gain error power that it takes away, on the quick patches
   */
  private record Candidate(String name, boolean map, int bits, long cost, double gain) {
    Candidate gaining(double power) {
      return new Candidate(name, map, bits, cost, power);
    }

    double worth() {
      return gain / Math.max(1, cost);
    }
  }

  private List<Candidate> rank() {
    List<Candidate> candidates = new ArrayList<>();
    for (String value : operands()) {
      long cost = 0;
      for (String joined : best.grids().joined(value)) {
        for (Node reader : graph.consumers(joined)) {
          cost += products(reader);
        }
      }
      int bits = Math.min(MOST_BITS, best.grids().of(value).type().signedBits() + STEP);
      candidates.add(new Candidate(value, true, bits, cost, 0));
    }
    for (Node node : graph.nodes()) {
      if (node instanceof Node.Conv conv && conv.kernel().fixed() == null) {
        int bits = Math.min(MOST_BITS, best.options().weightBitsOf(conv.name()) + STEP);
        candidates.add(new Candidate(conv.name(), false, bits, conv.kernel().macs(), 0));
      }
    }
    Attempt base = quick.apply(best.options(), best);
    return candidates.stream()
        .map(
            c ->
                c.gaining(power(base) - power(quick.apply(with(base.options(), List.of(c)), base))))
        .filter(c -> c.gain() > 0)
        .sorted(Comparator.comparingDouble(Candidate::worth).reversed())
        .toList();
  }

  private static double power(Attempt attempt) {
    return Math.pow(10, -attempt.psnr() / 10);
  }

  private static QuantOptions with(QuantOptions options, List<Candidate> candidates) {
    Map<String, Integer> weights = new TreeMap<>();
    Map<String, Integer> maps = new TreeMap<>();
    candidates.forEach(c -> (c.map() ? maps : weights).put(c.name(), c.bits()));
    return options.raised(weights, maps);
  }

  /** Takes the fewest of the first of {@code ranked} that reach the target, or what helps much. */
  private void take(List<Candidate> ranked) {
    Attempt start = best;
    int taken = 0;
    int tooFew = 0;
    int enough = ranked.size() + 1;
    int tried = expected(ranked);
    while (enough - tooFew > 1) {
      Attempt attempt = full.apply(with(start.options(), ranked.subList(0, tried)), start);
      boolean reaches = attempt.psnr() >= start.options().targetPsnr();
      if (reaches || attempt.psnr() > best.psnr() + LEAST_GAIN) {
        best = attempt;
        taken = tried;
      }
      tooFew = reaches ? tooFew : tried;
      enough = reaches ? tried : enough;
      tried = (tooFew + enough) / 2;
    }
    ranked.subList(0, taken).forEach(c -> report(c, start));
  }

  /**
   * How many of {@code ranked} reach the target if their gains add up, as independent errors do.
   */
  private int expected(List<Candidate> ranked) {
    double left = power(best) - Math.pow(10, -best.options().targetPsnr() / 10);
    int count = 0;
    while (count < ranked.size() && left > 0) {
      left -= ranked.get(count++).gain();
    }
    return count;
  }

  private void report(Candidate candidate, Attempt before) {
    String from;
    String to;
    int multipliers = 1;
    if (candidate.map()) {
      from = before.grids().of(candidate.name()).type().toString();
      to = best.grids().of(candidate.name()).type().toString();
    } else {
      from = "s" + before.options().weightBitsOf(candidate.name());
      to = "s" + candidate.bits();
    }
    for (QuantReport.Layer layer : best.lowering().layers()) {
      if (touches(candidate, layer.name())) {
        multipliers = Math.max(multipliers, layer.multipliersPerProduct());
      }
    }
    String what = (candidate.map() ? "map '" : "weights of '") + candidate.name() + "'";
    raised.add(new QuantReport.Raised(what, from, to, multipliers));
  }

  private boolean touches(Candidate candidate, String layer) {
    if (!candidate.map()) {
      return candidate.name().equals(layer);
    }
    List<String> joined = best.grids().joined(candidate.name());
    return graph.nodes().stream()
        .anyMatch(n -> n.name().equals(layer) && n.inputs().stream().anyMatch(joined::contains));
  }
}
