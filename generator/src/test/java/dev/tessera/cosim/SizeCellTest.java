package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cells that carry frame sizes: every size once, in order, as its exact image. */
@Tag("sim")
class SizeCellTest {
  private static final int SIZES = 60;
  private static final Path LIBRARY =
      Path.of(System.getProperty("tessera.top", ".."), "templates", "lib");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1,1,1", "2,2,2", "3,3,4", "4,1,4", "5,2,2"})
  void mapsEverySize(int seed, int stages, int lanes) throws IOException {
    Random random = new Random(seed);
    int[][] mul = table(random, stages, 2 * lanes, 1, 8);
    int[][] add = table(random, stages, 2 * lanes, -1, 5);
    int[][] div = table(random, stages, 2 * lanes, 1, 9);
    List<String> sizes = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < SIZES; i++) {
      int columns = 900 + random.nextInt(4000);
      int rows = 900 + random.nextInt(3000);
      sizes.add(Integer.toHexString(rows << 16 | columns));
      StringBuilder line = new StringBuilder();
      for (int lane = 2 * lanes - 1; lane >= 0; lane--) {
        long n = lane % 2 == 0 ? columns : rows;
        for (int s = 0; s < stages; s++) {
          n = (n * mul[s][lane] + add[s][lane]) / div[s][lane];
        }
        line.append(String.format(Locale.ROOT, "%04x", n & 0xffff));
      }
      expected.add(line.toString());
    }
    Files.write(folder.resolve("sizes.hex"), sizes);
    Files.writeString(folder.resolve("tb.sv"), bench(stages, 2 * lanes, seed, mul, add, div));
    String library = LIBRARY.toAbsolutePath().toString();
    Processes.require(
        folder, List.of("iverilog", "-g2012", "-y", library, "-Y", ".sv", "-o", "tb", "tb.sv"));
    String printed = Processes.require(folder, List.of("vvp", "-n", "tb"));
    for (String cell : List.of("a", "b")) {
      List<String> got =
          printed.lines().filter(l -> l.startsWith(cell)).map(l -> l.substring(2)).toList();
      assertEquals(expected, got, "cell " + cell);
    }
  }

  private static int[][] table(Random random, int stages, int lanes, int from, int to) {
    int[][] table = new int[stages][];
    for (int s = 0; s < stages; s++) {
      table[s] = random.ints(lanes, from, to).toArray();
    }
    return table;
  }

  private static String literal(int[][] table) {
    StringBuilder text = new StringBuilder();
    for (int s = table.length - 1; s >= 0; s--) {
      for (int lane = table[s].length - 1; lane >= 0; lane--) {
        text.append(text.isEmpty() ? "" : ", ").append("32'h");
        text.append(Integer.toHexString(table[s][lane]));
      }
    }
    return "{" + text + "}";
  }

  /** Two cells behind one hub, read at different paces. */
  private static String bench(
      int stages, int lanes, int seed, int[][] mul, int[][] add, int[][] div) {
    String cell =
        """
          wire %1$s_room, %1$s_valid;
          wire [LANES*16-1:0] %1$s_data;
          reg %1$s_go = 1'b0;
          ts_size #(.LANES(LANES), .STAGES(STAGES), .MUL(MUL), .ADD(ADD), .DIV(DIV)) %1$s (
              .clk(clk), .rst(rst), .push(push), .data(data), .room(%1$s_room),
              .out_valid(%1$s_valid), .out_ready(%1$s_go), .out_data(%1$s_data));
          always @(posedge clk) begin
            %1$s_go <= $random(seed) %% %2$d == 0;
            if (%1$s_valid && %1$s_go && !rst) $display("%1$s %%h", %1$s_data);
          end
        """;
    String top =
        """
        module tb;
          localparam LANES = %1$d, STAGES = %2$d;
          localparam [LANES*STAGES*32-1:0] MUL = %4$s;
          localparam [LANES*STAGES*32-1:0] ADD = %5$s;
          localparam [LANES*STAGES*32-1:0] DIV = %6$s;
          reg clk = 0, rst = 1;
          integer seed = %3$d, cycle = 0, next = 0;
          reg [31:0] sizes[0:%7$d-1];
          reg valid = 0;
          wire ready, push;
          wire [31:0] data;
          initial $readmemh("sizes.hex", sizes);
          always #1 clk = ~clk;
          ts_size_hub #(.N(2)) hub (
              .clk(clk), .rst(rst), .in_valid(valid), .in_ready(ready), .in_data(sizes[next]),
              .push(push), .data(data), .room({a_room, b_room}));
          always @(posedge clk) begin
            cycle <= cycle + 1;
            rst <= cycle < 3;
            if (valid && ready) next <= next + 1;
            if (!rst) valid <= next + (valid && ready) < %7$d;
            if (cycle == 60000) $finish;
          end
        """;
    return String.format(
            Locale.ROOT, top, lanes, stages, seed, literal(mul), literal(add), literal(div), SIZES)
        + String.format(Locale.ROOT, cell, "a", 2)
        + String.format(Locale.ROOT, cell, "b", 17)
        + "endmodule";
  }
}
