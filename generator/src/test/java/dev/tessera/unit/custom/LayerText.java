package dev.tessera.unit.custom;

import dev.tessera.hw.StreamType;
import java.util.List;

/**
 * Verilog of test layers: a slice behind every input, an expression over their data, a register.
 */
final class LayerText {
  private LayerText() {}

  /**
   * A module whose lanes each compute {@code expression} of {@code a} and, if there is a second
   * input, {@code b}; latency 1.
   */
  static String pointwise(String module, List<StreamType> types, String expression) {
    StreamType first = types.get(0);
    StringBuilder ports = new StringBuilder();
    StringBuilder slices = new StringBuilder();
    StringBuilder operands = new StringBuilder();
    StringBuilder fire = new StringBuilder("enable");
    for (int i = 0; i < types.size(); i++) {
      ports.append(numbered(PORT, i, types.get(i)));
      slices.append(numbered(SLICE, i, types.get(i)));
      operands.append(operand(i, types.get(i)));
      fire.append(" & some").append(i);
    }
    return MODULE
        .replace("MODULE", module)
        .replace("PORTS", ports)
        .replace("SLICES", slices)
        .replace("OPERANDS", operands)
        .replace("FIRE", fire)
        .replace("EXPRESSION", expression)
        .replace("LANES", Integer.toString(first.lanes()))
        .replace("TOP", Integer.toString(first.bits() - 1))
        .replace("BITS", Integer.toString(first.type().bits()));
  }

  private static String numbered(String text, int i, StreamType type) {
    return text.replace("#", Integer.toString(i)).replace("TOP", Integer.toString(type.bits() - 1));
  }

  /** The value of a lane, in 32 bits with a sign. */
  private static String operand(int i, StreamType type) {
    int bits = type.type().bits();
    String sign = type.type().signed() ? "now" + i + "[l*" + bits + "+" + (bits - 1) + "]" : "1'b0";
    return OPERAND
        .replace("NAME", i == 0 ? "a" : "b")
        .replace("SIGN", sign)
        .replace("FILL", Integer.toString(32 - bits))
        .replace("BITS", Integer.toString(bits))
        .replace("#", Integer.toString(i));
  }

  private static final String PORT =
      """
          input wire in#_valid,
          output wire in#_ready,
          input wire [TOP:0] in#_data,
      """;

  private static final String SLICE =
      """
          reg full#;
          reg [TOP:0] held#;
          assign in#_ready = !full#;
          wire some# = full# | in#_valid;
          wire [TOP:0] now# = full# ? held# : in#_data;
          always @(posedge clk) begin
            if (!full#) held# <= in#_data;
            full# <= !rst & some# & !fire;
          end
      """;

  private static final String OPERAND =
      """
              wire signed [31:0] NAME = {{FILL{SIGN}}, now#[l*BITS+:BITS]};
      """;

  private static final String MODULE =
      """
      `default_nettype none
      module MODULE (
          input wire clk,
          input wire rst,
      PORTS    output reg out0_valid,
          input wire out0_ready,
          output reg [TOP:0] out0_data
      );
          wire enable = !out0_valid | out0_ready;
          wire fire;
      SLICES    assign fire = FIRE;
          always @(posedge clk) begin
            if (rst) out0_valid <= 1'b0;
            else if (enable) out0_valid <= fire;
          end
          genvar l;
          generate
            for (l = 0; l < LANES; l = l + 1) begin : lane
      OPERANDS        wire signed [31:0] made = EXPRESSION;
              wire unused = &{1'b0, made[31:BITS]};
              always @(posedge clk) if (fire) out0_data[l*BITS+:BITS] <= made[BITS-1:0];
            end
          endgenerate
      endmodule
      `default_nettype wire
      """;
}
