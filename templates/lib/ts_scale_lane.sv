// One requantiser: registers for operand, choice of slope, product, sum and code; latency 5 with
// enable. The coefficients arrive with the operand register's output.
`default_nettype none
module ts_scale_lane #(
    parameter IN_B = 8,
    parameter IN_S = 0,
    parameter OUT_B = 8,
    parameter PRE = 0,
    parameter A_W = 9,
    parameter M_W = 18,
    parameter OFF_W = 32,
    parameter SUM_W = 48,
    parameter TWO_SIDED = 0,
    parameter SHIFT = 8,
    parameter signed [31:0] LO = 0,
    parameter signed [31:0] HI = 255,
    parameter N_W = M_W + OFF_W,
    parameter K_W = TWO_SIDED != 0 ? 2 * N_W + A_W + 1 : N_W
) (
    input  wire             clk,
    input  wire             enable,
    input  wire [ IN_B-1:0] x,
    input  wire [  K_W-1:0] k,
    output wire [OUT_B-1:0] code
);
  localparam X_W = IN_S != 0 ? IN_B : IN_B + 1;

  logic signed [  X_W-1:0] wide;
  logic signed [  A_W-1:0] a;
  logic signed [  A_W-1:0] late;
  logic        [  N_W-1:0] slope;
  logic        [  N_W-1:0] chosen;
  logic signed [SUM_W-1:0] product;
  logic signed [OFF_W-1:0] offset;
  logic signed [SUM_W-1:0] sum;
  logic        [OUT_B-1:0] clamped;
  logic        [OUT_B-1:0] out;

  assign wide = IN_S != 0 ? X_W'($signed(x)) : X_W'(x);
  assign code = out;

  if (TWO_SIDED != 0) begin : two
    wire signed [A_W:0] threshold = k[2*N_W+:A_W+1];
    wire below = (A_W + 1)'(a) < threshold;
    assign slope = below ? k[N_W+:N_W] : k[0+:N_W];
  end else begin : one
    assign slope = k;
  end

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
      a       <= A_W'(wide >>> PRE);
      late    <= a;
      chosen  <= slope;
      product <= SUM_W'(late) * SUM_W'($signed(chosen[M_W-1:0]));
      offset  <= chosen[N_W-1:M_W];
      sum     <= product + SUM_W'(offset);
      out     <= clamped;
    end
  end
endmodule
`default_nettype wire
