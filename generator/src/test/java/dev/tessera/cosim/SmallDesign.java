package dev.tessera.cosim;

import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.UnitSpec;
import dev.tessera.num.FixedType;
import dev.tessera.num.Requant;
import dev.tessera.unit.add.AddSpec;
import dev.tessera.unit.d2s.D2sSpec;
import dev.tessera.unit.fork.ForkSpec;
import dev.tessera.unit.route.RouteSpec;
import dev.tessera.unit.scale.ScaleSpec;
import dev.tessera.unit.table.TableSpec;
import dev.tessera.unit.video.VideoInSpec;
import dev.tessera.unit.video.VideoOutSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A hand-made netlist with a fork, a join, wires, slices and both kinds of FIFO. */
final class SmallDesign {
  static final int WIDTH = 12;
  static final int HEIGHT = 8;
  private static final int LONG_FIFO = 80;
  private static final int SHORT_FIFO = 6;
  private static final FixedType S9 = new FixedType(true, 9);

  private final List<Instance> instances = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  private SmallDesign() {}

  /**
   * An RGB picture, doubled: {@code video in > fork > (table > scale | -) > add > select > d2s >
   * video out}.
   */
  static Design make() {
    return new SmallDesign().build();
  }

  /** A picture of noise. */
  static Frame frame(long seed) {
    return frame(seed, WIDTH, HEIGHT);
  }

  /** A picture of noise of another size. */
  static Frame frame(long seed, int width, int height) {
    Frame frame = new Frame(3, height, width);
    Random random = new Random(seed);
    for (int i = 0; i < frame.data().length; i++) {
      frame.data()[i] = random.nextInt(256);
    }
    return frame;
  }

  private Design build() {
    StreamType rgb = VideoInSpec.frame(3, WIDTH, HEIGHT);
    add(new VideoInSpec("video_in", rgb, 1), List.of(), List.of("pixels"), 0);
    add(new ForkSpec("split", rgb, 2), List.of("pixels"), List.of("left", "right"), 2);
    resize("right", LONG_FIFO);
    TableSpec table = TableSpec.of("curve", rgb, S9, curve());
    add(table, List.of("left"), List.of("bent"), SHORT_FIFO);
    StreamType bent = table.output();
    add(new ScaleSpec("gain", bent, bent, gain()), List.of("bent"), List.of("scaled"), 0);
    AddSpec sum =
        new AddSpec(
            "sum",
            bent,
            rgb,
            rgb,
            new int[] {100, -90, 80},
            new int[] {64, 70, 75},
            new long[] {64, 64, -1000},
            7,
            0,
            255);
    add(sum, List.of("scaled", "right"), List.of("summed"), 1);
    int[] channels = {0, 1, 2, 1, 2, 0, 2, 0, 1, 0, 0, 0};
    RouteSpec route = RouteSpec.select("mix", rgb, channels, 12);
    add(route, List.of("summed"), List.of("mixed"), 2);
    StreamType twice = D2sSpec.shuffled(route.output(), 2, 3, 2);
    add(
        new D2sSpec("shuffle", route.output(), twice, 2, false, List.of(WIDTH, 2 * WIDTH)),
        List.of("mixed"),
        List.of("shuffled"),
        0);
    add(new VideoOutSpec("video_out", twice), List.of("shuffled"), List.of(), 0);
    List<String> ultra = List.of("shuffle", "right");
    return new Design(
        "tiny", "zcu104", 200, WIDTH, HEIGHT, instances, links, 0, Optional.empty(), ultra);
  }

  private static int[] curve() {
    int[] entries = new int[256];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = (int) Math.round(200 * Math.sin(i / 40.0));
    }
    return entries;
  }

  private static Requant gain() {
    return new Requant(
        0,
        10,
        new int[] {900, -1000, 700},
        new long[][] {{512, 700, -3000}},
        new long[] {0, 5, -7},
        new int[] {100, 50, -20},
        new long[][] {{512, 512, 512}},
        -256,
        200);
  }

  private void add(UnitSpec spec, List<String> inputs, List<String> outputs, int depth) {
    instances.add(new Instance(spec, inputs, outputs));
    for (int i = 0; i < outputs.size(); i++) {
      links.add(new Link(outputs.get(i), spec.outputs().get(i), depth));
    }
  }

  private void resize(String name, int depth) {
    links.replaceAll(l -> l.name().equals(name) ? new Link(name, l.type(), depth) : l);
  }
}
