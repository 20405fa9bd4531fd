package dev.tessera.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.api.DesignInterface.Bus;
import dev.tessera.api.DesignInterface.Protocol;
import dev.tessera.cosim.Verilator;
import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs get what the command line gives. */
class TesseraTest {
  private static final Path TOP = Path.of(System.getProperty("tessera.top", ".."));
  private static final Path MODEL = TOP.resolve("examples/sr_x2.onnx");

  @TempDir Path folder;

  private static GenerateOptions small() {
    return GenerateOptions.of(MODEL).withFrame(24, 16).withMultipliers(300);
  }

  @Test
  @Tag("fast")
  void aDesignIsMadeOncePerContent() throws IOException {
    Path model = Files.copy(MODEL, folder.resolve("net.onnx"));
    GenerateOptions options = GenerateOptions.of(model).withFrame(24, 16).withMultipliers(300);
    Path cache = folder.resolve("cache");
    GeneratedDesign first = Tessera.cached(options, cache);
    FileTime made = Files.getLastModifiedTime(first.folder().resolve("design.json"));
    GeneratedDesign again = Tessera.cached(options.withMultipliers(300), cache);
    assertEquals(first.folder(), again.folder());
    assertEquals(made, Files.getLastModifiedTime(again.folder().resolve("design.json")));
    Path other = Tessera.cached(options.withName("other"), cache).folder();
    assertNotEquals(first.folder(), other);
    Files.write(model, new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);
    TesseraFailure changed =
        assertThrows(TesseraFailure.class, () -> Tessera.cached(options, cache));
    assertTrue(changed.code().startsWith("onnx."), changed.code());
    try (var entries = Files.list(cache)) {
      assertEquals(2, entries.count(), "designs and nothing else");
    }
  }

  @Test
  @Tag("fast")
  void theInterfaceIsThatOfTheTop() {
    GeneratedDesign stream = Tessera.generate(small().withName("net"), folder.resolve("s"));
    DesignInterface ports = stream.ports();
    assertEquals("net", ports.module());
    assertEquals(List.of("s_axis", "m_axis"), ports.buses().stream().map(Bus::name).toList());
    assertEquals(24, ports.buses().get(0).dataBits());
    assertFalse(ports.buses().get(0).master());
    assertTrue(ports.buses().get(1).master());
    GeneratedDesign memory =
        Tessera.generate(small().withMemoryTop().withAxiBits(64), folder.resolve("m"));
    Bus axi = memory.ports().buses().get(0);
    assertEquals(Protocol.AXI4, axi.protocol());
    assertEquals(64, axi.dataBits());
    assertEquals("sr_x2_memory", memory.ports().module());
    assertTrue(memory.ports().pins().stream().anyMatch(p -> p.name().equals("source_base")));
  }

  @Test
  @Tag("fast")
  void goldenFramesAreThoseOfTheVideoStream() {
    GeneratedDesign design = Tessera.generate(small(), folder.resolve("d"));
    byte[] frame = new byte[24 * 16 * 3];
    new Random(7).nextBytes(frame);
    List<byte[]> made = design.golden(List.of(frame, frame));
    assertEquals(48 * 32 * 3, made.get(0).length);
    assertArrayEquals(made.get(0), made.get(1));
    assertThrows(IllegalArgumentException.class, () -> design.golden(List.of(new byte[3])));
  }

  @Test
  @Tag("fast")
  void faultsAreThoseOfTheCommandLine() {
    TesseraFailure usage =
        assertThrows(
            TesseraFailure.class, () -> Tessera.generate(small().withFps(30), folder.resolve("x")));
    assertEquals("usage", usage.code());
    assertEquals(2, usage.exitCode());
    usage =
        assertThrows(
            TesseraFailure.class,
            () -> Tessera.generate(small().withNorm("batch"), folder.resolve("x")));
    assertEquals(
        "--norm 'batch' is not one of host, temporal, learned, thumbnail, exact", usage.sentence());
    TesseraFailure missing =
        assertThrows(
            TesseraFailure.class,
            () -> Tessera.generate(GenerateOptions.of(Path.of("none.onnx")), folder.resolve("x")));
    assertEquals("onnx.file", missing.code());
    assertEquals("none.onnx", missing.file());
    assertFalse(Files.exists(folder.resolve("x")));
  }

