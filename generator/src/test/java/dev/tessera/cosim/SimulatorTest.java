package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.emit.EmitContext;
import dev.tessera.emit.Emitter;
import dev.tessera.hw.Design;
import dev.tessera.hw.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A whole design: emitted, built, run against its golden model. */
@Tag("sim")
@TestInstance(Lifecycle.PER_CLASS)
class SimulatorTest {
  private final Design design = SmallDesign.make();
  private final List<Frame> frames = List.of(SmallDesign.frame(1), SmallDesign.frame(2));
  private Path folder;
  private Simulator simulator;

  @BeforeAll
  void emit(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    simulator = new Simulator(Verilator.find(), design, folder, folder.resolve("build"));
  }

  private Simulation run(SimulationOptions options) {
    return simulator.run(frames, options);
  }

  @Test
  void equalsTheGoldenModel() {
    Simulation simulation = run(SimulationOptions.plain(3));
    assertEquals("", simulation.fault());
    assertTrue(simulation.bitExact());
    assertEquals(simulation.golden().get(1), simulation.golden().get(1));
    assertEquals(3, simulation.actual().size());
    assertTrue(simulation.cyclesPerFrame() > 0);
  }

  @Test
  void equalsTheGoldenModelUnderPauses() {
    Simulation simulation = run(new SimulationOptions(3, 0.3, 7, 0, null));
    assertEquals("", simulation.fault());
    assertTrue(simulation.bitExact());
  }

  @Test
  void startsAgainAfterAReset() {
    Simulation simulation = run(new SimulationOptions(2, 0.1, 3, 70, null));
    assertEquals("", simulation.fault());
    assertTrue(simulation.bitExact());
  }

  @Test
  void writesWaveforms(@TempDir Path temporary) throws IOException {
    Path trace = temporary.resolve("small.fst");
    assertTrue(run(new SimulationOptions(1, 0, 1, 0, trace)).bitExact());
    assertTrue(Files.size(trace) > 1000);
  }
}
