package dev.tessera.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.bridge.TesseraConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** Both examples end to end in Verilator: every pixel is the golden model's. */
@Tag("sim")
class ExamplesTest {
  private static final String MODEL =
      Path.of(System.getProperty("tessera.top"), "examples/sr_x2.onnx").toString();
  private static final int FRAMES = 3;

  @TempDir Path folder;

  private TesseraConfig config(String name) {
    return Configs.small(name, folder.resolve("cache"));
  }

  @Test
  void spinalVideoIsBitExact() throws IOException, InterruptedException {
    List<Path> sources =
        CollectionConverters.asJava(
            SpinalVideo.emit(MODEL, config("upscaler"), FRAMES, folder.resolve("rtl")));
    String said = Verilated.run("SpinalVideo", "clk", sources, 200_000);
    assertTrue(said.startsWith("done 1 errors 0 "), said);
  }

  @Test
  void chiselDramIsBitExact() throws IOException, InterruptedException {
    List<Path> sources =
        CollectionConverters.asJava(
            ChiselDram.emit(MODEL, config("upscaler"), FRAMES, folder.resolve("rtl")));
    String said = Verilated.run("ChiselDram", "clock", sources, 400_000);
    assertTrue(said.startsWith("done 1 errors 0 "), said);
  }
}
