package dev.tessera.plan;

import dev.tessera.base.TesseraException;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.Size;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.ir.Node;
import dev.tessera.num.TableCodes;
import dev.tessera.unit.Statistics;
import dev.tessera.unit.add.AddSpec;
import dev.tessera.unit.codec.Codecs;
import dev.tessera.unit.codec.CutSpec;
import dev.tessera.unit.conv.ConvSpec;
import dev.tessera.unit.custom.CustomSpec;
import dev.tessera.unit.d2s.D2sSpec;
import dev.tessera.unit.mul.MulSpec;
import dev.tessera.unit.norm.NormSpec;
import dev.tessera.unit.pool.PoolSpec;
import dev.tessera.unit.resize.ResizeSpec;
import dev.tessera.unit.route.RouteSpec;
import dev.tessera.unit.scale.ScaleSpec;
import dev.tessera.unit.table.TableSpec;
import dev.tessera.unit.video.VideoInSpec;
import dev.tessera.unit.video.VideoOutSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Steps to units and links. Every decision is made before, so that the same pipeline can be built
 * for frames of any height; links are wires until their depths are known.
 */
final class Lowering {
  /** Units in topological order and the streams between them. */
  record Netlist(List<Instance> instances, List<Link> links) {
    Netlist {
      instances = List.copyOf(instances);
      links = List.copyOf(links);
    }
  }

  /**
   * How long whole frames take, of which a pipeline may be built for a part.
   *
   * @param cycles of a frame
   * @param height its rows
   */
  record Times(long cycles, int height) {}

  private final StepGraph graph;
  private final Map<String, FoldOption> folds;
  private final LanePlan lanes;
  private final Times times;
  private final Size frame;
  private final NetlistBuilder netlist = new NetlistBuilder();
  private final Map<String, Deque<String>> readers = new HashMap<>();

  /** Bytes of the maps stored so far. */
  private long stored;

  private Lowering(
      StepGraph graph, Map<String, FoldOption> folds, LanePlan lanes, Times times, Size frame) {
    this.frame = frame;
    this.times = times;
    this.graph = graph;
    this.folds = folds;
    this.lanes = lanes;
  }

  /** The pipeline for frames of {@code frame}. */
  static Netlist lower(
      StepGraph graph, Map<String, FoldOption> folds, LanePlan lanes, Times times, Size frame) {
    return new Lowering(graph, folds, lanes, times, frame).run();
  }

  private Netlist run() {
    for (Step step : graph.steps()) {
      if (step.inputs().isEmpty()) {
        StreamType type = VideoInSpec.frame(graph.channels(), frame.width(), frame.height());
        add(new VideoInSpec(netlist.unique("video_in"), type, 1), List.of(), step);
      } else {
        List<String> in = inputs(step);
        add(spec(step, netlist.unique(step.name()), in), in, step);
      }
    }
    String last = link(graph.output());
    StreamType out = netlist.type(last);
    int wanted = lanesOut(out);
    if (out.lanes() != wanted) {
      last = convert("video_out", last, wanted);
      out = netlist.type(last);
    }
    netlist.connect(new VideoOutSpec(netlist.unique("video_out"), out), List.of(last));
    return netlist.build();
  }

  /** Pixels leave whole, codes of tables one by one, features as they come. */
  private static int lanesOut(StreamType out) {
    if (out.type().equals(TableCodes.TYPE)) {
      return 1;
    }
    return out.channels() == 1 || out.channels() == 3 ? out.channels() : out.lanes();
  }

  /** The links that feed a step, converted to the lanes it reads. */
  private List<String> inputs(Step step) {
    List<String> in = new ArrayList<>();
    int[] ports = lanes.read().get(step.output());
    for (int i = 0; i < ports.length; i++) {
      String link = link(step.inputs().get(i));
      boolean fits = netlist.type(link).lanes() == ports[i];
      in.add(fits ? link : convert(step.name(), link, ports[i]));
    }
    return in;
  }

  private String link(String value) {
    return readers.get(value).removeFirst();
  }

