package dev.tessera.quantize;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Stride;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Runs float graphs by plain loops. */
final class FloatExecutor implements FloatSource {
  private final Graph graph;

  FloatExecutor(Graph graph) {
    this.graph = graph;
  }

  private record Floats(int channels, int height, int width, float[] data) {
    Floats(int channels, int height, int width) {
      this(channels, height, width, new float[channels * height * width]);
    }

    int size() {
      return height * width;
    }
  }

  @Override
  public Map<String, float[]> run(float[] chw, int height, int width) {
    Map<String, Floats> values = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      List<Floats> in = node.inputs().stream().map(values::get).toList();
      Floats out =
          node instanceof Node.Input
              ? new Floats(chw.length / height / width, height, width, chw)
              : step(node, in);
      values.put(node.output(), out);
    }
    Map<String, float[]> result = new LinkedHashMap<>();
    values.forEach((name, map) -> result.put(name, map.data));
    return result;
  }

  private static Floats step(Node node, List<Floats> in) {
    Floats first = in.get(0);
    if (node instanceof Node.Conv conv) {
      return activate(conv(conv, first), conv.activation());
    } else if (node instanceof Node.Add add) {
      Floats out = new Floats(first.channels, first.height, first.width);
      for (int i = 0; i < out.data.length; i++) {
        out.data[i] = first.data[i] + add.sign() * in.get(1).data[i];
      }
      return activate(out, add.activation());
    } else if (node instanceof Node.Mul mul) {
      Floats right = in.get(1);
      Floats out = new Floats(first.channels, first.height, first.width);
      for (int i = 0; i < out.data.length; i++) {
        out.data[i] = first.data[i] * right.data[i % right.data.length];
      }
      return activate(out, mul.activation());
    } else if (node instanceof Node.Activate activate) {
      return activate(first, activate.activation());
    } else if (node instanceof Node.Affine affine) {
      Floats out = new Floats(first.channels, first.height, first.width);
      for (int i = 0; i < out.data.length; i++) {
        int c = i / first.size();
        float scale = affine.scale()[affine.scale().length == 1 ? 0 : c];
        float offset = affine.offset()[affine.offset().length == 1 ? 0 : c];
        out.data[i] = scale * first.data[i] + offset;
      }
      return out;
    } else if (node instanceof Node.Normalize norm) {
      return activate(normalize(norm, first), norm.activation());
    } else if (node instanceof Node.FakeQuant fake) {
      return fakeQuant(fake, first);
    }
    return wire(node, in);
  }

  private static Floats normalize(Node.Normalize norm, Floats in) {
    Floats out = new Floats(in.channels, in.height, in.width);
    int channels = norm.scale().length;
    for (int k = 0; k < channels; k++) {
      double mean = mean(in, k, channels);
      double variance = 0;
      for (int i = 0; i < in.data.length; i++) {
        boolean own = i / in.size() % channels == k;
        variance += own ? Math.pow(in.data[i] - mean, 2) / norm.phases() / in.size() : 0;
      }
      double divisor = Math.sqrt(variance + norm.epsilon());
      for (int i = 0; i < in.data.length; i++) {
        if (i / in.size() % channels == k) {
          double y = (in.data[i] - mean) / divisor;
          out.data[i] = (float) (norm.scale()[k] * y + norm.offset()[k]);
        }
      }
    }
    return out;
  }

  private static double mean(Floats in, int k, int channels) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < in.data.length; i++) {
      if (i / in.size() % channels == k) {
        sum += in.data[i];
        count++;
      }
    }
    return sum / count;
  }

  private static Floats fakeQuant(Node.FakeQuant fake, Floats in) {
    Floats out = new Floats(in.channels, in.height, in.width);
    for (int i = 0; i < out.data.length; i++) {
      int c = i / in.size();
      double scale = fake.quant().scaleOf(c);
      int zero = fake.quant().zeroOf(c);
      double code = Math.rint(in.data[i] / (float) scale) + zero;
      code = Math.max(fake.quant().type().min(), Math.min(fake.quant().type().max(), code));
      out.data[i] = (float) (scale * (code - zero));
    }
    return out;
  }

  private static Floats wire(Node node, List<Floats> in) {
    Floats first = in.get(0);
    if (node instanceof Node.Concat) {
      int channels = in.stream().mapToInt(Floats::channels).sum();
      Floats out = new Floats(channels, first.height, first.width);
      int at = 0;
      for (Floats part : in) {
        System.arraycopy(part.data, 0, out.data, at, part.data.length);
        at += part.data.length;
      }
      return out;
    } else if (node instanceof Node.Select select) {
      Floats out = new Floats(select.channels().length, first.height, first.width);
      for (int c = 0; c < out.channels; c++) {
        int from = select.channels()[c] * first.size();
        System.arraycopy(first.data, from, out.data, c * first.size(), first.size());
      }
      return out;
    } else if (node instanceof Node.DepthToSpace shuffle) {
      int b = shuffle.block();
      Floats out = new Floats(first.channels / b / b, first.height * b, first.width * b);
      for (int c = 0; c < first.channels; c++) {
        int to = shuffle.crd() ? c / (b * b) : c % out.channels;
        int phase = shuffle.crd() ? c % (b * b) : c / out.channels;
        for (int i = 0; i < first.size(); i++) {
          int y = i / first.width * b + phase / b;
          int x = i % first.width * b + phase % b;
          out.data[(to * out.height + y) * out.width + x] = first.data[c * first.size() + i];
        }
      }
      return out;
    }
    throw new IllegalArgumentException(node.name());
  }

  private static Floats conv(Node.Conv conv, Floats in) {
    Kernel k = conv.kernel();
    if (!conv.stride().isOne()) {
      return strided(conv, in);
    }
    int height = in.height + conv.pads().top() + conv.pads().bottom() - k.height() + 1;
    int width = in.width + conv.pads().left() + conv.pads().right() - k.width() + 1;
    Floats out = new Floats(k.outChannels(), height, width);
    IntStream.range(0, k.outChannels() * height)
        .parallel()
        .forEach(line -> line(conv, in, out, line / height, line % height));
    return out;
  }

  /** Every so many rows and columns of the same convolution without strides. */
  private static Floats strided(Node.Conv conv, Floats in) {
    Floats all =
        conv(
            new Node.Conv(
                conv.name(),
                conv.input(),
                conv.output(),
                conv.kernel(),
                Stride.ONE,
                conv.pads(),
                conv.border(),
                conv.padValue(),
                conv.activation()),
            in);
    int rows = conv.stride().rows();
    int columns = conv.stride().columns();
    int width = (all.width - 1) / columns + 1;
    Floats out = new Floats(all.channels, (all.height - 1) / rows + 1, width);
    for (int i = 0; i < out.data.length; i++) {
      int y = i / width % out.height * rows;
      out.data[i] = all.data[(i / out.size() * all.height + y) * all.width + i % width * columns];
    }
    return out;
  }

  /** One row of one output channel. */
  private static void line(Node.Conv conv, Floats in, Floats out, int o, int y) {
    Kernel k = conv.kernel();
    float[] sums = new float[out.width];
    Arrays.fill(sums, k.bias()[o]);
    int group = o / (k.outChannels() / k.groups());
    for (int i = 0; i < k.inChannelsPerGroup(); i++) {
      int c = group * k.inChannelsPerGroup() + i;
      float pad = conv.padValue()[conv.padValue().length == 1 ? 0 : c];
      for (int ky = 0; ky < k.height(); ky++) {
        int row = y + ky - conv.pads().top();
        for (int kx = 0; kx < k.width(); kx++) {
          int index = ((o * k.inChannelsPerGroup() + i) * k.height() + ky) * k.width() + kx;
          float weight = k.weights()[index];
          int shift = kx - conv.pads().left();
          int first = Math.max(0, -shift);
          int last = Math.min(out.width, in.width - shift);
          boolean value = conv.border() == Border.VALUE;
          if (value && (row < 0 || row >= in.height)) {
            first = out.width;
          }
          for (int x = 0; x < Math.min(first, out.width); x++) {
            sums[x] += weight * (value ? pad : in.data[source(conv, in, c, row, x + shift)]);
          }
          if (first < out.width) {
            int base = source(conv, in, c, row, 0) + shift;
            for (int x = first; x < last; x++) {
              sums[x] += weight * in.data[base + x];
            }
            for (int x = last; x < out.width; x++) {
              sums[x] += weight * (value ? pad : in.data[source(conv, in, c, row, x + shift)]);
            }
          }
        }
      }
    }
    System.arraycopy(sums, 0, out.data, (o * out.height + y) * out.width, out.width);
  }

  private static int source(Node.Conv conv, Floats in, int c, int row, int column) {
    int y = fold(conv.border(), row, in.height);
    return (c * in.height + y) * in.width + fold(conv.border(), column, in.width);
  }

  private static int fold(Border border, int index, int size) {
    if (border == Border.REFLECT) {
      int folded = index < 0 ? -index : index;
      return folded < size ? folded : 2 * (size - 1) - folded;
    }
    return Math.max(0, Math.min(size - 1, index));
  }

  private static Floats activate(Floats in, Activation activation) {
    if (activation instanceof Activation.None) {
      return in;
    }
    Floats out = new Floats(in.channels, in.height, in.width);
    for (int i = 0; i < out.data.length; i++) {
      float x = in.data[i];
      if (activation instanceof Activation.Clip clip) {
        x = Math.min(Math.max(x, clip.lo()), clip.hi());
      } else if (activation instanceof Activation.Leaky leaky) {
        int c = leaky.slope().length == 1 ? 0 : i / in.size();
        x = x >= 0 ? x : leaky.slope()[c] * x;
      } else if (activation instanceof Activation.Smooth smooth) {
        x = (float) smooth.at(x);
      }
      out.data[i] = x;
    }
    return out;
  }
}
