package dev.tessera.pass;

import dev.tessera.base.TesseraException;
import dev.tessera.ir.Graph;
import dev.tessera.ir.GraphPrinter;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;

/**
 * Gives every convolution a window that the hardware has: cropping becomes taps of zero, and what
 * makes a map larger than the one it reads is refused.
 */
final class WidenKernels implements Pass {
  private static final int LARGEST_KERNEL = 11;

  @Override
  public String name() {
    return "widen-kernels";
  }

  @Override
  public Graph apply(Graph graph) {
    Editor editor = new Editor(graph);
    for (Node node : editor.nodes()) {
      if (node instanceof Node.Conv conv) {
        Node.Conv widened = widen(conv);
        requireWindow(widened);
        if (widened != conv) {
          editor.put(widened);
        }
      }
    }
    return editor.build();
  }

  private static Node.Conv widen(Node.Conv conv) {
    Pads p = conv.pads();
    Pads crop =
        new Pads(
            Math.max(0, -p.top()),
            Math.max(0, -p.left()),
            Math.max(0, -p.bottom()),
            Math.max(0, -p.right()));
    if (crop.isNone()) {
      return conv;
    }
    Kernel k = conv.kernel();
    int height = k.height() + crop.top() + crop.bottom();
    int width = k.width() + crop.left() + crop.right();
    requireKernel(conv, height, width);
    int planes = k.outChannels() * k.inChannelsPerGroup();
    float[] weights = new float[planes * height * width];
    for (int plane = 0; plane < planes; plane++) {
      for (int y = 0; y < k.height(); y++) {
        int from = (plane * k.height() + y) * k.width();
        int to = (plane * height + y + crop.top()) * width + crop.left();
        System.arraycopy(k.weights(), from, weights, to, k.width());
      }
    }
    Kernel wide =
        new Kernel(
            k.outChannels(),
            k.inChannelsPerGroup(),
            height,
            width,
            k.groups(),
            weights,
            k.bias(),
            k.fixed());
    return Convs.withPads(conv, wide, p.plus(crop), conv.border(), conv.padValue());
  }

  private static void requireKernel(Node.Conv conv, int height, int width) {
    if (height > LARGEST_KERNEL || width > LARGEST_KERNEL) {
      throw TesseraException.input(
          "graph.window",
          "node '" + conv.name() + "'",
          "the window with its cropped border is " + height + " x " + width,
          "crop less; windows may be up to " + LARGEST_KERNEL + " x " + LARGEST_KERNEL);
    }
  }

  private static void requireWindow(Node.Conv conv) {
    Kernel k = conv.kernel();
    Pads p = conv.pads();
    boolean grows = p.top() + p.bottom() > k.height() - 1 || p.left() + p.right() > k.width() - 1;
    if (grows) {
      throw TesseraException.input(
          "graph.padding",
          "node '" + conv.name() + "'",
          "padding makes the map larger than the one it is read from ("
              + GraphPrinter.detail(conv)
              + ")",
          "pad each convolution by at most its kernel size less one in all");
    }
  }
}