  private UnitSpec spec(Step step, String name, List<String> links) {
    List<StreamType> in = links.stream().map(l -> netlist.type(l)).toList();
    StreamType first = in.get(0);
    int made = lanes.made().get(step.output());
    if (step instanceof Step.Wire wire) {
      StreamType output =
          new StreamType(wire.taps().size(), made, Shapes.union(in), first.width(), first.height());
      return new RouteSpec(name, in, output, wire.taps());
    }
    if (step instanceof Step.Cut cut) {
      return cut(name, cut, first);
    }
    Node node = ((Step.Op) step).node();
    if (node instanceof Node.QConv conv) {
      return conv(name, conv, first, step);
    }
    if (node instanceof Node.QScale scale) {
      return ScaleSpec.of(name, first, scale.type(), scale.requant());
    }
    if (node instanceof Node.QNorm norm) {
      return NormSpec.of(name, first, norm.type(), norm.requant(), norm.norm());
    }
    if (node instanceof Node.QCustom layer) {
      return new CustomSpec(name, layer.kind(), layer.settings(), in);
    }
    if (node instanceof Node.QTable table) {
      return TableSpec.of(name, first, table.type(), table.entries());
    }
    if (node instanceof Node.QAdd add) {
      return AddSpec.of(name, add, first, in.get(1));
    }
    if (node instanceof Node.QMul mul) {
      return MulSpec.of(name, mul, first, in.get(1));
    }
    if (node instanceof Node.QPool pool) {
      return PoolSpec.of(name, pool, first);
    }
    if (node instanceof Node.QResize resize) {
      return ResizeSpec.of(name, resize, first, Shapes.size(resize, frame));
    }
    return shuffle(name, (Node.DepthToSpace) node, first, made);
  }

  /** A stored map, in the memory behind those before. */
  private UnitSpec cut(String name, Step.Cut cut, StreamType map) {
    double share = (double) frame.height() / times.height();
    double bits = map.beatsPerFrame() * map.bits() / share;
    CutSpec raw =
        new CutSpec(
            name,
            map,
            Codecs.RAW,
            cut.busBits(),
            Cuts.slots(cut),
            stored,
            Cuts.depth(bits / cut.busBits() / times.cycles()),
            cut.frames() * times.cycles() + (cut.normalised() ? table(cut, map) : 0),
            cut.normalised());
    boolean codes = raw.takes(cut.codec(), (long) (times.cycles() * share));
    CutSpec spec = codes ? raw.with(cut.codec(), stored) : raw;
    stored += spec.slots() * spec.stride();
    if (stored > CutSpec.MOST_BYTES) {
      throw TesseraException.input(
          "plan.cut",
          "value '" + cut.input() + "'",
          "the maps stored up to this one take more than 4 GiB",
          "plan for a smaller frame");
    }
    return spec;
  }

  /** Cycles in which the sums of a stored map become the table of what reads it. */
  private long table(Step.Cut cut, StreamType map) {
    Step reader =
        graph.steps().stream().filter(s -> s.inputs().contains(cut.output())).findFirst().get();
    Node.QNorm norm = StepGraph.node(reader, Node.QNorm.class);
    return Statistics.cycles(
        NormSpec.of(norm.name(), map, norm.type(), norm.requant(), norm.norm()));
  }

  private UnitSpec conv(String name, Node.QConv conv, StreamType in, Step step) {
    return new ConvSpec(
        name,
        in,
        conv.kernel(),
        conv.stride(),
        conv.pads(),
        conv.border(),
        conv.padCode(),
        conv.requant(),
        conv.type(),
        lanes.made().get(conv.output()),
        folds.get(conv.output()).fold(),
        conv.norm(),
        StepGraph.block(step),
        folds.get(conv.output()).pairs() > 0);
  }

  /** Phase rows get the least that can work until the simulation has told what they need. */
  private UnitSpec shuffle(String name, Node.DepthToSpace node, StreamType in, int made) {
    int positions = node.output().equals(graph.output()) ? lanes.pixels() : 1;
    StreamType out = D2sSpec.shuffled(in, node.block(), made, positions);
    List<Integer> depths = Collections.nCopies(node.block(), in.width() + 1);
    return new D2sSpec(name, in, out, node.block(), node.crd(), depths);
  }

  /** Adds the unit of a step, a conversion of its lanes and a fork as its readers demand. */
  private void add(UnitSpec spec, List<String> in, Step step) {
    String value = step.output();
    String link = netlist.connect(spec, in).get(0);
    StreamType type = netlist.type(link);
    if (type.positions() == 1 && type.lanes() != lanes.carried().get(value)) {
      link = convert(spec.name(), link, lanes.carried().get(value));
    }
    readers.put(value, new ArrayDeque<>(netlist.fork(spec.name(), link, graph.readers(value))));
  }

  private String convert(String name, String link, int lanes) {
    RouteSpec route = RouteSpec.lanes(netlist.unique(name + "_lanes"), netlist.type(link), lanes);
    return netlist.connect(route, List.of(link)).get(0);
  }
}
