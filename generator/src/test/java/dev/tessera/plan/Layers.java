package dev.tessera.plan;

import dev.tessera.ir.Border;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Stride;
import dev.tessera.ir.TapLists;
import dev.tessera.unit.conv.ConvFold;
import dev.tessera.unit.conv.ConvGeometry;
import java.util.ArrayList;
import java.util.List;

/** Layer lists of the networks that the planner's figures are stated for, at 64 x 48. */
final class Layers {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  private Layers() {}

  static ConvShape conv(String name, int outputs, int inputs, int kernel, int groups) {
    return conv(name, WIDTH, HEIGHT, outputs, inputs, kernel, groups, 1);
  }

  static ConvShape conv(
      String name,
      int width,
      int height,
      int outputs,
      int inputs,
      int kernel,
      int groups,
      int product) {
    int pad = (kernel - 1) / 2;
    ConvGeometry geometry =
        new ConvGeometry(
            inputs,
            width,
            height,
            inputs,
            outputs,
            kernel,
            kernel,
            groups,
            TapLists.dense(inputs / groups, kernel, kernel),
            Stride.ONE,
            new Pads(pad, pad, pad, pad),
            Border.VALUE,
            1,
            new ConvFold(1, 1, 1, 1));
    return new ConvShape(name, geometry, product, false);
  }

  static List<ConvShape> espcn() {
    return List.of(conv("c1", 64, 1, 5, 1), conv("c2", 32, 64, 3, 1), conv("c3", 4, 32, 3, 1));
  }

  static List<ConvShape> fsrcnn() {
    List<ConvShape> layers = new ArrayList<>();
    layers.add(conv("extract", 56, 1, 5, 1));
    layers.add(conv("shrink", 12, 56, 1, 1));
    for (int i = 0; i < 4; i++) {
      layers.add(conv("map" + i, 12, 12, 3, 1));
    }
    layers.add(conv("expand", 56, 12, 1, 1));
    layers.add(conv("deconv", 4, 56, 1, 1));
    return layers;
  }

  static List<ConvShape> abpn() {
    List<ConvShape> layers = new ArrayList<>();
    layers.add(conv("c0", 28, 3, 3, 1));
    for (int i = 1; i < 5; i++) {
      layers.add(conv("c" + i, 28, 28, 3, 1));
    }
    layers.add(conv("c5", 27, 28, 3, 1));
    layers.add(conv("c6", 27, 27, 3, 1));
    return layers;
  }

  static List<ConvShape> xlsr() {
    List<ConvShape> layers = new ArrayList<>();
    layers.add(conv("head", 32, 3, 3, 1));
    layers.add(conv("conv1", 16, 3, 3, 1));
    layers.add(conv("conv2", 32, 32, 1, 1));
    for (int i = 0; i < 3; i++) {
      layers.add(conv("g" + i, 32, 32, 3, 4));
      layers.add(conv("m" + i, 32, 32, 1, 1));
    }
    layers.add(conv("conv3", 32, 48, 1, 1));
    layers.add(conv("conv4", 27, 32, 3, 1));
    return layers;
  }

  static List<ConvShape> imdn() {
    List<ConvShape> layers = new ArrayList<>();
    layers.add(conv("head", 12, 3, 3, 1));
    for (int i = 0; i < 5; i++) {
      layers.add(conv("c1_" + i, 12, 12, 3, 1));
      layers.add(conv("c2_" + i, 12, 9, 3, 1));
      layers.add(conv("c3_" + i, 12, 9, 3, 1));
      layers.add(conv("c4_" + i, 3, 9, 3, 1));
      layers.add(conv("c5_" + i, 12, 12, 1, 1));
    }
    layers.add(conv("fuse", 12, 12, 1, 1));
    layers.add(conv("tail", 12, 12, 3, 1));
    return layers;
  }
}
