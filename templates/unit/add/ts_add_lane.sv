// One lane of ts_add: registers for operands, products, sum and code; latency 4 with enable. The
// coefficients arrive with the operand registers' outputs. Registers of their own per lane let
// every tool put them into its multiplier blocks.
`default_nettype none
module ts_add_lane #(
    parameter B0 = 8,
    parameter S0 = 0,
    parameter B1 = 8,
    parameter S1 = 0,
    parameter OUT_B = 8,
    parameter M0_W = 18,
    parameter M1_W = 18,
    parameter OFF_W = 32,
    parameter SUM_W = 48,
    parameter SHIFT = 8,
    parameter signed [31:0] LO = 0,
    parameter signed [31:0] HI = 255
) (
    input  wire             clk,
    input  wire             enable,
    input  wire [   B0-1:0] left,
    input  wire [   B1-1:0] right,
    input  wire [ M0_W-1:0] m0,
    input  wire [ M1_W-1:0] m1,
    input  wire [OFF_W-1:0] offset,
    output wire [OUT_B-1:0] code
);
  localparam A0_W = S0 != 0 ? B0 : B0 + 1;
  localparam A1_W = S1 != 0 ? B1 : B1 + 1;

  logic signed [  A0_W-1:0] a;
  logic signed [  A1_W-1:0] b;
  logic signed [ SUM_W-1:0] pa;
  logic signed [ SUM_W-1:0] pb;
  logic signed [ OFF_W-1:0] late;
  logic signed [ SUM_W-1:0] sum;
  logic        [ OUT_B-1:0] clamped;
  logic        [ OUT_B-1:0] out;

  assign code = out;

  ts_clamp #(
      .SUM_W(SUM_W),
      .SHIFT(SHIFT),
      .LO(LO),
      .HI(HI),
      .OUT_B(OUT_B)
  ) clamp (
      .sums (sum),
      .codes(clamped)
  );

  always_ff @(posedge clk) begin
    if (enable) begin
      a    <= S0 != 0 ? A0_W'($signed(left)) : A0_W'(left);
      b    <= S1 != 0 ? A1_W'($signed(right)) : A1_W'(right);
      pa   <= SUM_W'(a) * SUM_W'($signed(m0));
      pb   <= SUM_W'(b) * SUM_W'($signed(m1));
      late <= offset;
      sum  <= pa + pb + SUM_W'(late);
      out  <= clamped;
    end
  end
endmodule
`default_nettype wire
