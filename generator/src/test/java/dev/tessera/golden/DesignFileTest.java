package dev.tessera.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.TesseraException;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import dev.tessera.unit.conv.ConvSamples;
import dev.tessera.unit.table.TableSpec;
import dev.tessera.unit.video.VideoInSpec;
import dev.tessera.unit.video.VideoOutSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Designs in files, and the run of one. */
@Tag("fast")
class DesignFileTest {
  private static final StreamType LUMA = VideoInSpec.frame(1, 4, 3);

  @TempDir Path folder;

  /** Video in, a table, video out; {@code linkType} is what the table's link claims to carry. */
  private static Design design(int[] entries, FixedType linkType) {
    TableSpec table = TableSpec.of("curve", LUMA, FixedType.UINT8, entries);
    StreamType claimed = new StreamType(1, 1, linkType, 4, 3);
    return new Design(
        "net",
        "zcu104",
        300,
        4,
        3,
        List.of(
            new Instance(new VideoInSpec("in", LUMA, 2), List.of(), List.of("a")),
            new Instance(table, List.of("a"), List.of("b")),
            new Instance(new VideoOutSpec("out", LUMA), List.of("b"), List.of())),
        List.of(new Link("a", LUMA, 2), new Link("b", claimed, 0)),
        12);
  }

  private static int[] inverse() {
    int[] entries = new int[256];
    Arrays.setAll(entries, i -> 255 - i);
    return entries;
  }

  private static Frame ramp() {
    Frame frame = new Frame(1, 3, 4);
    Arrays.setAll(frame.data(), i -> 20 * i);
    return frame;
  }

  @Test
  void comesBackWhole() throws IOException {
    Design design = design(inverse(), FixedType.UINT8);
    Path file = folder.resolve("design.json");
    DesignFile.write(design, file);
    Design back = DesignFile.read(file);
    assertEquals(DesignFile.text(design), DesignFile.text(back));
    assertEquals(design.links(), back.links());
    assertEquals(design.source(), back.source());
    assertArrayEquals(GoldenModel.run(design, ramp()).data(), GoldenModel.run(back, ramp()).data());
  }

  @Test
  void keepsConvolutionsWithTheirWeights() throws IOException {
    List<Instance> instances =
        ConvSamples.all().stream()
            .map(spec -> new Instance(spec, List.of("a"), List.of("b")))
            .toList();
    Design design = new Design("net", "zcu104", 300, 4, 3, instances, List.of(), 0);
    Path file = folder.resolve("design.json");
    DesignFile.write(design, file);
    assertEquals(DesignFile.text(design), DesignFile.text(DesignFile.read(file)));
  }

  @Test
  void theHashFollowsEveryWeight() {
    int[] entries = inverse();
    String hash = DesignFile.hash(design(entries, FixedType.UINT8));
    assertEquals(hash, DesignFile.hash(design(entries.clone(), FixedType.UINT8)));
    entries[77]++;
    assertNotEquals(hash, DesignFile.hash(design(entries, FixedType.UINT8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "{\"format\":99}", "{\"format\":2,\"name\":3}", "nonsense"})
  void refusesWhatIsNoDesign(String text) throws IOException {
    Path file = folder.resolve("design.json");
    Files.writeString(file, text);
    TesseraException refused = assertThrows(TesseraException.class, () -> DesignFile.read(file));
    assertEquals("design.file", refused.diagnostic().code());
  }

  @Test
  void refusesUnknownUnits() throws IOException {
    Path file = folder.resolve("design.json");
    String text = DesignFile.text(design(inverse(), FixedType.UINT8));
    Files.writeString(file, text.replace("\"kind\":\"table\"", "\"kind\":\"warp\""));
    assertThrows(TesseraException.class, () -> DesignFile.read(file));
  }

  @Test
  void refusesValuesOutsideTheirType() {
    Design narrow = design(inverse(), new FixedType(false, 7));
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> GoldenModel.run(narrow, ramp()));
    assertEquals("curve: 255 is not u7 at channel 0, row 0, column 0", refused.getMessage());
  }

  @Test
  void keepsTheFrameOfEveryLinkIfAsked() {
    GoldenRun run = GoldenModel.runAll(design(inverse(), FixedType.UINT8), ramp());
    assertEquals(List.of("a", "b"), List.copyOf(run.links().keySet()));
    assertEquals(40, run.links().get("a").at(0, 0, 2));
    assertEquals(215, run.links().get("b").at(0, 0, 2));
    assertEquals(run.links().get("b"), run.output());
    assertTrue(GoldenModel.run(design(inverse(), FixedType.UINT8), ramp()).at(0, 2, 3) == 35);
  }

  @Test
  void refusesFramesOfAnotherSize() {
    Design design = design(inverse(), FixedType.UINT8);
    assertThrows(IllegalArgumentException.class, () -> GoldenModel.run(design, new Frame(1, 4, 3)));
  }
}