  @Test
  @Tag("fast")
  void layersThatDoNotFitAreRefused() {
    assertEquals("layer.unknown", refused(small().withLayer("relu3_out", "nothing", "")));
    assertEquals("layer.settings", refused(small().withLayer("relu3_out", "limit", "5")));
    assertEquals("layer.value", refused(small().withLayer("nowhere", "limit", "0,9")));
    assertEquals("layer.shape", refused(small().withLayer("relu3_out", "blend", "")));
    assertEquals("layer.shape", refused(small().withLayer("relu3_out", "blend", "", "input")));
    assertEquals("layer.value", refused(small().withLayer("relu3_out", "blend", "", "relu5_out")));
    assertEquals(
        "plan.resizable", refused(small().withLayer("relu3_out", "mirror", "").withResizable()));
    assertEquals(
        "plan.tile", refused(small().withLayer("relu3_out", "mirror", "").withTile(12, 8)));
  }

  private String refused(GenerateOptions options) {
    Path place = folder.resolve("refused");
    String code = assertThrows(TesseraFailure.class, () -> Tessera.generate(options, place)).code();
    assertFalse(Files.exists(place));
    return code;
  }

  @Test
  @Tag("sim")
  void aUsersLayersAreUnitsOfThePipeline() {
    GenerateOptions options =
        small()
            .withLayer("relu3_out", "limit", "3,90")
            .withLayer("relu5_out", "blend", "", "relu3_out")
            .withLayer("relu6_out", "mirror", "");
    GeneratedDesign design = Tessera.generate(options, folder.resolve("d"));
    GeneratedDesign plain = Tessera.generate(small(), folder.resolve("p"));
    byte[] frame = new byte[24 * 16 * 3];
    new Random(3).nextBytes(frame);
    assertFalse(
        java.util.Arrays.equals(
            design.golden(List.of(frame)).get(0), plain.golden(List.of(frame)).get(0)),
        "the layers change nothing");
    SimulationResult free = design.simulate(SimulateOptions.standard().withFrames(4));
    assertTrue(free.bitExact());
    assertEquals(
        design.cyclesPerFrame(), free.cyclesPerFrame().getAsLong(), 0.01 * design.cyclesPerFrame());
    assertEquals(plain.cyclesPerFrame(), design.cyclesPerFrame());
    assertTrue(design.simulate(SimulateOptions.standard().withStalls(0.1, 3)).bitExact());
  }

  @Test
  @Tag("sim")
  void pointwiseLayersFollowTilesAndSizes() {
    GenerateOptions options = small().withLayer("relu3_out", "limit", "3,90");
    GeneratedDesign tiles = Tessera.generate(options.withTile(12, 16), folder.resolve("t"));
    GeneratedDesign whole = Tessera.generate(options, folder.resolve("w"));
    byte[] frame = new byte[24 * 16 * 3];
    new Random(5).nextBytes(frame);
    assertArrayEquals(whole.golden(List.of(frame)).get(0), tiles.golden(List.of(frame)).get(0));
    assertTrue(tiles.simulate(SimulateOptions.standard()).bitExact());
    GeneratedDesign sizes = Tessera.generate(options.withResizable(), folder.resolve("r"));
    assertTrue(sizes.simulate(SimulateOptions.standard()).bitExact());
  }

