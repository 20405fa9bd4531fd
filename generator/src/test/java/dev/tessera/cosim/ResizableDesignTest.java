package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.emit.EmitContext;
import dev.tessera.emit.Emitter;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import dev.tessera.hw.Size;
import dev.tessera.unit.Resizing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Frames of different sizes back to back through a whole design. */
@Tag("sim")
@TestInstance(Lifecycle.PER_CLASS)
class ResizableDesignTest {
  private static final List<Size> SIZES =
      List.of(
          new Size(12, 8),
          new Size(1, 1),
          new Size(5, 3),
          new Size(5, 3),
          new Size(12, 2),
          new Size(3, 8),
          new Size(12, 8));

  private final Design design = Resizing.resizable(SmallDesign.make());
  private final List<Frame> frames = new ArrayList<>();
  private Path folder;

  @BeforeAll
  void emit(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    for (int i = 0; i < SIZES.size(); i++) {
      frames.add(SmallDesign.frame(i, SIZES.get(i).width(), SIZES.get(i).height()));
    }
  }

  private Simulation run(SimulationOptions options) {
    Path work = folder.resolve("build");
    return new Simulator(Verilator.find(), design, folder, work).run(frames, options);
  }

  @Test
  void equalsTheGoldenModelOfEachSize() {
    Simulation simulation = run(SimulationOptions.plain(frames.size()));
    assertEquals("", simulation.fault());
    assertTrue(simulation.bitExact());
    List<Size> made = simulation.actual().stream().map(Size::of).toList();
    assertEquals(SIZES.stream().map(s -> new Size(2 * s.width(), 2 * s.height())).toList(), made);
  }

  @Test
  void equalsItUnderPausesAndAfterAReset() {
    for (int seed = 1; seed <= 3; seed++) {
      Simulation simulation =
          run(new SimulationOptions(2 * frames.size(), 0.1 * seed, seed, 60 * seed, null));
      assertEquals("", simulation.fault(), "seed " + seed);
      assertTrue(simulation.bitExact(), "seed " + seed);
    }
  }

  /** The doubled picture is marked with the rows of a picture that is not. */
  @Test
  void aSizeThatIsWrongIsFound() throws IOException {
    Path faulty = Files.createDirectory(folder.resolve("faulty"));
    Emitter.emit(design, faulty, new EmitContext("0", "hash", "tessera generate"));
    Path top = faulty.resolve("rtl/tiny.v");
    String text = Files.readString(top);
    String doubled = ".MUL(64'h200000002)";
    assertTrue(text.contains(doubled), text);
    Files.writeString(top, text.replace(doubled, ".MUL(64'h200000001)"));
    Simulator simulator = new Simulator(Verilator.find(), design, faulty, faulty.resolve("build"));
    Simulation simulation = simulator.run(frames, SimulationOptions.plain(frames.size()));
    assertFalse(simulation.bitExact());
    String place = "tiny.out0: frame 0, row 0, column 10, channel 0: tlast expected 0, actual 1";
    assertTrue(
        simulation.fault().startsWith("no more beats from unit video_out; " + place),
        simulation.fault());
  }
}
