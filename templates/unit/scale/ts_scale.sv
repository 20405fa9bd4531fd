// Requantises a map per channel: a = x >> PRE; (m, b) by a < threshold; clamp((a * m + b) >> SHIFT,
// LO, HI). The coefficients of the lanes of a beat are one memory word; registers: operand, choice
// of slope, product, sum, code. Latency 5.
`default_nettype none
module ts_scale #(
    parameter LANES = 1,
    parameter BEATS = 1,
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
    parameter FILE = ""
) (
    input  wire                   clk,
    input  wire                   rst,
    input  wire                   in0_valid,
    output wire                   in0_ready,
    input  wire [ LANES*IN_B-1:0] in0_data,
    output wire                   out0_valid,
    input  wire                   out0_ready,
    output wire [LANES*OUT_B-1:0] out0_data
);
  localparam N_W = M_W + OFF_W;
  localparam K_W = TWO_SIDED != 0 ? 2 * N_W + A_W + 1 : N_W;
  localparam BW = BEATS > 1 ? $clog2(BEATS) : 1;

  logic [LANES*IN_B-1:0] head;
  logic head_valid;
  logic enable;
  logic [4:0] valid;
  logic [BW-1:0] beat;
  logic [LANES*K_W-1:0] rom[0:BEATS-1];
  logic [LANES*K_W-1:0] k;

  if (FILE != "") begin : image
    initial $readmemh(FILE, rom);
  end

  assign enable = !valid[4] | out0_ready;
  assign out0_valid = valid[4];

  ts_skid #(
      .W(LANES * IN_B)
  ) skid (
      .clk,
      .rst,
      .in_valid(in0_valid),
      .in_ready(in0_ready),
      .in_data(in0_data),
      .out_valid(head_valid),
      .out_ready(enable),
      .out_data(head)
  );

  always_ff @(posedge clk) begin
    if (rst) begin
      valid <= '0;
      beat  <= '0;
    end else if (enable) begin
      valid <= {valid[3:0], head_valid};
      if (head_valid) beat <= beat == BW'(BEATS - 1) ? '0 : beat + 1'b1;
    end
  end

  always_ff @(posedge clk) begin
    if (enable) k <= rom[beat];
  end

  for (genvar l = 0; l < LANES; l = l + 1) begin : lane
    ts_scale_lane #(
        .IN_B(IN_B),
        .IN_S(IN_S),
        .OUT_B(OUT_B),
        .PRE(PRE),
        .A_W(A_W),
        .M_W(M_W),
        .OFF_W(OFF_W),
        .SUM_W(SUM_W),
        .TWO_SIDED(TWO_SIDED),
        .SHIFT(SHIFT),
        .LO(LO),
        .HI(HI)
    ) scale (
        .clk,
        .enable,
        .x(head[l*IN_B+:IN_B]),
        .k(k[l*K_W+:K_W]),
        .code(out0_data[l*OUT_B+:OUT_B])
    );
  end
endmodule
`default_nettype wire
