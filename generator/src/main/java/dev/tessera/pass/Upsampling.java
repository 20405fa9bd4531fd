package dev.tessera.pass;

import dev.tessera.ir.Border;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Macs;
import dev.tessera.ir.Node;
import dev.tessera.ir.TapLists;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An enlarging layer of a network.
 *
 * @param name its operator
 * @param kind how the model states it
 * @param factor r, enlargement of both axes
 * @param kernel K, taps on an axis: of the convolution, or of the transposed one
 * @param in channels that it reads
 * @param out channels that it makes
 * @param groups of channels that do not mix
 * @param spread pixels on an axis that the resize alone makes of one; 1 without a resize
 * @param pixels positions of the small map per pixel of the input frame
 * @param products multiplications of the hardware per position of the small map
 * @param taken what the hardware does and why
 */
public record Upsampling(
    String name,
    Kind kind,
    int factor,
    int kernel,
    int in,
    int out,
    int groups,
    int spread,
    double pixels,
    double products,
    String taken) {
  /** Forms in which models enlarge. */
  public enum Kind {
    /** A convolution that makes all phases, and a pixel shuffle. */
    SUB_PIXEL,
    /** Repetition, and a convolution of the large map. */
    NEAREST,
    /** Linear interpolation, and a convolution of the large map. */
    BILINEAR,
    /** A transposed convolution. */
    TRANSPOSED
  }

  /**
   * The enlarging layers of a network.
   *
   * @param network the graph as it was read, and what the passes made of it
   */
  public static List<Upsampling> of(Lowered network) {
    List<Upsampling> all = new ArrayList<>();
    Graph graph = network.original();
    for (Node node : graph.nodes()) {
      if (node instanceof Node.DepthToSpace shuffle) {
        find(network, shuffle).ifPresent(all::add);
      }
    }
    return all;
  }

  private static Optional<Upsampling> find(Lowered network, Node.DepthToSpace shuffle) {
    Graph graph = network.original();
    Node made = graph.producer(shuffle.input()).orElseThrow();
    if (made instanceof Node.Select && made.name().equals(shuffle.name())) {
      return behind(network, shuffle, Kind.NEAREST, shuffle.block());
    }
    if (made instanceof Node.Conv conv && conv.name().equals(shuffle.name())) {
      boolean depthwise = conv.kernel().groups() == conv.kernel().inChannels();
      boolean interpolates = depthwise && conv.border() == Border.EDGE;
      return interpolates
          ? behind(network, shuffle, Kind.BILINEAR, spread(conv.kernel()))
          : Optional.of(transposed(network, conv, shuffle));
    }
    return convolution(graph, made).map(conv -> subPixel(network, conv, shuffle));
  }

  /** Pixels on an axis that one pixel reaches: the phases together hold each tap once. */
  private static int spread(Kernel kernel) {
    int taps = 0;
    for (float weight : kernel.weights()) {
      taps += weight == 0 ? 0 : 1;
    }
    return (int) Math.round(Math.sqrt((double) taps / kernel.inChannels()));
  }

  /** The convolution that a map comes from through additions, functions and roundings. */
  private static Optional<Node.Conv> convolution(Graph graph, Node node) {
    if (node instanceof Node.Conv conv) {
      return Optional.of(conv);
    }
    boolean passes =
        node instanceof Node.Add
            || node instanceof Node.Activate
            || node instanceof Node.Affine
            || node instanceof Node.Normalize
            || node instanceof Node.FakeQuant;
    return passes
        ? node.inputs().stream()
            .flatMap(input -> graph.producer(input).stream())
            .flatMap(producer -> convolution(graph, producer).stream())
            .findFirst()
        : Optional.empty();
  }

  private static Upsampling subPixel(Lowered network, Node.Conv conv, Node.DepthToSpace shuffle) {
    int r = shuffle.block();
    Kernel k = conv.kernel();
    return new Upsampling(
        conv.name(),
        Kind.SUB_PIXEL,
        r,
        Math.max(k.height(), k.width()),
        k.inChannels(),
        k.outChannels() / (r * r),
        k.groups(),
        1,
        pixels(network.original(), conv.output()),
        Macs.ofNode(conv),
        "all phases at the low resolution; the shuffle is the order in which rows leave");
  }

  private static Upsampling transposed(Lowered network, Node.Conv conv, Node.DepthToSpace shuffle) {
    int r = shuffle.block();
    Kernel k = conv.kernel();
    int out = k.outChannels() / (r * r);
    // All phases together hold every tap of the transposed kernel once.
    double area = (double) Macs.ofNode(conv) / ((double) k.inChannelsPerGroup() * out);
    return new Upsampling(
        conv.name(),
        Kind.TRANSPOSED,
        r,
        (int) Math.round(Math.sqrt(area)),
        k.inChannels(),
        out,
        k.groups(),
        1,
        pixels(network.original(), conv.output()),
        Macs.ofNode(conv),
        "polyphase: every phase multiplies its own taps, inserted zeros are never read");
  }

  private static Optional<Upsampling> behind(
      Lowered network, Node.DepthToSpace shuffle, Kind kind, int spread) {
    Graph graph = network.original();
    Optional<Node.Conv> reader =
        graph.consumers(shuffle.output()).stream()
            .flatMap(n -> skipped(n) ? graph.consumers(n.output()).stream() : Stream.of(n))
            .filter(n -> n instanceof Node.Conv)
            .map(Node.Conv.class::cast)
            .findFirst();
    return reader.map(conv -> resized(network, conv, shuffle, kind, spread));
  }

  private static boolean skipped(Node node) {
    return node instanceof Node.Pad || node instanceof Node.FakeQuant;
  }

  private static Upsampling resized(
      Lowered network, Node.Conv conv, Node.DepthToSpace shuffle, Kind kind, int spread) {
    int r = shuffle.block();
    Kernel k = conv.kernel();
    double pixels = pixels(network.original(), shuffle.input());
    double direct = (double) Macs.ofNode(conv) * r * r;
    Optional<Node.Conv> built = built(network.graph(), conv.name());
    boolean merged =
        built.isPresent()
            && Math.abs(pixels(network.graph(), built.get().output()) - pixels) < 1e-9;
    double products =
        merged
            ? TapLists.of(built.get().kernel()).products(built.get().kernel().outChannels())
            : direct;
    return new Upsampling(
        conv.name(),
        kind,
        r,
        Math.max(k.height(), k.width()),
        k.inChannels(),
        k.outChannels(),
        k.groups(),
        spread,
        pixels,
        products,
        merged
            ? "polyphase: weights that meet the same pixel are added, equal phases computed once"
            : reason(kind, conv));
  }

  private static String reason(Kind kind, Node.Conv conv) {
    if (kind == Kind.BILINEAR) {
      return "interpolated, then convolved: merged weights would be wrong at the borders";
    }
    return conv.kernel().fixed() != null
        ? "repeated, then convolved: sums of prescribed weights would need more bits"
        : "repeated, then convolved: padding is not that of the small map, or it takes no more";
  }

  private static Optional<Node.Conv> built(Graph graph, String name) {
    return graph.nodes().stream()
        .filter(n -> n instanceof Node.Conv && n.name().equals(name))
        .map(Node.Conv.class::cast)
        .findFirst();
  }

  private static double pixels(Graph graph, String value) {
    return Macs.scale(graph, graph.type(value));
  }
}
