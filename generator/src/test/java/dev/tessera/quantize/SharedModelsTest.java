package dev.tessera.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.frontend.FloatReference;
import dev.tessera.frontend.OnnxReader;
import dev.tessera.image.Bt601;
import dev.tessera.image.Plane;
import dev.tessera.image.Png;
import dev.tessera.image.Quality;
import dev.tessera.image.Rgb;
import dev.tessera.ir.Graph;
import dev.tessera.pass.PassManager;
import dev.tessera.testing.SharedFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What eight bits cost trained networks, on pictures that calibration does not see. */
class SharedModelsTest {
  private static final List<String> PHOTOS =
      List.of("kodak/kodim07", "kodak/kodim19", "kodak/kodim23", "bsd100/img_003");
  private static final List<String> PICTURES = List.of("butterfly", "head");
  private static final double MOST_LOSS = 0.15;

  @ParameterizedTest
  @CsvSource({
    "espcn_tf_x2, 2, 0.00392156862745098",
    "fsrcnn_tf_x2, 2, 0.00392156862745098",
    "abpn_qat_x3, 3, 1",
    "xlsr_x3, 3, 0.00392156862745098",
    "imdn_rtc_x2, 2, 0.00392156862745098",
    "carn_m_x2, 2, 0.00392156862745098",
    "fsrcnn_s_chxy_x3, 3, 0.00392156862745098",
    "anime4k_cnn_m_x2, 2, 0.00392156862745098"
  })
  void eightBitsLoseLittle(String name, int scale, double unit, TestReporter reporter) {
    Path model = SharedFiles.require("models/" + name + ".onnx");
    Graph graph = PassManager.run(OnnxReader.read(model));
    Calibration calibration = Calibration.of(photos(), graph);
    assertEquals(unit, calibration.unit(), 1e-12, "value of a code");
    Quantized made = Quantizer.quantize(graph, calibration, QuantOptions.INT8);
    double loss = 0;
    try (FloatReference reference = new FloatReference(model)) {
      for (String picture : PICTURES) {
        Rgb small = Png.read(SharedFiles.require(set5("lr_x" + scale + "/" + picture)));
        Rgb truth = Png.read(SharedFiles.require(set5(picture))).cropToMultiple(scale);
        Calibration.Patch patch = whole(small, calibration);
        float[] wanted = reference.run(patch.scaled(unit), patch.height(), patch.width());
        int[] got = IntegerRunner.run(made.graph(), patch.map()).data();
        double before = psnr(codes(wanted, unit), truth, scale);
        double after = psnr(got, truth, scale);
        reporter.publishEntry(
            name + " " + picture, String.format(Locale.ROOT, "%.2f to %.2f dB", before, after));
        loss += (before - after) / PICTURES.size();
      }
    }
    assertTrue(loss <= MOST_LOSS, name + " loses " + loss + " dB");
  }

  @Test
  void prescribedCodesAreMetButForRounding() {
    Path model = SharedFiles.require("models/abpn_qat_int8_x3.onnx");
    Graph graph = PassManager.run(OnnxReader.read(model));
    Calibration calibration = Calibration.of(photos(), graph);
    Quantized made = Quantizer.quantize(graph, calibration, QuantOptions.INT8);
    long far = 0;
    long all = 0;
    try (FloatReference reference = new FloatReference(model)) {
      for (String picture : PICTURES) {
        Rgb small = Png.read(SharedFiles.require(set5("lr_x3/" + picture)));
        Calibration.Patch patch = whole(small, calibration);
        int[] wanted = codes(reference.run(patch.scaled(1), patch.height(), patch.width()), 1);
        int[] got = IntegerRunner.run(made.graph(), patch.map()).data();
        int size = wanted.length / 3;
        for (int i = 0; i < size; i++) {
          int worst = 0;
          for (int c = 0; c < 3; c++) {
            worst = Math.max(worst, Math.abs(wanted[c * size + i] - got[c * size + i]));
          }
          far += worst > 1 ? 1 : 0;
        }
        all += size;
      }
    }
    assertTrue(far <= all / 1000, far + " of " + all + " pixels differ by more than a code");
  }

  private static String set5(String picture) {
    return "images/set5/" + picture + ".png";
  }

  private static List<Rgb> photos() {
    return PHOTOS.stream()
        .map(name -> Png.read(SharedFiles.require("images/" + name + ".png")))
        .toList();
  }

  private static Calibration.Patch whole(Rgb picture, Calibration calibration) {
    int side = Math.max(picture.width(), picture.height());
    return Calibration.of(List.of(picture), calibration.colour(), 1, side).patches().get(0);
  }

  private static int[] codes(float[] values, double unit) {
    int[] codes = new int[values.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = Plane.code(values[i] / unit);
    }
    return codes;
  }

  /** PSNR of the luma; of one plane of codes, or of three. */
  private static double psnr(int[] codes, Rgb truth, int scale) {
    if (codes.length == truth.data().length) {
      Rgb picture = new Rgb(truth.width(), truth.height());
      for (int i = 0; i < codes.length; i++) {
        picture.data()[i] = (byte) codes[i];
      }
      return Quality.psnrY(picture, truth, scale);
    }
    float[] luma = new float[codes.length];
    for (int i = 0; i < luma.length; i++) {
      luma[i] = codes[i];
    }
    Plane plane = new Plane(truth.width(), truth.height(), luma);
    return Quality.psnr(plane, Bt601.luma(truth), scale);
  }
}
