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
    parameter FILE = "coefficients.hex"
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
  localparam X_W = IN_S != 0 ? IN_B : IN_B + 1;
  localparam K_W = (M_W + OFF_W) * (TWO_SIDED != 0 ? 2 : 1) + (TWO_SIDED != 0 ? A_W + 1 : 0);
  localparam N_AT = M_W + OFF_W;
  localparam BW = BEATS > 1 ? $clog2(BEATS) : 1;

  logic [LANES*IN_B-1:0] head;
  logic head_valid;
  logic enable;
  logic [4:0] valid;
  logic [BW-1:0] beat;
  logic [LANES*K_W-1:0] rom[0:BEATS-1];
  logic [LANES*K_W-1:0] k;
  logic [LANES*X_W-1:0] x;
  logic [LANES*A_W-1:0] a;
  logic [LANES*M_W-1:0] m;
  logic [LANES*OFF_W-1:0] b;
  logic [LANES-1:0] negative;
  logic [LANES*A_W-1:0] a1;
  logic [LANES*SUM_W-1:0] product;
  logic [LANES*OFF_W-1:0] b2;
  logic [LANES*SUM_W-1:0] sum;
  logic [LANES*OUT_B-1:0] code;
  logic [LANES*OUT_B-1:0] out;

  initial $readmemh(FILE, rom);

  assign enable = !valid[4] | out0_ready;
  assign out0_valid = valid[4];
  assign out0_data = out;

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

  ts_clamp #(
      .LANES(LANES),
      .SUM_W(SUM_W),
      .SHIFT(SHIFT),
      .LO(LO),
      .HI(HI),
      .OUT_B(OUT_B)
  ) clamp (
      .sums (sum),
      .codes(code)
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

  always_comb begin
    for (int l = 0; l < LANES; l = l + 1) begin
      x[l*X_W+:X_W] = IN_S != 0 ? X_W'($signed(head[l*IN_B+:IN_B])) : X_W'(head[l*IN_B+:IN_B]);
    end
  end

  if (TWO_SIDED != 0) begin : two
    localparam T_AT = 2 * N_AT;
    always_comb begin
      for (int l = 0; l < LANES; l = l + 1) begin
        negative[l] = (A_W + 1)'($signed(a[l*A_W+:A_W])) < $signed(k[l*K_W+T_AT+:A_W+1]);
      end
    end
    always_ff @(posedge clk) begin
      if (enable) begin
        for (int l = 0; l < LANES; l = l + 1) begin
          m[l*M_W+:M_W] <= negative[l] ? k[l*K_W+N_AT+:M_W] : k[l*K_W+:M_W];
          b[l*OFF_W+:OFF_W] <= negative[l] ? k[l*K_W+N_AT+M_W+:OFF_W] : k[l*K_W+M_W+:OFF_W];
        end
      end
    end
  end else begin : one
    assign negative = '0;
    wire unused = &negative;
    always_ff @(posedge clk) begin
      if (enable) begin
        for (int l = 0; l < LANES; l = l + 1) begin
          m[l*M_W+:M_W] <= k[l*K_W+:M_W];
          b[l*OFF_W+:OFF_W] <= k[l*K_W+M_W+:OFF_W];
        end
      end
    end
  end

  always_ff @(posedge clk) begin
    if (enable) begin
      k   <= rom[beat];
      a1  <= a;
      b2  <= b;
      out <= code;
      for (int l = 0; l < LANES; l = l + 1) begin
        a[l*A_W+:A_W] <= A_W'($signed(x[l*X_W+:X_W]) >>> PRE);
        product[l*SUM_W+:SUM_W] <= SUM_W'($signed(a1[l*A_W+:A_W])) *
            SUM_W'($signed(m[l*M_W+:M_W]));
        sum[l*SUM_W+:SUM_W] <= $signed(product[l*SUM_W+:SUM_W]) +
            SUM_W'($signed(b2[l*OFF_W+:OFF_W]));
      end
    end
  end
endmodule
`default_nettype wire
