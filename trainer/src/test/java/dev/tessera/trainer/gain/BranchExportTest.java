package dev.tessera.trainer.gain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tessera.base.TesseraException;
import dev.tessera.frontend.proto.ModelProto;
import dev.tessera.trainer.Network;
import dev.tessera.trainer.OnnxExport;
import dev.tessera.trainer.Untrained;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class BranchExportTest {
  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;
  private static final int CHANNELS = 4;
  private static final int SAID = 6;
  private static final double RANGE = 2;

  private final Random random = new Random(5);

  private float[] random(int length, double size) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (size * random.nextGaussian());
    }
    return values;
  }

  private static ModelProto model() throws Exception {
    Network network = Untrained.network();
    return ModelProto.parseFrom(OnnxExport.toBytes(network));
  }

  private TrainedBranch branch() {
    BranchLayer trunk =
        new BranchLayer(3, CHANNELS, 3, 1, random(CHANNELS * 27, 0.4), random(CHANNELS, 0.2));
    BranchLayer last =
        new BranchLayer(2 * CHANNELS, SAID, 1, 1, random(SAID * 2 * CHANNELS, 1), random(SAID, 1));
    float[] ones = new float[2 * CHANNELS];
    Arrays.fill(ones, 0.5f);
    float[] spread = {1, 2, 3, 4, 5, 6};
    return new TrainedBranch(
        new Branch(List.of(trunk), List.of(last)),
        new Scale(random(2 * CHANNELS, 1), ones),
        new Scale(random(SAID, 1), spread));
  }

  @Test
  void onnxRuntimeComputesWhatPlainLoopsCompute() throws Exception {
    TrainedBranch branch = branch();
    float[] frame = new float[3 * HEIGHT * WIDTH];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = (float) (RANGE * random.nextDouble());
    }
    ModelProto joined = BranchExport.join(model(), "input", RANGE, branch);
    assertArrayEquals(said(branch, frame), run(joined, frame), 2e-3f);
  }

  @Test
  void aModelWithABranchIsRefused() throws Exception {
    ModelProto joined = BranchExport.join(model(), "input", RANGE, branch());
    TesseraException refused =
        assertThrows(TesseraException.class, () -> BranchExport.requireOne(joined));
    assertEquals("train.branch", refused.diagnostic().code());
  }

  private static float[] run(ModelProto model, float[] frame) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toByteArray());
        OnnxTensor tensor =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(frame), new long[] {1, 3, HEIGHT, WIDTH});
        OrtSession.Result result = session.run(Map.of("input", tensor))) {
      FloatBuffer buffer = ((OnnxTensor) result.get("statistics").orElseThrow()).getFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    }
  }

  /** What {@link TrainedBranch} says, by its definition. */
  private static float[] said(TrainedBranch trained, float[] frame) {
    BranchLayer trunk = trained.branch().trunk().get(0);
    BranchLayer last = trained.branch().vector().get(0);
    int width = WIDTH / 2;
    int height = HEIGHT / 2;
    float[] moments = new float[2 * CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      double sum = 0;
      double squares = 0;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double value = trunk.bias()[c];
          for (int t = 0; t < 27; t++) {
            int row = y + t / 3 % 3 - 1;
            int column = x + t % 3 - 1;
            boolean inside = row >= 0 && row < height && column >= 0 && column < width;
            value += inside ? trunk.weight()[27 * c + t] * half(frame, t / 9, row, column) : 0;
          }
          sum += value;
          squares += value * value;
        }
      }
      double mean = sum / (width * height);
      double variance = squares / (width * height) - mean * mean;
      moments[c] = (float) (1 / Math.sqrt(variance + Branch.FLOOR));
      moments[CHANNELS + c] = (float) mean * moments[c];
    }
    float[] said = new float[SAID];
    for (int i = 0; i < SAID; i++) {
      double value = last.bias()[i];
      for (int m = 0; m < moments.length; m++) {
        Scale scale = trained.moments();
        value +=
            last.weight()[i * moments.length + m]
                * (moments[m] - scale.centre()[m])
                / scale.spread()[m];
      }
      Scale scale = trained.statistics();
      said[i] = (float) (scale.centre()[i] + scale.spread()[i] * value);
    }
    return said;
  }

  private static double half(float[] frame, int c, int row, int column) {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      int y = 2 * row + i / 2;
      int x = 2 * column + i % 2;
      sum += frame[(c * HEIGHT + y) * WIDTH + x] / RANGE / 4;
    }
    return sum;
  }
}
