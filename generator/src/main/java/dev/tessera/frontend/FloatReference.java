package dev.tessera.frontend;

import dev.tessera.base.TesseraException;
import java.nio.file.Path;

/** The reference: ONNX Runtime on the user's model file as it is. */
public final class FloatReference implements AutoCloseable {
  private final Session session;

  /**
   * Loads the model. Models with initialisers among their inputs are fine; there is one frame.
   *
   * @throws TesseraException if ONNX Runtime refuses the file
   */
  public FloatReference(Path file) {
    session = new Session(file.toString());
  }

  /**
   * The output frame.
   *
   * @param chw the input frame, channels x height x width
   * @return channels x height x width of the output
   */
  public float[] run(float[] chw, int height, int width) {
    return session.run(chw, height, width).values().iterator().next();
  }

  @Override
  public void close() {
    session.close();
  }
}
