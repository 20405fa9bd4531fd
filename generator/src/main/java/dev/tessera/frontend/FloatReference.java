package dev.tessera.frontend;

import dev.tessera.base.TesseraException;
import java.nio.file.Path;
import java.util.Map;

/** The reference: ONNX Runtime on the user's model file as it is. */
public final class FloatReference implements AutoCloseable {
  private final Session session;

  /**
   * Loads the model. One that prescribes its quantisation runs operator by operator, as ONNX
   * defines it.
   *
   * @throws TesseraException if the file is no ONNX model, or ONNX Runtime refuses it
   */
  public FloatReference(Path file) {
    boolean quantised =
        ModelFile.read(file).proto().getGraph().getNodeList().stream()
            .anyMatch(node -> node.getOpType().equals("QuantizeLinear"));
    session = new Session(file.toString(), quantised);
  }

  /**
   * The output frame.
   *
   * @param chw the input frame, channels x height x width
   * @return channels x height x width of the output
   */
  public float[] run(float[] chw, int height, int width) {
    Map<String, float[]> values = session.run(chw, height, width);
    values.remove(StatisticsOutput.NAME);
    return values.values().iterator().next();
  }

  @Override
  public void close() {
    session.close();
  }
}
