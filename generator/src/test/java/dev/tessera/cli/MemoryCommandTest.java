package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.testing.SharedFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Designs with an AXI4 master from the command line: DRAM sees the picture in and out. */
class MemoryCommandTest {
  @TempDir private Path place;

  private CommandRun generate(Path network, Object... more) {
    List<Object> words = new ArrayList<>(List.of("generate", network));
    words.addAll(List.of(more));
    words.addAll(List.of("--out", place.resolve("design")));
    return CommandRun.of(words.toArray());
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(place.resolve("design").resolve(file).toFile());
  }

  private Path small() throws IOException {
    return Files.write(place.resolve("tiny.onnx"), SmallModels.upscaler().toByteArray());
  }

  @Tag("sim")
  @ParameterizedTest(name = "{0} in tiles of {2}, {3} bits")
  @CsvSource({
    "xlsr_x3, 900, 48x32, 128",
    "xlsr_x3, 900, 24x32, 64",
    "xlsr_x3, 900, 16x16, 256",
    "espcn_tf_x2, 400, 48x32, 64"
  })
  void trainedNetworksReadAndWriteThePicture(String name, String bound, String tile, String bits)
      throws IOException {
    Path model = SharedFiles.require("models/" + name + ".onnx");
    CommandRun made =
        generate(
            model,
            "--frame",
            "48x32",
            "--multipliers",
            bound,
            "--tile",
            tile,
            "--top",
            "memory",
            "--axi-bits",
            bits);
    assertEquals(0, made.exitCode(), made.err());
    CommandRun run = CommandRun.of("simulate", place.resolve("design"), "--frames", 3);
    assertEquals(0, run.exitCode(), run.err());
    JsonNode plan = json("design.json").get("predicted");
    JsonNode seen = json("simulation.json");
    assertTrue(seen.get("bitExact").asBoolean());
    for (String bytes : List.of("dramReadBytesPerFrame", "dramWriteBytesPerFrame")) {
      assertTrue(plan.get(bytes).asLong() > 0, plan.toString());
      assertEquals(plan.get(bytes).asLong(), seen.get(bytes).asLong(), bytes);
    }
    if (tile.equals("48x32")) {
      int channels = name.equals("xlsr_x3") ? 3 : 1;
      int factor = name.equals("xlsr_x3") ? 3 : 2;
      assertEquals(48 * 32 * channels, plan.get("dramReadBytesPerFrame").asLong());
      long written = (long) 48 * 32 * channels * factor * factor;
      assertEquals(written, plan.get("dramWriteBytesPerFrame").asLong());
    }
    double planned = plan.get("cyclesPerFrame").asDouble();
    assertEquals(planned, seen.get("cyclesPerFrame").asDouble(), planned / 100);
    CommandRun stalled =
        CommandRun.of(
            "simulate",
            place.resolve("design"),
            "--frames",
            2,
            "--stall",
            0.2,
            "--dram-latency",
            300,
            "--dram-rate",
            6);
    assertEquals(0, stalled.exitCode(), stalled.err());
    assertTrue(json("simulation.json").get("bitExact").asBoolean());
  }

  @Test
  @Tag("fast")
  void namesTheShellForTheTools() throws IOException {
    CommandRun run = generate(small(), "--frame", "40x24", "--multipliers", 45, "--top", "memory");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("bytes read"), run.out());
    Path design = place.resolve("design");
    String shell = Files.readString(design.resolve("rtl/tiny_memory.v"));
    assertTrue(shell.contains("module tiny_memory"), shell);
    assertTrue(shell.contains("m_axi_awaddr"), shell);
    assertTrue(Files.readString(design.resolve("vivado/build.tcl")).contains("tiny_memory"));
    String list = Files.readString(design.resolve("rtl/tiny.f"));
    assertTrue(list.contains("ts_mem_writer.sv") && list.contains("tiny_memory.v"), list);
  }

  @Test
  @Tag("fast")
  void refusesWhatDoesNotGoTogether() throws IOException {
    assertEquals(2, generate(small(), "--axi-bits", 128).exitCode());
    assertEquals(2, generate(small(), "--top", "sideways").exitCode());
    CommandRun odd = generate(small(), "--frame", "40x24", "--top", "memory", "--axi-bits", 100);
    assertEquals(1, odd.exitCode());
    assertTrue(odd.err().contains("error[plan.memory]"), odd.err());
    assertTrue(odd.err().contains("100 bits"), odd.err());
  }

  @Test
  @Tag("fast")
  void theShellIsPartOfThePrediction() throws IOException {
    assertEquals(0, generate(small(), "--frame", "40x24").exitCode());
    JsonNode stream = json("design.json").get("predicted");
    CommandRun made = generate(small(), "--frame", "40x24", "--top", "memory", "--axi-bits", 128);
    assertEquals(0, made.exitCode(), made.err());
    JsonNode memory = json("design.json").get("predicted");
    // Two buffers of 512 words of 128 bits.
    assertEquals(4, memory.get("bram36").asDouble() - stream.get("bram36").asDouble(), 1e-9);
    assertEquals(2796, memory.get("lut").asInt() - stream.get("lut").asInt());
    // Two products of row and pitch, of 16 by 32 bits.
    assertEquals(4, memory.get("dsp").asInt() - stream.get("dsp").asInt());
  }

  /** Software runs the frames; the CRC that a register tells is that of the picture's bytes. */
  @Tag("sim")
  @Test
  void softwareRunsFramesThroughRegisters() throws IOException {
    Path model = Path.of(System.getProperty("tessera.top", ".."), "examples/sr_x2.onnx");
    CommandRun made =
        generate(model, "--frame", "24x16", "--top", "registers", "--multipliers", "300");
    assertEquals(0, made.exitCode(), made.err());
    assertTrue(json("design.json").get("predicted").get("dramReadBytesPerFrame").asLong() > 0);
    CommandRun run = CommandRun.of("simulate", place.resolve("design"), "--frames", 1);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(json("simulation.json").get("bitExact").asBoolean());
    BufferedImage picture =
        ImageIO.read(place.resolve("design").resolve("pictures/output.png").toFile());
    CRC32 crc = new CRC32();
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int rgb = picture.getRGB(x, y);
        List.of(rgb >> 16, rgb >> 8, rgb).forEach(component -> crc.update(component & 0xff));
      }
    }
    String told = json("simulation.json").get("frameCrcs").get(0).asText();
    assertEquals(String.format(Locale.ROOT, "%08x", crc.getValue()), told);
    assertTrue(run.out().contains("register FRAME_CRC"), run.out());
  }
}
