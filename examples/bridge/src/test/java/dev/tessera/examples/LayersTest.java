package dev.tessera.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.api.GenerateOptions;
import dev.tessera.api.GeneratedDesign;
import dev.tessera.api.SimulateOptions;
import dev.tessera.api.SimulationResult;
import dev.tessera.api.Tessera;
import dev.tessera.api.TesseraFailure;
import dev.tessera.cosim.UnitContract;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import dev.tessera.unit.add.AddSamples;
import dev.tessera.unit.add.AddSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers of networks that are written in SpinalHDL and Chisel keep the contract of units. */
@Tag("sim")
class LayersTest {
  private static final Path MODEL =
      Path.of(System.getProperty("tessera.top"), "examples/sr_x2.onnx");

  @TempDir Path folder;

  /** Whole and partly filled beats, signed and unsigned. */
  private static List<List<StreamType>> samples() {
    return List.of(
        List.of(new StreamType(1, 1, FixedType.UINT8, 6, 4)),
        List.of(new StreamType(5, 2, new FixedType(true, 9), 6, 4)),
        List.of(new StreamType(16, 16, FixedType.UINT8, 6, 4)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spinal_slice", "chisel_slice"})
  void registerSlicesKeepTheContract(String kind) {
    Tessera.proveLayer(kind, "", samples(), folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spinal_denoise", "chisel_denoise"})
  void layersOfUsersKeepTheContract(String kind) {
    Tessera.proveLayer(kind, "40", samples(), folder);
  }

  @Test
  void additionsAreThoseOfTheLibrary() {
    for (HardwareUnit<AddSpec> unit : List.of(new SpinalAdd(), new ChiselAdd())) {
      UnitContract contract =
          new UnitContract().add(unit, AddSamples.all()).build(folder.resolve(unit.kind()));
      assertFalse(contract.names().isEmpty());
      contract.names().forEach(contract::prove);
    }
  }

  @Test
  void layersOfBothLanguagesWorkInOneNetwork() {
    GenerateOptions plain = GenerateOptions.of(MODEL).withFrame(24, 16).withMultipliers(300);
    GenerateOptions options =
        plain
            .withLayer("relu2_out", "spinal_denoise", "12")
            .withLayer("relu4_out", "chisel_denoise", "12")
            .withLayer("relu5_out", "spinal_slice", "")
            .withLayer("relu6_out", "chisel_slice", "");
    GeneratedDesign design = Tessera.generate(options, folder.resolve("both"));
    byte[] frame = new byte[24 * 16 * 3];
    new Random(1).nextBytes(frame);
    byte[] without = Tessera.generate(plain, folder.resolve("plain")).golden(List.of(frame)).get(0);
    assertFalse(Arrays.equals(without, design.golden(List.of(frame)).get(0)));
    SimulationResult result =
        design.simulate(SimulateOptions.standard().withFrames(4).withStalls(0.05, 1));
    assertTrue(result.bitExact(), result.json());
    assertArrayEquals(
        design.golden(List.of(frame)).get(0),
        Tessera.open(design.folder()).golden(List.of(frame)).get(0));
  }

  @Test
  void theSameLayerInBothLanguagesComputesTheSame() {
    GenerateOptions plain = GenerateOptions.of(MODEL).withFrame(24, 16).withMultipliers(300);
    byte[] frame = new byte[24 * 16 * 3];
    new Random(2).nextBytes(frame);
    byte[] spinal = made(plain.withLayer("relu3_out", "spinal_denoise", "20"), "s", frame);
    assertArrayEquals(
        spinal, made(plain.withLayer("relu3_out", "chisel_denoise", "20"), "c", frame));
    TesseraFailure refused =
        assertThrows(
            TesseraFailure.class,
            () -> made(plain.withLayer("relu3_out", "chisel_denoise", "much"), "x", frame));
    assertEquals("layer.settings", refused.code());
  }

  private byte[] made(GenerateOptions options, String place, byte[] frame) {
    return Tessera.generate(options, folder.resolve(place)).golden(List.of(frame)).get(0);
  }
}
