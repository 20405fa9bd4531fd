// One stream to 8 readers, see ts_fork.
`default_nettype none
module ts_fork8 #(
    parameter W = 8
) (
    input  wire         clk,
    input  wire         rst,
    input  wire         in0_valid,
    output wire         in0_ready,
    input  wire [W-1:0] in0_data,
    output wire         out0_valid,
    input  wire         out0_ready,
    output wire [W-1:0] out0_data,
    output wire         out1_valid,
    input  wire         out1_ready,
    output wire [W-1:0] out1_data,
    output wire         out2_valid,
    input  wire         out2_ready,
    output wire [W-1:0] out2_data,
    output wire         out3_valid,
    input  wire         out3_ready,
    output wire [W-1:0] out3_data,
    output wire         out4_valid,
    input  wire         out4_ready,
    output wire [W-1:0] out4_data,
    output wire         out5_valid,
    input  wire         out5_ready,
    output wire [W-1:0] out5_data,
    output wire         out6_valid,
    input  wire         out6_ready,
    output wire [W-1:0] out6_data,
    output wire         out7_valid,
    input  wire         out7_ready,
    output wire [W-1:0] out7_data
);
  logic [W-1:0] data;

  assign out0_data = data;
  assign out1_data = data;
  assign out2_data = data;
  assign out3_data = data;
  assign out4_data = data;
  assign out5_data = data;
  assign out6_data = data;
  assign out7_data = data;

  ts_fork #(
      .W(W),
      .N(8)
  ) core (
      .clk,
      .rst,
      .in_valid(in0_valid),
      .in_ready(in0_ready),
      .in_data(in0_data),
      .out_valid({
        out7_valid, out6_valid, out5_valid, out4_valid,
        out3_valid, out2_valid, out1_valid, out0_valid
      }),
      .out_ready({
        out7_ready, out6_ready, out5_ready, out4_ready,
        out3_ready, out2_ready, out1_ready, out0_ready
      }),
      .out_data(data)
  );
endmodule
`default_nettype wire
