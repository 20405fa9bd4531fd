// One-beat skid buffer, latency 0: in_ready comes from a flop, so that the core behind it may
// derive out_ready from its own outputs without a combinational path through the unit.
`default_nettype none
module ts_skid #(
    parameter W = 8
) (
    input  wire         clk,
    input  wire         rst,
    input  wire         in_valid,
    output wire         in_ready,
    input  wire [W-1:0] in_data,
    output wire         out_valid,
    input  wire         out_ready,
    output wire [W-1:0] out_data
);
  logic         empty;
  logic [W-1:0] held;

  assign in_ready  = empty;
  assign out_valid = in_valid | !empty;
  assign out_data  = empty ? in_data : held;

  always_ff @(posedge clk) begin
    if (rst) empty <= 1'b1;
    else empty <= !out_valid | out_ready;
  end

  always_ff @(posedge clk) begin
    if (in_valid & empty & !out_ready) held <= in_data;
  end
endmodule
`default_nettype wire
