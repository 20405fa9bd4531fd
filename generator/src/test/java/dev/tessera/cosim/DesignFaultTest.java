package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.emit.EmitContext;
import dev.tessera.emit.Emitter;
import dev.tessera.hw.Design;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law 9 for designs: a fault anywhere in the folder is found, and the unit behind it named. */
@Tag("sim")
class DesignFaultTest {
  private static final String PLACE =
      "frame \\d+, row \\d+, column \\d+, channel \\d+: expected -?\\d+, actual (-?\\d+|nothing).*";

  @TempDir Path folder;

  /** What the simulator says after {@code from} became {@code to} in one file. */
  private String faultOf(String file, String from, String to) throws IOException {
    Design design = SmallDesign.make();
    Emitter.emit(design, folder, new EmitContext("0", "hash", "tessera generate"));
    Path place = folder.resolve(file);
    String text = Files.readString(place);
    assertTrue(text.contains(from), () -> file + " does not hold: " + from);
    Files.writeString(place, text.replace(from, to));
    Simulator simulator = new Simulator(Verilator.find(), design, folder, folder.resolve("build"));
    Simulation simulation =
        simulator.run(
            List.of(SmallDesign.frame(1), SmallDesign.frame(2)),
            new SimulationOptions(2, 0.2, 5, 0, null));
    assertFalse(simulation.bitExact());
    return simulation.fault();
  }

  private static void assertMatches(String pattern, String fault) {
    assertTrue(fault.matches(pattern), fault);
  }

  @Test
  void namesTheUnitOfAWrongCoefficient() throws IOException {
    Path image = Path.of("rtl/tiny_sum_coefficients.hex");
    String fault = faultOf(image.toString(), "64", "65");
    assertMatches("unit sum, link summed, " + PLACE, fault);
  }

  @Test
  void namesTheBufferThatLosesBeats() throws IOException {
    String fault = faultOf("rtl/tiny.v", ".out_ready(right_q_ready)", ".out_ready(1'b1)");
    assertMatches("buffer of link right, " + PLACE, fault);
  }

  @Test
  void namesTheUnitThatStops() throws IOException {
    String fault =
        faultOf("rtl/ts_add.sv", "head0_valid & head1_valid & enable", "beat == BW'(1) & enable");
    assertMatches("no more beats from unit sum \\(at frame 0, row 0, .*out0: " + PLACE, fault);
  }
}
