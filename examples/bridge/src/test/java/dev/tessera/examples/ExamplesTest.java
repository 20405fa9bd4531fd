package dev.tessera.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.bridge.TesseraConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Both examples end to end in Verilator: every pixel is the golden model's. */
@Tag("sim")
class ExamplesTest {
  private static final String MODEL =
      Path.of(System.getProperty("tessera.top"), "examples/sr_x2.onnx").toString();
  private static final int FRAMES = 3;

  /** Cycles within which a simulation is over. */
  private static final long LIMIT = 400_000;

  @TempDir Path folder;

  private TesseraConfig config(String name) {
    return Configs.small(name, folder.resolve("cache"));
  }

  @Test
  void spinalVideoIsBitExact() throws IOException, InterruptedException {
    prove(
        "SpinalVideo",
        "clk",
        SpinalVideo.emit(MODEL, config("upscaler"), FRAMES, folder.resolve("rtl")));
  }

  @Test
  void chiselDramIsBitExact() throws IOException, InterruptedException {
    prove(
        "ChiselDram",
        "clock",
        ChiselDram.emit(MODEL, config("upscaler"), FRAMES, folder.resolve("rtl")));
  }

  /** No pixel differs; with one other weight some do, so that the checks can fail. */
  private static void prove(String top, String clock, Seq<Path> emitted)
      throws IOException, InterruptedException {
    List<Path> sources = CollectionConverters.asJava(emitted);
    Path place = sources.get(0).getParent();
    assertEquals("", lint(top, sources));
    Verilated.build(top, clock, sources, LIMIT);
    assertEquals(0, errors(Verilated.run(place)));
    change(place.resolve("upscaler_conv8_weights.hex"));
    assertTrue(errors(Verilated.run(place)) > 0);
  }

  private static void change(Path image) throws IOException {
    String text = Files.readString(image);
    char first = text.charAt(0);
    Files.writeString(image, (first == '1' ? '2' : '1') + text.substring(1));
  }

  private static int errors(String said) {
    assertTrue(said.startsWith("done 1 errors "), said);
    return Integer.parseInt(said.split(" ")[3]);
  }

  /**
   * What the linter says of widths, directions and missing pins; how machines write (many modules
   * in a file, pins left open, helper signals) is left to them.
   */
  private static String lint(String top, List<Path> sources)
      throws IOException, InterruptedException {
    return Verilated.lint(
        top, sources, List.of("-Wno-DECLFILENAME", "-Wno-UNUSEDSIGNAL", "-Wno-PINCONNECTEMPTY"));
  }
}
