// One stream to 2 readers, see ts_fork.
`default_nettype none
module ts_fork2 #(
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
    output wire [W-1:0] out1_data
);
  logic [W-1:0] data;

  assign out0_data = data;
  assign out1_data = data;

  ts_fork #(
      .W(W),
      .N(2)
  ) core (
      .clk,
      .rst,
      .in_valid(in0_valid),
      .in_ready(in0_ready),
      .in_data(in0_data),
      .out_valid({out1_valid, out0_valid}),
      .out_ready({out1_ready, out0_ready}),
      .out_data(data)
  );
endmodule
`default_nettype wire
