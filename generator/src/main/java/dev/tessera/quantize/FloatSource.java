package dev.tessera.quantize;

import dev.tessera.frontend.FloatRunner;
import dev.tessera.ir.Graph;
import java.util.Map;

/** A float network that shows all its values: the reference of calibration. */
@FunctionalInterface
public interface FloatSource extends AutoCloseable {
  /**
   * Runs one frame.
   *
   * @param chw the input, C x H x W in the network's own units
   * @return every value of the graph by name, C x H x W
   */
  Map<String, float[]> run(float[] chw, int height, int width);

  @Override
  default void close() {}

  /** ONNX Runtime on {@code graph}. */
  static FloatSource onnxRuntime(Graph graph) {
    FloatRunner runner = new FloatRunner(graph);
    return new FloatSource() {
      @Override
      public Map<String, float[]> run(float[] chw, int height, int width) {
        return runner.run(chw, height, width);
      }

      @Override
      public void close() {
        runner.close();
      }
    };
  }
}
