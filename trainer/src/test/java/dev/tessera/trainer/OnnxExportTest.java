package dev.tessera.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tessera.frontend.proto.ModelProto;
import dev.tessera.frontend.proto.NodeProto;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class OnnxExportTest {
  private static final int HEIGHT = 5;
  private static final int WIDTH = 7;

  @Test
  void onnxRuntimeComputesWhatPlainLoopsCompute() throws OrtException {
    Random random = new Random(11);
    Network network = Network.random(4, 2, random);
    for (ConvLayer layer : network.layers()) {
      for (int i = 0; i < layer.outputs(); i++) {
        layer.bias()[i] = (float) random.nextGaussian();
      }
    }
    float[] input = new float[3 * HEIGHT * WIDTH];
    for (int i = 0; i < input.length; i++) {
      input[i] = random.nextFloat();
    }
    assertArrayEquals(plain(network, input), run(OnnxExport.toBytes(network), input), 1e-5f);
  }

  @Test
  void aNetworkOfZerosCopiesPixels() throws OrtException {
    ConvLayer first = new ConvLayer(3, 2, new float[2 * 27], new float[2]);
    ConvLayer last = new ConvLayer(2, 12, new float[12 * 18], new float[12]);
    float[] input = new float[3 * HEIGHT * WIDTH];
    for (int i = 0; i < input.length; i++) {
      input[i] = i;
    }
    float[] output = run(OnnxExport.toBytes(new Network(List.of(first, last))), input);
    for (int i = 0; i < output.length; i++) {
      int x = i % (2 * WIDTH);
      int y = i / (2 * WIDTH) % (2 * HEIGHT);
      int c = i / (4 * WIDTH * HEIGHT);
      assertEquals(input[(c * HEIGHT + y / 2) * WIDTH + x / 2], output[i]);
    }
  }

  @Test
  void onlyOperatorsOfTheBaseSetAppear() throws Exception {
    ModelProto model =
        ModelProto.parseFrom(OnnxExport.toBytes(Network.random(4, 1, new Random(1))));
    TreeSet<String> operators = new TreeSet<>();
    for (NodeProto node : model.getGraph().getNodeList()) {
      operators.add(node.getOpType());
    }
    assertEquals(
        new TreeSet<>(List.of("Add", "Concat", "Conv", "DepthToSpace", "Relu")), operators);
    assertEquals(13, model.getOpsetImport(0).getVersion());
  }

  @Test
  void equalSeedsGiveEqualBytes() {
    assertArrayEquals(
        OnnxExport.toBytes(Network.random(8, 3, new Random(5))),
        OnnxExport.toBytes(Network.random(8, 3, new Random(5))));
  }

  private static float[] run(byte[] model, float[] input) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {1, 3, HEIGHT, WIDTH};
    try (OrtSession session = environment.createSession(model);
        OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), shape);
        OrtSession.Result result = session.run(Map.of("input", tensor))) {
      OnnxTensor output = (OnnxTensor) result.get("output").orElseThrow();
      assertArrayEquals(new long[] {1, 3, 2 * HEIGHT, 2 * WIDTH}, output.getInfo().getShape());
      return output.getFloatBuffer().array();
    }
  }

  private static float[] plain(Network network, float[] input) {
    float[] value = input;
    for (int i = 0; i < network.layers().size(); i++) {
      value = convolve(network.layers().get(i), value, i + 1 < network.layers().size());
    }
    float[] out = new float[4 * input.length];
    for (int c = 0; c < 3; c++) {
      for (int v = 0; v < 2 * HEIGHT; v++) {
        for (int u = 0; u < 2 * WIDTH; u++) {
          int place = v / 2 * WIDTH + u / 2;
          int channel = (v % 2 * 2 + u % 2) * 3 + c;
          float copy = input[c * HEIGHT * WIDTH + place];
          out[(c * 2 * HEIGHT + v) * 2 * WIDTH + u] =
              copy + value[channel * HEIGHT * WIDTH + place];
        }
      }
    }
    return out;
  }

  private static float[] convolve(ConvLayer layer, float[] input, boolean relu) {
    float[] out = new float[layer.outputs() * HEIGHT * WIDTH];
    for (int n = 0; n < layer.outputs(); n++) {
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          double sum = layer.bias()[n];
          for (int c = 0; c < layer.inputs(); c++) {
            for (int tap = 0; tap < 9; tap++) {
              int sy = y + tap / 3 - 1;
              int sx = x + tap % 3 - 1;
              if (sy >= 0 && sy < HEIGHT && sx >= 0 && sx < WIDTH) {
                double weight = layer.weight()[(n * layer.inputs() + c) * 9 + tap];
                sum += weight * input[(c * HEIGHT + sy) * WIDTH + sx];
              }
            }
          }
          out[(n * HEIGHT + y) * WIDTH + x] = (float) (relu ? Math.max(0, sum) : sum);
        }
      }
    }
    return out;
  }
}
