package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class UsageTest {
  @Test
  void helpGoesToTheOutputAndSucceeds() {
    CommandRun run = CommandRun.of("--help");
    assertEquals(0, run.exitCode());
    assertTrue(run.out().contains("Exit codes: 0 ok"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void aMissingCommandIsAUsageFault() {
    assertUsageFault(CommandRun.of(), "tessera: error[usage]: a command is missing");
  }

  @Test
  void anUnknownCommandIsAUsageFault() {
    assertUsageFault(
        CommandRun.of("fly"), "tessera: error[usage]: unmatched argument at index 0: 'fly'");
  }

  @Test
  void comparesTheFormsOfEnlargements(@TempDir Path place) throws IOException {
    Path model = Files.write(place.resolve("tiny.onnx"), SmallModels.upscaler().toByteArray());
    CommandRun run = CommandRun.of("inspect", "--upsampling", model);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("sub-pixel x2"), run.out());
    for (String form : List.of("scatter", "zero insertion", "TDC", "REVD ", "REVD2", "Tessera")) {
      assertTrue(run.out().contains(form), form + " is missing in " + run.out());
    }
    CommandRun json = CommandRun.of("inspect", "--upsampling", "--json", model);
    JsonNode forms = new ObjectMapper().readTree(json.out()).at("/layers/0/forms");
    assertEquals(7, forms.size());
    double ours = forms.get(6).get("macs").asDouble();
    assertEquals(4, forms.get(2).get("macs").asDouble() / ours, 1e-9);
    assertUsageFault(
        CommandRun.of("inspect", "--upsampling", "--multipliers", 0, model),
        "tessera inspect: error[usage]: --multipliers is 1 or more, --mac-energy 0 or more");
  }

  private static void assertUsageFault(CommandRun run, String firstLine) {
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
    assertEquals(firstLine, run.err().lines().findFirst().orElseThrow());
  }
}
