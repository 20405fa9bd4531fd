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

/**
 * An enlarging layer of a network.
 *
 * @param name its operator
 * @param kind how the model states it
 * @param factor r, enlargement of both axes
 * @param kernel K, taps on an axis: of the convolution, or of the transposed one
 * @param in channels that it reads
 * @param out channels that it makes
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
    if (made instanceof Node.Select) {
      return behind(network, shuffle, Kind.NEAREST);
    }
    if (made instanceof Node.Conv conv && conv.name().equals(shuffle.name())) {
      boolean depthwise = conv.kernel().groups() == conv.kernel().inChannels();
      boolean interpolates = depthwise && conv.border() == Border.EDGE;
      return interpolates
          ? behind(network, shuffle, Kind.BILINEAR)
          : Optional.of(transposed(network, conv, shuffle));
    }
    return convolution(graph, made).map(conv -> subPixel(network, conv, shuffle));
  }

  /** The convolution that a map comes from through additions and functions. */
  private static Optional<Node.Conv> convolution(Graph graph, Node node) {
    Node at = node;
    while (at instanceof Node.Add || at instanceof Node.Activate || at instanceof Node.Affine) {
      at = graph.producer(at.inputs().get(0)).orElseThrow();
    }
    return at instanceof Node.Conv conv ? Optional.of(conv) : Optional.empty();
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
        pixels(network.original(), conv.output()),
        Macs.ofNode(conv),
        "polyphase: every phase multiplies its own taps, inserted zeros are never read");
  }

  private static Optional<Upsampling> behind(
      Lowered network, Node.DepthToSpace shuffle, Kind kind) {
    Graph graph = network.original();
    Optional<Node.Conv> reader =
        graph.consumers(shuffle.output()).stream()
            .map(n -> n instanceof Node.Pad pad ? graph.consumers(pad.output()).get(0) : n)
            .filter(n -> n instanceof Node.Conv)
            .map(Node.Conv.class::cast)
            .findFirst();
    return reader.map(conv -> resized(network, conv, shuffle, kind));
  }

  private static Upsampling resized(
      Lowered network, Node.Conv conv, Node.DepthToSpace shuffle, Kind kind) {
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
