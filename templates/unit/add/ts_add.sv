// Adds two maps: clamp((a * m0[c] + b * m1[c] + offset[c]) >> SHIFT, LO, HI). The coefficients of
// the lanes of a beat are one memory word; registers: operands, products, sum, code. Latency 4.
`default_nettype none
module ts_add #(
    parameter LANES = 1,
    parameter BEATS = 1,
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
    parameter signed [31:0] HI = 255,
    parameter FILE = ""
) (
    input  wire                   clk,
    input  wire                   rst,
    input  wire                   in0_valid,
    output wire                   in0_ready,
    input  wire [   LANES*B0-1:0] in0_data,
    input  wire                   in1_valid,
    output wire                   in1_ready,
    input  wire [   LANES*B1-1:0] in1_data,
    output wire                   out0_valid,
    input  wire                   out0_ready,
    output wire [LANES*OUT_B-1:0] out0_data
);
  localparam K_W = M0_W + M1_W + OFF_W;
  localparam BW = BEATS > 1 ? $clog2(BEATS) : 1;

  logic [LANES*B0-1:0] head0;
  logic [LANES*B1-1:0] head1;
  logic head0_valid;
  logic head1_valid;
  logic enable;
  logic fire;
  logic [3:0] valid;
  logic [BW-1:0] beat;
  logic [LANES*K_W-1:0] rom[0:BEATS-1];
  logic [LANES*K_W-1:0] k;

  if (FILE != "") begin : image
    initial $readmemh(FILE, rom);
  end

  assign enable = !valid[3] | out0_ready;
  assign fire = head0_valid & head1_valid & enable;
  assign out0_valid = valid[3];

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
      .W(LANES * B1)
  ) skid1 (
      .clk,
      .rst,
      .in_valid(in1_valid),
      .in_ready(in1_ready),
      .in_data(in1_data),
      .out_valid(head1_valid),
      .out_ready(fire),
      .out_data(head1)
  );

  always_ff @(posedge clk) begin
    if (rst) begin
      valid <= '0;
      beat  <= '0;
    end else begin
      if (enable) valid <= {valid[2:0], fire};
      if (fire) beat <= beat == BW'(BEATS - 1) ? '0 : beat + 1'b1;
    end
  end

  always_ff @(posedge clk) begin
    if (enable) k <= rom[beat];
  end

  for (genvar l = 0; l < LANES; l = l + 1) begin : lane
    ts_add_lane #(
        .B0(B0),
        .S0(S0),
        .B1(B1),
        .S1(S1),
        .OUT_B(OUT_B),
        .M0_W(M0_W),
        .M1_W(M1_W),
        .OFF_W(OFF_W),
        .SUM_W(SUM_W),
        .SHIFT(SHIFT),
        .LO(LO),
        .HI(HI)
    ) add (
        .clk,
        .enable,
        .left(head0[l*B0+:B0]),
        .right(head1[l*B1+:B1]),
        .m0(k[l*K_W+:M0_W]),
        .m1(k[l*K_W+M0_W+:M1_W]),
        .offset(k[l*K_W+M0_W+M1_W+:OFF_W]),
        .code(out0_data[l*OUT_B+:OUT_B])
    );
  end
endmodule
`default_nettype wire
