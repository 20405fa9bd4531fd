// Pooling, separable: partial results of the windows that are open along a row, then along a
// column; the line buffer holds the latter, for output columns only. Sums or (MAX) maxima go
// through a requantiser or, with PLAIN, leave as they are. RESIZABLE: sizes of the frames arrive.
`default_nettype none
module ts_pool #(
    parameter WIDTH = 16,
    parameter HEIGHT = 16,
    parameter LANES = 1,
    parameter BEATS = 1,
    parameter B = 8,
    parameter S = 0,
    parameter MAX = 0,
    parameter KH = 3,
    parameter KW = 3,
    parameter SH = 1,
    parameter SW = 1,
    parameter PT = 1,
    parameter PL = 1,
    parameter PB = 1,
    parameter PR = 1,
    parameter ROW_W = 10,
    parameter ACC_W = 12,
    parameter DEPTH = 16,
    parameter RESIZABLE = 0,
    parameter PLAIN = 0,
    parameter OUT_B = 8,
    parameter CLASSES = 1,
    parameter PRE = 0,
    parameter A_W = 12,
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
    input  wire                   size_valid,
    output wire                   size_ready,
    input  wire [           31:0] size_data,
    input  wire                   in0_valid,
    output wire                   in0_ready,
    input  wire [    LANES*B-1:0] in0_data,
    output wire                   out0_valid,
    input  wire                   out0_ready,
    output wire [LANES*OUT_B-1:0] out0_data
);
  localparam AW = DEPTH > 1 ? $clog2(DEPTH) : 1;
  localparam BW = BEATS > 1 ? $clog2(BEATS) : 1;
  localparam RCW = $clog2(PT + PB + 2);
  localparam CCW = $clog2(PL + PR + 2);
  localparam ENTRIES = CLASSES * BEATS;
  localparam EW = ENTRIES > 1 ? $clog2(ENTRIES) : 1;
  localparam LATENCY = PLAIN != 0 ? 4 : 9;

  logic               head_valid;
  logic [LANES*B-1:0] head;
  logic               enable;
  logic [LATENCY-1:0] valid;
  wire take, step, in_frame;
  wire row_first, row_starts, row_ends, column_first, column_starts, column_ends;
  wire [ AW-1:0] address;
  wire [ BW-1:0] beat;
  wire [RCW-1:0] row_border;
  wire [CCW-1:0] column_border;

  assign enable = !valid[LATENCY-1] | out0_ready;
  assign out0_valid = valid[LATENCY-1];
  always_ff @(posedge clk) begin
    if (rst) valid <= '0;
    else if (enable) valid <= {valid[LATENCY-2:0], step & column_ends & row_ends};
  end

  ts_skid #(
      .W(LANES * B)
  ) skid (
      .clk,
      .rst,
      .in_valid(in0_valid),
      .in_ready(in0_ready),
      .in_data(in0_data),
      .out_valid(head_valid),
      .out_ready(take),
      .out_data(head)
  );

  ts_pool_walk #(
      .WIDTH(WIDTH), .HEIGHT(HEIGHT), .BEATS(BEATS), .KH(KH), .KW(KW), .SH(SH), .SW(SW),
      .PT(PT), .PL(PL), .PB(PB), .PR(PR), .RESIZABLE(RESIZABLE), .DEPTH(DEPTH)
  ) walk (
      .clk, .rst, .size_valid, .size_ready, .size_data, .enable, .head_valid, .take, .step, .in_frame,
      .row_first, .row_starts, .row_ends, .column_first, .column_starts, .column_ends, .address,
      .beat, .row_border, .column_border
  );

  // 1: the value, or what changes nothing; what the step does.
  localparam [B-1:0] NEUTRAL = MAX != 0 && S != 0 ? {1'b1, {(B - 1) {1'b0}}} : '0;
  wire [LANES*B-1:0] codes = in_frame ? head : {LANES{NEUTRAL}};
  logic [LANES*ROW_W-1:0] value1;
  logic step1, column_first1, column_starts1;
  always_ff @(posedge clk) begin
    if (enable) begin
      for (int l = 0; l < LANES; l = l + 1) begin
        value1[l*ROW_W+:ROW_W] <=
            S != 0 ? ROW_W'($signed(codes[l*B+:B])) : ROW_W'(codes[l*B+:B]);
      end
      step1 <= step;
      column_first1 <= column_first;
      column_starts1 <= column_starts;
    end
  end

  // 2: the windows along the row.
  wire [LANES*ROW_W-1:0] row2;
  ts_pool_row #(
      .L(LANES), .W(ROW_W), .S(S), .MAX(MAX), .K(KW), .STEP(SW), .BEATS(BEATS)
  ) along_row (
      .clk, .enable, .step(step1), .first(column_first1), .starts(column_starts1),
      .value(value1), .window(row2)
  );

  // 2 to 4: the windows along the column.
  logic [3:0] ends, firsts, begun;
  logic [4*AW-1:0] places;
  always_ff @(posedge clk) begin
    if (enable) begin
      ends <= {ends[2:0], step & column_ends};
      firsts <= {firsts[2:0], row_first};
      begun <= {begun[2:0], row_starts};
      places <= {places[3*AW-1:0], address};
    end
  end
  wire [LANES*ACC_W-1:0] acc;
  wire unused_late = &{firsts[3], begun[3]};
  ts_pool_column #(
      .L(LANES), .W(ACC_W), .ROW_W(ROW_W), .S(S), .MAX(MAX), .K(KH), .STEP(SH), .DEPTH(DEPTH)
  ) along_column (
      .clk, .enable, .rd_addr(places[0+:AW]), .row(row2), .first(firsts[2]), .starts(begun[2]),
      .store(ends[3]), .wr_addr(places[3*AW+:AW]), .window(acc)
  );

  if (PLAIN != 0) begin : plain
    for (genvar l = 0; l < LANES; l = l + 1) begin : lane
      assign out0_data[l*OUT_B+:OUT_B] =
          S != 0 ? OUT_B'($signed(acc[l*ACC_W+:ACC_W])) : OUT_B'(acc[l*ACC_W+:ACC_W]);
    end
    wire unused = &{beat, row_border, column_border};
  end else begin : requantised
    localparam N_W = M_W + OFF_W;
    localparam K_W = TWO_SIDED != 0 ? 2 * N_W + A_W + 1 : N_W;
    logic [LANES*K_W-1:0] rom[0:ENTRIES-1];
    logic [LANES*K_W-1:0] k;
    logic [4*EW-1:0] entries;
    if (FILE != "") begin : image
      initial $readmemh(FILE, rom);
    end
    wire [EW-1:0] row_class = CLASSES > 1 ? EW'(row_border) * EW'(1 + PL + PR) : '0;
    wire [EW-1:0] border = CLASSES > 1 ? row_class + EW'(column_border) : '0;
    always_ff @(posedge clk) begin
      if (enable) begin
        entries <= {entries[3*EW-1:0], EW'(border * EW'(BEATS) + EW'(beat))};
        k <= rom[entries[3*EW+:EW]];
      end
    end
    if (CLASSES == 1) begin : interior
      wire unused = &{row_border, column_border};
    end
    for (genvar l = 0; l < LANES; l = l + 1) begin : lane
      ts_scale_lane #(
          .IN_B(ACC_W), .IN_S(S), .OUT_B(OUT_B), .PRE(PRE), .A_W(A_W), .M_W(M_W), .OFF_W(OFF_W),
          .SUM_W(SUM_W), .TWO_SIDED(TWO_SIDED), .SHIFT(SHIFT), .LO(LO), .HI(HI)
      ) scale (
          .clk,
          .enable,
          .x(acc[l*ACC_W+:ACC_W]),
          .k(k[l*K_W+:K_W]),
          .code(out0_data[l*OUT_B+:OUT_B])
      );
    end
  end
endmodule
`default_nettype wire
