package dev.tessera.trainer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tessera.image.Bicubic;
import dev.tessera.image.Plane;
import dev.tessera.image.Png;
import dev.tessera.image.Quality;
import dev.tessera.image.Rgb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * PSNR of a super-resolution model on a set of pictures: unrounded BT.601 luma of eight bit
 * pictures, as many border pixels dropped as the scale.
 */
public final class Evaluation {
  /**
   * The figures of one picture.
   *
   * @param name of its file without the ending
   * @param model dB of the network
   * @param bicubic dB of bicubic interpolation
   */
  public record Score(String name, double model, double bicubic) {}

  private Evaluation() {}

  /**
   * Scores a model.
   *
   * @param truths folder of PNG pictures
   * @param inputs folder of their reductions, under the same names
   */
  public static List<Score> score(byte[] model, Path truths, Path inputs) {
    List<Score> scores = new ArrayList<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      try (OrtSession session = environment.createSession(model, options)) {
        for (Path file : pictures(truths)) {
          String name = file.getFileName().toString();
          Rgb truth = Png.read(file).cropToMultiple(Network.SCALE);
          Rgb low = Png.read(inputs.resolve(name));
          Rgb bicubic = Bicubic.resize(low, truth.width(), truth.height());
          double psnr = Quality.psnrY(run(environment, session, low), truth, Network.SCALE);
          double baseline = Quality.psnrY(bicubic, truth, Network.SCALE);
          scores.add(new Score(name.substring(0, name.length() - 4), psnr, baseline));
        }
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses the model", e);
    }
    return List.copyOf(scores);
  }

  private static List<Path> pictures(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".png")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Rgb run(OrtEnvironment environment, OrtSession session, Rgb low)
      throws OrtException {
    float[] values = low.toFloats();
    for (int i = 0; i < values.length; i++) {
      values[i] /= 255;
    }
    long[] shape = {1, Network.COLORS, low.height(), low.width()};
    try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
        OrtSession.Result result = session.run(Map.of("input", input))) {
      FloatBuffer out = ((OnnxTensor) result.get(0)).getFloatBuffer();
      int columns = low.width() * Network.SCALE;
      int rows = low.height() * Network.SCALE;
      Plane[] planes = new Plane[Network.COLORS];
      for (int c = 0; c < planes.length; c++) {
        float[] plane = new float[columns * rows];
        out.get(plane);
        for (int i = 0; i < plane.length; i++) {
          plane[i] *= 255;
        }
        planes[c] = new Plane(columns, rows, plane);
      }
      return Rgb.of(planes[0], planes[1], planes[2]);
    }
  }
}
