package dev.tessera.trainer.gain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tessera.base.TesseraException;
import dev.tessera.ir.Activation;
import dev.tessera.ir.Border;
import dev.tessera.ir.Extent;
import dev.tessera.ir.Graph;
import dev.tessera.ir.Kernel;
import dev.tessera.ir.Node;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Stride;
import dev.tessera.ir.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class TrunkMakerTest {
  private static Graph graph(int side, float[] weights, float bias, Node... more) {
    Map<String, TensorType> types = new LinkedHashMap<>();
    for (String value : List.of("x", "a", "y")) {
      types.put(value, new TensorType(1, Extent.FRAME, Extent.FRAME));
    }
    Kernel kernel = new Kernel(1, 1, side, side, 1, weights, new float[] {bias}, null);
    int half = side / 2;
    Node conv =
        new Node.Conv(
            "c",
            "x",
            "a",
            kernel,
            Stride.ONE,
            new Pads(half, half, half, half),
            Border.REFLECT,
            new float[] {0},
            Activation.NONE);
    List<Node> nodes = new ArrayList<>(List.of(new Node.Input("x", "x"), conv));
    nodes.addAll(List.of(more));
    return new Graph("net", nodes, types, Map.of(), more.length == 0 ? "a" : "y");
  }

  /** A frame of one tone is the same at half the size: the weights keep their sum. */
  @Test
  void theFirstKernelIsSharedByHalfAsManyPixels() {
    float[] weights = new float[25];
    weights[18] = 1;
    weights[24] = 4;
    BranchLayer layer = TrunkMaker.of(graph(5, weights, 3), 255, new float[0], 4).get(0);
    assertEquals(3, layer.kernel());
    float[] expected = {0, 0, 0, 0, 0.25f, 0.25f, 0, 0.25f, 0.25f + 4};
    for (int i = 0; i < 9; i++) {
      assertEquals(255 * expected[i], layer.weight()[i], 1e-3, "tap " + i);
    }
    assertArrayEquals(new float[] {3}, layer.bias());
  }

  @Test
  void normalisationsTakeUsualStatistics() {
    Node norm =
        new Node.Normalize(
            "n", "a", "y", new float[] {2}, new float[] {5}, 0, 1, Activation.relu());
    Graph graph = graph(1, new float[] {7}, 3, norm);
    BranchLayer layer = TrunkMaker.of(graph, 1, new float[] {0.5f, -4}, 4).get(0);
    assertArrayEquals(new float[] {7}, layer.weight(), 1e-6f);
    assertArrayEquals(new float[] {3 - 8 + 5}, layer.bias(), 1e-6f);
  }

  @Test
  void theNextLayerMakesUpForTheSizeOfChannels() {
    BranchLayer first = new BranchLayer(1, 2, 1, 1, new float[] {4, 6}, new float[] {2, 3});
    BranchLayer second = new BranchLayer(2, 1, 1, 1, new float[] {10, 20}, new float[] {8});
    List<BranchLayer> sized =
        TrunkMaker.sized(List.of(first, second), List.of(new float[] {2, 3}, new float[] {4}));
    assertArrayEquals(new float[] {2, 2}, sized.get(0).weight());
    assertArrayEquals(new float[] {1, 1}, sized.get(0).bias());
    assertArrayEquals(new float[] {5, 15}, sized.get(1).weight());
    assertArrayEquals(new float[] {2}, sized.get(1).bias());
  }

  @Test
  void aNetworkThatBeginsOtherwiseIsRefused() {
    TesseraException refused =
        assertThrows(
            TesseraException.class,
            () -> TrunkMaker.of(graph(2, new float[4], 0), 1, new float[0], 4));
    assertEquals("train.trunk", refused.diagnostic().code());
  }
}
