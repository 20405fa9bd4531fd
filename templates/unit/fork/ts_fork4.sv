// One stream to 4 readers, see ts_fork.
`default_nettype none
module ts_fork4 #(
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
    output wire [W-1:0] out3_data
);
  logic [W-1:0] data;

  assign out0_data = data;
  assign out1_data = data;
  assign out2_data = data;
  assign out3_data = data;

  ts_fork #(
      .W(W),
      .N(4)
  ) core (
      .clk,
      .rst,
      .in_valid(in0_valid),
      .in_ready(in0_ready),
      .in_data(in0_data),
      .out_valid({out3_valid, out2_valid, out1_valid, out0_valid}),
      .out_ready({out3_ready, out2_ready, out1_ready, out0_ready}),
      .out_data(data)
  );
endmodule
`default_nettype wire
