package dev.tessera.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.TesseraException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class HtmlReportTest {
  @TempDir Path dir;

  private static DesignSummary design(String unitName) {
    DesignSummary.Unit in =
        new DesignSummary.Unit(
            "video_in",
            "video_in",
            null,
            null,
            null,
            null,
            null,
            null,
            3072,
            0,
            0,
            0,
            10,
            20,
            0,
            List.of(),
            List.of("a"));
    DesignSummary.Unit conv =
        new DesignSummary.Unit(
            unitName,
            "conv",
            54,
            1,
            1,
            2,
            11,
            "3x3 32>4",
            165888,
            22,
            3538944,
            25,
            900,
            1100,
            1.5,
            List.of("a"),
            List.of("b"));
    return new DesignSummary(
        "demo",
        "zcu104",
        new DesignSummary.Size(64, 48),
        new DesignSummary.Size(128, 96),
        false,
        new DesignSummary.Size(64, 48),
        new DesignSummary.Size(1, 1),
        300,
        1,
        1,
        "none",
        new DesignSummary.Tile(64, 48, 0),
        List.of(in, conv),
        List.of(new DesignSummary.Buffer("a", 1, 1, "u8", 2)),
        22,
        3538944,
        new DesignSummary.Predicted(
            165888, new Latency(4321, 9.4, 14.4), 1808.4, 0, 0, 25, 910, 1120, 1.5, 0),
        List.of("conv: 8 bit"),
        new DesignSummary.Codes(List.of(0.5), List.of(0)),
        "the bound of 22 multipliers",
        List.of(new DesignSummary.Memory("URAM288", 3, 96)),
        List.of(new DesignSummary.Tiling("whole frame", 1, 1.75, 1, 9216, 12288, 640, 32, "taken")),
        List.of(
            new DesignSummary.Enlarging(
                "up", "rows walked again", true, 4608, 1536, 640, 0, 5.1, 0.2, "a smaller row")),
        List.of(new DesignSummary.Cut("a_cut", "raw", 100, 112, 4096, 8192, 3, 128)),
        List.of("tightest resource: <DSP>"));
  }

  @Test
  void refusesAFileThatLeavesPartsOut() throws IOException {
    Files.writeString(dir.resolve("design.json"), "{\"name\": \"demo\"}");
    TesseraException fault = assertThrows(TesseraException.class, () -> HtmlReport.write(dir));
    assertEquals("design.file", fault.diagnostic().code());
  }

  @Test
  void saysWhyThePlanIsAsItIs() throws IOException {
    Files.writeString(dir.resolve("design.json"), Json.text(design("conv")));
    HtmlReport.write(dir);
    String page = Files.readString(dir.resolve("report.html"));
    assertTrue(page.contains("The plan is limited by the bound of 22 multipliers."), page);
    assertTrue(
        page.contains("4\u2009321 cycles (9.4 input rows, 14.4 microseconds) after the first"),
        page);
    assertTrue(page.contains("tightest resource: &lt;DSP&gt;"), page);
    assertTrue(page.contains("<td>whole frame</td><td class=\"n\">1</td>"), page);
    assertTrue(page.contains("<td>a_cut</td><td>raw</td><td class=\"n\">100</td>"), page);
    assertTrue(page.contains("<td>up</td><td>rows walked again</td>"), page);
    assertTrue(page.contains("<td>URAM288</td><td class=\"n\">3.0</td>"), page);
  }

  @Test
  void headsNumbersWhereTheyStand() throws IOException {
    Files.writeString(dir.resolve("design.json"), Json.text(design("conv")));
    HtmlReport.write(dir);
    String page = Files.readString(dir.resolve("report.html"));
    assertTrue(page.contains("<th class=\"n\">multipliers</th>"), page);
    assertTrue(page.contains("<th>unit</th>"), page);
  }

  @Test
  void showsEveryUnitAndEscapesHostileNames() throws IOException {
    String hostile = "<script>alert(1)</script>";
    Files.writeString(dir.resolve("design.json"), Json.text(design(hostile)));
    HtmlReport.write(dir);
    String page = Files.readString(dir.resolve("report.html"));
    assertFalse(page.contains(hostile));
    assertTrue(page.contains("&lt;script&gt;"));
    assertTrue(page.contains("not simulated yet"));
    assertTrue(page.contains("97.0\u2009%") || page.contains("100.0\u2009%"));
  }

  @Test
  void jsonRoundTripKeepsTheRecord() throws IOException {
    DesignSummary design = design("conv1");
    Path file = dir.resolve("design.json");
    Files.writeString(file, Json.text(design));
    assertEquals(design, Json.read(file, DesignSummary.class));
    assertTrue(Files.readString(file).contains("\"clockMHz\" : 300.0"));
  }

  @Test
  void aFolderThatIsNoDesignIsNamed() {
    TesseraException fault = assertThrows(TesseraException.class, () -> HtmlReport.write(dir));
    assertEquals("design.file", fault.diagnostic().code());
  }
}
