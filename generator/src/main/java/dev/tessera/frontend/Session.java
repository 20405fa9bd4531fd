package dev.tessera.frontend;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.tessera.base.TesseraException;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One ONNX Runtime session with the settings that make its results comparable. */
final class Session implements AutoCloseable {
  private final OrtEnvironment environment = NativeLimits.environment();
  private final OrtSession session;
  private final String input;

  /**
   * A session on a model in memory.
   *
   * @param literal whether every operator runs as it is written: the optimiser moves and joins
   *     quantisation nodes, which changes results by more than rounding
   */
  Session(byte[] model, boolean literal) {
    try (OrtSession.SessionOptions options = options(literal)) {
      session = environment.createSession(model, options);
      input = session.getInputNames().iterator().next();
    } catch (OrtException e) {
      throw refuse(e);
    }
  }

  /** A session on a model file, whose external data is found. */
  Session(String file, boolean literal) {
    try (OrtSession.SessionOptions options = options(literal)) {
      session = environment.createSession(file, options);
      input = session.getInputNames().iterator().next();
    } catch (OrtException e) {
      throw refuse(e);
    }
  }

  private static OrtSession.SessionOptions options(boolean literal) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    if (literal) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
    }
    options.setIntraOpNumThreads(Math.min(4, Runtime.getRuntime().availableProcessors()));
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    // Idle workers shall not take the processor from whatever runs beside.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    return options;
  }

  /**
   * Runs one frame.
   *
   * @param chw channels x height x width
   * @return every output by name, flattened
   */
  Map<String, float[]> run(float[] chw, int height, int width) {
    long[] shape = {1, chw.length / ((long) height * width), height, width};
    try (OnnxTensor frame = OnnxTensor.createTensor(environment, FloatBuffer.wrap(chw), shape);
        OrtSession.Result result = session.run(Collections.singletonMap(input, frame))) {
      Map<String, float[]> values = new LinkedHashMap<>();
      for (Map.Entry<String, OnnxValue> entry : result) {
        FloatBuffer buffer = ((OnnxTensor) entry.getValue()).getFloatBuffer();
        float[] data = new float[buffer.remaining()];
        buffer.get(data);
        values.put(entry.getKey(), data);
      }
      return values;
    } catch (OrtException e) {
      throw refuse(e);
    }
  }

  private static TesseraException refuse(OrtException e) {
    String reason = e.getMessage().lines().findFirst().orElse("").strip();
    return TesseraException.input(
        "onnx.runtime",
        "",
        "ONNX Runtime cannot run the model: " + reason,
        "check the model with onnx.checker");
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
