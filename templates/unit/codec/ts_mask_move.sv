// Moves values that have a bit set in "zeros" by STEP lanes towards lane 0, a register behind; lanes that
// nothing moves into become 0. Something goes along.
`default_nettype none
module ts_mask_move #(
    parameter L = 8,
    parameter V = 8,
    parameter STEP = 1,
    parameter ALONG = 1
) (
    input  wire             clk,
    input  wire             enable,
    input  wire [    L-1:0] in_there,
    input  wire [  L*3-1:0] in_zeros,
    input  wire [  L*V-1:0] in_values,
    input  wire [ALONG-1:0] in_along,
    output wire [    L-1:0] out_there,
    output wire [  L*3-1:0] out_zeros,
    output wire [  L*V-1:0] out_values,
    output wire [ALONG-1:0] out_along
);
  localparam BIT = $clog2(STEP);

  logic [    L-1:0] there;
  logic [  L*3-1:0] zeros;
  logic [  L*V-1:0] values;
  logic [ALONG-1:0] along;
  assign {out_there, out_zeros, out_values, out_along} = {there, zeros, values, along};
  always_ff @(posedge clk) if (enable) along <= in_along;
  for (genvar l = 0; l < L; l = l + 1) begin : lanes
    localparam FROM = l + STEP < L ? l + STEP : l;
    wire stays = in_there[l] & !in_zeros[l*3+BIT];
    wire comes = l + STEP < L ? in_there[FROM] & in_zeros[FROM*3+BIT] : 1'b0;
    always_ff @(posedge clk) begin
      if (enable) begin
        there[l] <= stays | comes;
        zeros[l*3+:3] <= comes ? in_zeros[FROM*3+:3] : in_zeros[l*3+:3];
        values[l*V+:V] <= comes ? in_values[FROM*V+:V] : stays ? in_values[l*V+:V] : '0;
      end
    end
  end
endmodule
`default_nettype wire
