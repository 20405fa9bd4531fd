package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.api.NormalisedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions against synthesis, through the command line. */
class SynthCommandTest {
  @TempDir Path place;

  private Path design(Object... more) throws IOException {
    Path folder = place.resolve("design");
    List<Object> words = new ArrayList<>(List.of("generate", NormalisedModel.write(place)));
    words.addAll(List.of("--board=pynq-z2", "--frame=24x16", "--multipliers=20", "--norm=host"));
    words.addAll(List.of("--out", folder));
    words.addAll(List.of(more));
    CommandRun made = CommandRun.of(words.toArray());
    assertEquals(0, made.exitCode(), made.err());
    return folder;
  }

  @Test
  @Tag("synth")
  void blocksAreAsPredicted() throws IOException {
    Path folder = design("--top=memory", "--axi-bits=64");
    CommandRun run = CommandRun.of("synth", folder, "--json");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(run.out(), Files.readString(folder.resolve("synthesis.json")));
    JsonNode made = new ObjectMapper().readTree(run.out());
    assertEquals("yosys", made.get("tool").asText());
    assertEquals("xc7", made.get("family").asText());
    JsonNode planned = made.get("predicted");
    assertTrue(made.get("dsp").asInt() > 0);
    assertEquals(planned.get("dsp").asDouble(), made.get("dsp").asDouble());
    assertEquals(planned.get("bram36").asDouble(), made.get("bram36").asDouble());
    assertEquals(1, made.get("ff").asDouble() / planned.get("ff").asDouble(), 0.15, run.out());
    int levels = made.get("logicLevels").asInt();
    assertTrue(levels > 1 && levels <= 12, "levels " + levels);
    assertFalse(made.get("deepest").asText().isEmpty(), run.out());
    int luts = 0;
    for (JsonNode unit : made.get("units")) {
      luts += unit.get("synthesised").get("lut").asInt();
      boolean multiplies = unit.get("predicted").get("dsp").asInt() > 0;
      assertTrue(!multiplies || unit.get("synthesised").get("dsp").asInt() > 0, run.out());
    }
    assertEquals(made.get("lut").asInt(), luts, "units are the whole");
    assertTrue(Files.readString(folder.resolve("report.html")).contains("synthesised by yosys"));
    assertFalse(Files.exists(folder.resolve("build/yosys/netlist.json")));
  }

  /** A small luma network goes all the way with open tools: it fits, and its clock is met. */
  @Test
  @Tag("synth")
  void aSmallNetworkBecomesABitstream() throws IOException {
    Path model = Files.write(place.resolve("luma.onnx"), SmallModels.upscaler().toByteArray());
    Path folder = place.resolve("ice");
    CommandRun made =
        CommandRun.of("generate", model, "--board=icebreaker", "--frame=64x48", "--out", folder);
    assertEquals(0, made.exitCode(), made.err());
    CommandRun run = CommandRun.of("synth", folder, "--tool=icestorm", "--json");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(run.out(), Files.readString(folder.resolve("placement.json")));
    JsonNode placed = new ObjectMapper().readTree(run.out());
    for (String kind : List.of("cells", "dsp", "memories")) {
      JsonNode use = placed.get(kind);
      assertTrue(use.get("used").asInt() > 0, run.out());
      assertTrue(use.get("used").asInt() <= use.get("available").asInt(), run.out());
    }
    assertEquals(placed.get("plannedDsp"), placed.get("dsp").get("used"), run.out());
    double clock = placed.get("clockMhz").asDouble();
    assertTrue(clock >= placed.get("plannedClockMhz").asDouble(), run.out());
    assertTrue(
        Files.readString(folder.resolve("report.html")).contains("placed and routed by ice"));
    byte[] bits = Files.readAllBytes(folder.resolve(placed.get("bitstream").asText()));
    assertEquals(bits.length, placed.get("bitstreamBytes").asInt());
    // The device's frames begin behind the synchronising word, see the format of Project IceStorm.
    int sync = 0;
    while (bits[sync] != 0x7e || bits[sync + 1] != (byte) 0xaa) {
      sync++;
    }
    assertTrue(sync < 64 && bits.length > 100_000, bits.length + " bytes, word at " + sync);
  }

  @Test
  @Tag("fast")
  void whatIsMissingIsNamed() throws IOException {
    Path folder = design();
    CommandRun vivado = CommandRun.of("synth", folder, "--tool=vivado");
    assertEquals(3, vivado.exitCode(), vivado.out());
    assertTrue(vivado.err().contains("error[tool.missing]: the program vivado"), vivado.err());
    assertEquals(2, CommandRun.of("synth", folder, "--tool=quartus", "--family=xc7").exitCode());
    assertEquals(2, CommandRun.of("synth", folder, "--tool=ise").exitCode());
    CommandRun ice = CommandRun.of("synth", folder, "--tool=icestorm");
    assertEquals(1, ice.exitCode());
    assertTrue(ice.err().contains("error[synth.part]: the design is for xc7z020"), ice.err());
    CommandRun nothing = CommandRun.of("synth", place.resolve("none"));
    assertEquals(1, nothing.exitCode());
    assertTrue(nothing.err().contains("error[design.missing]"), nothing.err());
    assertFalse(Files.exists(folder.resolve("synthesis.json")));
  }
}
