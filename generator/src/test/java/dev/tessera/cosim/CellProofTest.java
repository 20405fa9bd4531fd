package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The stream cells under every sender and every reader, by bounded model checking: no beat lost,
 * doubled or out of order, none withdrawn, the promised latency and rate.
 */
@Tag("formal")
class CellProofTest {
  private static final int STEPS = 12;
  private static final Path LIBRARY =
      Path.of(System.getProperty("tessera.top", ".."), "templates", "lib");
  private static final List<String> CELLS =
      List.of("ts_skid", "ts_slice", "ts_ram", "ts_fifo", "ts_fork", "ts_gear");
  private static final String PORTS =
      " (.clk(clk), .rst(rst), .in_valid(in_valid), .in_ready(in_ready), .in_data(in_data),"
          + " .out_valid(out_valid), .out_ready(out_ready), .out_data(out_data));";

  @TempDir Path folder;

  /**
   * A cell and what it promises.
   *
   * @param parameters of {@code proof.sv}
   * @param instance the cell with its ports
   */
  record Case(String name, String parameters, String instance) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A fault in a cell that the proof must find. */
  record Fault(Case of, String cell, String right, String wrong) {}

  private static final Case SLICE =
      new Case("slice", "-set CAPACITY 2 -set LATENCY 1", "ts_slice #(.W(W)) dut" + PORTS);
  private static final Case FIFO =
      new Case(
          "fifo of 3", "-set CAPACITY 3 -set LATENCY 1", "ts_fifo #(.W(W), .DEPTH(3)) dut" + PORTS);
  private static final Case BLOCK =
      new Case(
          "block RAM fifo of 4",
          "-set CAPACITY 4 -set LATENCY 3",
          "ts_fifo #(.W(W), .DEPTH(4), .BLOCK(1)) dut" + PORTS);
  private static final Case FORK =
      new Case(
          "fork to 3",
          "-set CAPACITY 2 -set LATENCY 1 -set N 3",
          "wire [W-1:0] same; assign out_data = {N{same}}; ts_fork #(.W(W), .N(N)) dut"
              + PORTS.replace("(out_data)", "(same)"));
  private static final Case GEAR =
      new Case(
          "gear from 3 to 2",
          "-set CAPACITY 4 -set LATENCY 1 -set IN 3 -set OUT 2 -set FULL_RATE 0",
          "ts_gear #(.W(W), .IN(IN), .OUT(OUT)) dut" + PORTS);

  static Stream<Case> cells() {
    return Stream.of(
        SLICE,
        new Case(
            "fifo of 2",
            "-set CAPACITY 2 -set LATENCY 1",
            "ts_fifo #(.W(W), .DEPTH(2)) dut" + PORTS),
        FIFO,
        BLOCK,
        FORK,
        GEAR);
  }

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault(SLICE, "ts_skid", "empty <= !out_valid | out_ready", "empty <= 1'b1"),
        new Fault(SLICE, "ts_slice", "if (enable & head_valid)", "if (head_valid)"),
        new Fault(FIFO, "ts_fifo", "ready <= count != ALMOST", "ready <= 1'b1"),
        new Fault(FIFO, "ts_fifo", "count != CW'(1) : valid", "1'b0 : valid"),
        new Fault(BLOCK, "ts_fifo", "latch_valid & (!data_valid | out_ready)", "latch_valid"),
        new Fault(BLOCK, "ts_fifo", "any & (!latch_valid | move)", "any & !latch_valid"),
        new Fault(FORK, "ts_fork", "pending <= pending & ~out_ready", "pending <= pending"),
        new Fault(GEAR, "ts_gear", "rest < CW'(O)", "1'b1"));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void keepsItsPromises(Case cell) throws IOException {
    Path model = model(cell, null);
    assertTrue(passes(model, "--presat"), cell.name() + " breaks a promise");
    assertTrue(passes(model, "-c"), cell.name() + ": the proof does not fill the cell");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void findsFaults(Fault fault) throws IOException {
    assertFalse(passes(model(fault.of(), fault), "--presat"), fault + " is not noticed");
  }

  private Path model(Case cell, Fault fault) throws IOException {
    for (String name : CELLS) {
      String text = Files.readString(LIBRARY.resolve(name + ".sv"));
      if (fault != null && name.equals(fault.cell())) {
        assertTrue(text.contains(fault.right()), "the fault has no place");
        text = text.replace(fault.right(), fault.wrong());
      }
      Files.writeString(folder.resolve(name + ".sv"), text);
    }
    try (InputStream in = CellProofTest.class.getResourceAsStream("/formal/proof.sv")) {
      String proof = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(folder.resolve("proof.sv"), proof.replace("  CELL", cell.instance()));
    }
    String script =
        "read_verilog -formal -sv "
            + String.join(".sv ", CELLS)
            + ".sv proof.sv; chparam "
            + cell.parameters()
            + " proof; prep -top proof -flatten -nordff; memory_map; opt -full; async2sync;"
            + " dffunmap; opt_clean; write_smt2 -wires model.smt2";
    Processes.require(folder, List.of("yosys", "-q", "-p", script));
    return folder.resolve("model.smt2");
  }

  private boolean passes(Path model, String mode) {
    List<String> command =
        List.of(
            "yosys-smtbmc",
            "--noprogress",
            "-s",
            "z3",
            mode,
            "-t",
            Integer.toString(STEPS),
            model.toString());
    Processes.Ended ended = Processes.run(folder, command);
    boolean passed = ended.output().contains("Status: PASSED");
    assertTrue(passed || ended.output().contains("Status: FAILED"), ended.output());
    return passed && !ended.failed();
  }
}
