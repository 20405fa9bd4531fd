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
    int lanes = first.lanes();
    StringBuilder text = new StringBuilder("`default_nettype none\nmodule " + module + " (\n");
    text.append("  input wire clk,\n  input wire rst,\n");
    for (int i = 0; i < types.size(); i++) {
      text.append("  input wire in" + i + "_valid,\n  output wire in" + i + "_ready,\n");
      text.append("  input wire [" + (types.get(i).bits() - 1) + ":0] in" + i + "_data,\n");
    }
    text.append("  output reg out0_valid,\n  input wire out0_ready,\n");
    text.append("  output reg [" + (first.bits() - 1) + ":0] out0_data\n);\n");
    StringBuilder fire = new StringBuilder("!out0_valid | out0_ready");
    text.append("  wire enable = !out0_valid | out0_ready;\n");
    fire.setLength(0);
    fire.append("enable");
    for (int i = 0; i < types.size(); i++) {
      String w = "[" + (types.get(i).bits() - 1) + ":0]";
      String n = String.valueOf(i);
      text.append("  reg full" + n + ";\n  reg " + w + " held" + n + ";\n");
      text.append("  assign in" + n + "_ready = !full" + n + ";\n");
      text.append("  wire some" + n + " = full" + n + " | in" + n + "_valid;\n");
      text.append("  wire " + w + " now" + n + " = full" + n);
      text.append(" ? held" + n + " : in" + n + "_data;\n");
      fire.append(" & some").append(n);
    }
    text.append("  wire fire = " + fire + ";\n  always @(posedge clk) begin\n");
    text.append("    if (rst) begin\n      out0_valid <= 1'b0;\n");
    for (int i = 0; i < types.size(); i++) {
      text.append("      full" + i + " <= 1'b0;\n");
    }
    text.append("    end else begin\n      if (enable) out0_valid <= fire;\n");
    for (int i = 0; i < types.size(); i++) {
      text.append("      full" + i + " <= some" + i + " & !fire;\n");
    }
    text.append("    end\n  end\n");
    for (int i = 0; i < types.size(); i++) {
      text.append(
          "  always @(posedge clk) if (!full" + i + ") held" + i + " <= in" + i + "_data;\n");
    }
    text.append("  genvar l;\n  generate\n    for (l = 0; l < " + lanes);
    text.append("; l = l + 1) begin : lane\n");
    for (int i = 0; i < types.size(); i++) {
      int bits = types.get(i).type().bits();
      boolean signed = types.get(i).type().signed();
      String value = "now" + i + "[l*" + bits + "+:" + bits + "]";
      String wide =
          "{{"
              + (32 - bits)
              + "{"
              + (signed ? "now" + i + "[l*" + bits + "+" + (bits - 1) + "]" : "1'b0")
              + "}}, "
              + value
              + "}";
      text.append("      wire signed [31:0] " + (char) ('a' + i) + " = " + wide + ";\n");
    }
    int bits = first.type().bits();
    text.append("      wire signed [31:0] made = " + expression + ";\n");
    text.append("      wire unused = &{1'b0, made[31:" + bits + "]};\n");
    text.append("      always @(posedge clk) if (fire) out0_data[l*" + bits + "+:" + bits);
    text.append("] <= made[" + (bits - 1) + ":0];\n    end\n  endgenerate\nendmodule\n");
    return text.append("`default_nettype wire\n").toString();
  }
}
