// Multiplies two maps: clamp((((a - z0[c]) * (b - z1[c])) >> PRE) * m[c] + b[c]) >> SHIFT, LO, HI).
// SHARED: the second map has one channel, whose value stays for all BEATS of a position. Zeros and
// coefficients of the lanes of a beat are one memory word each. Latency 8.
`default_nettype none
module ts_mul #(
    parameter LANES = 1,
    parameter BEATS = 1,
    parameter SHARED = 0,
    parameter B0 = 8,
    parameter S0 = 0,
    parameter B1 = 8,
    parameter S1 = 0,
    parameter Z0_W = 9,
    parameter Z1_W = 9,
    parameter X0_W = 9,
    parameter X1_W = 9,
    parameter P_W = 18,
    parameter OUT_B = 8,
    parameter PRE = 0,
    parameter A_W = 18,
    parameter M_W = 18,
    parameter OFF_W = 32,
    parameter SUM_W = 48,
    parameter TWO_SIDED = 0,
    parameter SHIFT = 8,
    parameter signed [31:0] LO = 0,
    parameter signed [31:0] HI = 255,
    parameter ZEROS = "",
    parameter FILE = "",
    parameter RIGHT = SHARED != 0 ? 1 : LANES
) (
    input  wire                   clk,
    input  wire                   rst,
    input  wire                   in0_valid,
    output wire                   in0_ready,
    input  wire [   LANES*B0-1:0] in0_data,
    input  wire                   in1_valid,
    output wire                   in1_ready,
    input  wire [   RIGHT*B1-1:0] in1_data,
    output wire                   out0_valid,
    input  wire                   out0_ready,
    output wire [LANES*OUT_B-1:0] out0_data
);
  localparam N_W = M_W + OFF_W;
  localparam K_W = TWO_SIDED != 0 ? 2 * N_W + A_W + 1 : N_W;
  localparam Z_W = Z0_W + Z1_W;
  localparam BW = BEATS > 1 ? $clog2(BEATS) : 1;

  logic [LANES*B0-1:0] head0;
  logic [RIGHT*B1-1:0] head1;
  logic head0_valid;
  logic head1_valid;
  logic enable;
  logic fire;
  logic [7:0] valid;
  logic [BW-1:0] beat;
  logic [BW-1:0] late_beat;
  logic [LANES*Z_W-1:0] zero_rom[0:BEATS-1];
  logic [LANES*Z_W-1:0] z;
  logic [LANES*K_W-1:0] rom[0:BEATS-1];
  logic [LANES*K_W-1:0] k;

  if (ZEROS != "") begin : zero_image
    initial $readmemh(ZEROS, zero_rom);
  end
  if (FILE != "") begin : image
    initial $readmemh(FILE, rom);
  end

  wire last = beat == BW'(BEATS - 1);
  assign enable = !valid[7] | out0_ready;
  assign fire = head0_valid & head1_valid & enable;
  assign out0_valid = valid[7];

  ts_skid #(
      .W(LANES * B0)
  ) skid0 (
      .clk,
      .rst,
      .in_valid(in0_valid),
      .in_ready(in0_ready),
      .in_data(in0_data),
      .out_valid(head0_valid),
      .out_ready(fire),
      .out_data(head0)
  );

  ts_skid #(
      .W(RIGHT * B1)
  ) skid1 (
      .clk,
      .rst,
      .in_valid(in1_valid),
      .in_ready(in1_ready),
      .in_data(in1_data),
      .out_valid(head1_valid),
      .out_ready(fire & (SHARED == 0 || last)),
      .out_data(head1)
  );

  // The coefficients are wanted three cycles after the zeros.
  always_ff @(posedge clk) begin
    if (rst) begin
      valid <= '0;
      beat <= '0;
      late_beat <= '0;
    end else if (enable) begin
      valid <= {valid[6:0], fire};
      if (fire) beat <= last ? '0 : beat + 1'b1;
      if (valid[2]) late_beat <= late_beat == BW'(BEATS - 1) ? '0 : late_beat + 1'b1;
    end
  end

  always_ff @(posedge clk) begin
    if (enable) begin
      z <= zero_rom[beat];
      k <= rom[late_beat];
    end
  end

  for (genvar l = 0; l < LANES; l = l + 1) begin : lane
    wire [P_W-1:0] product;
    ts_mul_lane #(
        .B0(B0),
        .S0(S0),
        .B1(B1),
        .S1(S1),
        .Z0_W(Z0_W),
        .Z1_W(Z1_W),
        .X0_W(X0_W),
        .X1_W(X1_W),
        .P_W(P_W)
    ) mul (
        .clk,
        .enable,
        .left(head0[l*B0+:B0]),
        .right(head1[(SHARED!=0?0 : l)*B1+:B1]),
        .zero0(z[l*Z_W+:Z0_W]),
        .zero1(z[l*Z_W+Z0_W+:Z1_W]),
        .product
    );
    ts_scale_lane #(
        .IN_B(P_W),
        .IN_S(1),
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
        .x(product),
        .k(k[l*K_W+:K_W]),
        .code(out0_data[l*OUT_B+:OUT_B])
    );
  end
endmodule
`default_nettype wire