  @Test
  @Tag("sim")
  void aLayerIsHeldToItsContract() {
    StreamType in = new StreamType(4, 2, FixedType.UINT8, 16, 8);
    Tessera.proveLayer("limit", "16,200", List.of(List.of(in)), folder.resolve("good"));
    TesseraFailure wrong =
        assertThrows(
            TesseraFailure.class,
            () -> Tessera.proveLayer("late", "", List.of(List.of(in)), folder.resolve("late")));
    assertEquals("layer.contract", wrong.code());
    assertTrue(wrong.sentence().contains("cycle of beat 0"), wrong.sentence());
    TesseraFailure other =
        assertThrows(
            TesseraFailure.class,
            () -> Tessera.proveLayer("false", "", List.of(List.of(in)), folder.resolve("false")));
    assertEquals(4, other.exitCode());
    assertTrue(other.sentence().contains("expected"), other.sentence());
  }

  /** Every kind of top, as tools of vendors get it. */
  @Test
  @Tag("synth")
  void designsLintWithoutAWarning() throws IOException {
    GenerateOptions tables = NormalisedModel.small(folder).withNorm("host");
    List<GenerateOptions> all =
        List.of(
            small(),
            small().withResizable(),
            small().withMemoryTop(),
            small().withTile(12, 16).withMemoryTop(),
            GenerateOptions.of(MODEL).withFrame(24, 16).withFps(100).withLive(),
            tables,
            tables.withNorm("temporal"),
            tables.withNorm("exact"));
    for (int i = 0; i < all.size(); i++) {
      GeneratedDesign design = Tessera.generate(all.get(i), folder.resolve("lint" + i));
      List<String> names = design.sources().stream().map(s -> s.getFileName().toString()).toList();
      assertEquals(
          "", Verilator.lint(design.ports().module(), design.folder().resolve("rtl"), names));
    }
  }

  @Test
  @Tag("sim")
  void aTableMayFillItsAddresses() throws IOException {
    GenerateOptions options = NormalisedModel.small(folder).withNorm("host");
    GeneratedDesign design = Tessera.generate(options, folder.resolve("design"));
    SimulationResult result = design.simulate(SimulateOptions.standard());
    assertTrue(result.bitExact(), result.json());
  }

  @Test
  @Tag("fast")
  void twoDesignsLieSideBySide() {
    Path both = folder.resolve("both");
    Tessera.generate(small(), folder.resolve("a")).copyTo(both);
    GeneratedDesign wider = Tessera.generate(small().withFrame(32, 16), folder.resolve("b"));
    TesseraFailure collision = assertThrows(TesseraFailure.class, () -> wider.copyTo(both));
    assertEquals("out.collision", collision.code());
    Tessera.generate(small().withFrame(32, 16).withName("wider"), folder.resolve("c")).copyTo(both);
  }

  @Test
  @Tag("fast")
  void measurementsAreThoseOfTheCommandLine() {
    String forms = Tessera.upsampling(MODEL, 1000, 1);
    assertTrue(forms.contains("\"layer\""), forms);
    assertEquals(
        "usage", assertThrows(TesseraFailure.class, () -> Tessera.upsampling(MODEL, 0, 1)).code());
    CompressOptions options =
        CompressOptions.of(MODEL, TOP.resolve("examples/calibration")).withCodecs(List.of("zvc"));
    String measured = Tessera.compress(options);
    assertTrue(measured.contains("\"codec\" : \"zvc\""), measured);
    TesseraFailure usage =
        assertThrows(TesseraFailure.class, () -> Tessera.compress(options.withPsnr(-1)));
    assertEquals("--psnr is above 0 and below 99", usage.sentence());
  }

  @Test
  @Tag("fast")
  void boardsAndModelsAreTold() {
    assertTrue(Tessera.boards().stream().anyMatch(b -> b.name().equals("zcu102")));
    Inspection seen = Tessera.inspect(MODEL);
    assertTrue(seen.accepted());
    assertEquals(15984, seen.macsPerInputPixel());
    assertEquals(432, Tessera.inspect(MODEL, "relu1").macsPerInputPixel());
  }
}
