// Holds the sums of a pass and hands LO of them per cycle to the requantiser: positions one after
// the other, in each the runs of contiguous output channels, in each run RB beats. Beats of
// positions or channels that do not exist are spared: they cost a cycle but do not leave. Places are
// counted in columns and rows of the W x H input frame.
// "beat" (output beat in its position) goes with the sums, one cycle later in registers, and "word",
// the same among those of all REPLAY walks of a row; "bank" changes from frame to frame, "done" marks
// the cycle of a frame's last beat; "offset" addresses the offset of the position's border class one
// cycle behind them.
`default_nettype none
module ts_drain #(
    parameter RESIZABLE = 0,
    parameter W = 16,
    parameter H = 16,
    parameter N = 8,
    parameter LO = 2,
    parameter KH = 3,
    parameter KW = 3,
    parameter G = 1,
    parameter REPLAY = 1,
    parameter SX = 1,
    parameter SY = 1,
    parameter PT = 1,
    parameter PL = 1,
    parameter PB = 1,
    parameter PR = 1,
    parameter P = 1,
    parameter GP = 1,
    parameter PE = 2,
    parameter ACC = 20,
    parameter CLASSES = 1,
    parameter BEATW = 4,
    parameter OFFW = 4,
    parameter XW = 8,
    parameter YW = 8,
    parameter PW = P > 1 ? $clog2(P) : 1
) (
    input  wire                   clk,
    input  wire                   rst,
    input  wire                   size_valid,
    output wire                   size_ready,
    input  wire [         XW-1:0] size_columns,
    input  wire [         YW-1:0] size_rows,
    input  wire                   load,
    input  wire [P*GP*PE*ACC-1:0] sums,
    output wire                   valid,
    output wire                   spared,
    output wire                   group_end,
    output wire                   bank,
    output wire                   done,
    output wire [         PW-1:0] position,
    output wire [      BEATW-1:0] beat,
    output wire [      BEATW-1:0] word,
    output wire [       OFFW-1:0] offset,
    output wire [     LO*ACC-1:0] data
);
  localparam PX = P * SX;
  localparam LOSS_X = KW - 1 - PL - PR;
  localparam LOSS_Y = KH - 1 - PT - PB;
  localparam NG = N / G;
  localparam NF = (NG + PE - 1) / PE;
  localparam GS = (G + GP - 1) / GP / REPLAY;
  localparam BA = (N + LO - 1) / LO;
  localparam BO = BA / REPLAY;
  localparam VW = REPLAY > 1 ? $clog2(REPLAY) : 1;
  localparam R = NF == 1 ? GP * NG : PE;
  localparam RUNS = NF == 1 ? 1 : GP;
  localparam RB = (R + LO - 1) / LO;
  localparam BEATS = P * RUNS * RB;
  localparam STRIDE = NG / LO;  // beats from one group to the next, if a pass has several runs
  localparam GROUP_JUMP = NF == 1 ? RB : GP * STRIDE - (NF - 1) * RB;
  localparam LAST_RB = (NG - (NF - 1) * PE + LO - 1) / LO;
  localparam QW = BEATS > 1 ? $clog2(BEATS) : 1;
  localparam IW = $clog2(RB + 1);
  localparam UW = $clog2(RUNS + 1);
  localparam NW = $clog2(NF + 1);
  localparam GW = $clog2(GS + 1);

  logic [P*GP*PE*ACC-1:0] held;
  always_ff @(posedge clk) if (load) held <= sums;

  // The pass that will be loaded next; columns and rows left from its first window on.
  logic [   NW-1:0] n;
  logic [   GW-1:0] g;
  logic [   XW-1:0] x_left;
  logic [   YW-1:0] y_left;
  logic [BEATW-1:0] base;
  wire n_last = n == NW'(NF - 1);
  wire g_last = g == GW'(GS - 1);
  wire x_last = x_left <= XW'(PX + LOSS_X);
  wire group_last = load & n_last & g_last;
  wire row_last = group_last & x_last;
  logic [   VW-1:0] walk;
  logic [BEATW-1:0] walk_beat;
  wire walk_last = walk == VW'(REPLAY - 1);
  wire rows_last = row_last & walk_last;
  wire frame_last = rows_last && y_left <= YW'(SY + LOSS_Y);
  wire          begins, unused_sized;
  wire [XW-1:0] columns, head_columns;
  wire [YW-1:0] head_rows;
  ts_frame #(
      .RESIZABLE(RESIZABLE), .WIDTH(W), .HEIGHT(H), .XW(XW), .YW(YW)
  ) frame (
      .clk, .rst, .in_valid(size_valid), .in_ready(size_ready), .in_columns(size_columns),
      .in_rows(size_rows), .next(frame_last), .valid(unused_sized), .load(begins), .head_columns,
      .head_rows, .columns
  );
  always_ff @(posedge clk) begin
    if (rst) begin
      n <= '0;
      g <= '0;
      base <= '0;
      walk <= '0;
      walk_beat <= '0;
      x_left <= XW'(W);
      y_left <= YW'(H);
    end else begin
      if (load) begin
        n <= n_last ? '0 : n + 1'b1;
        if (n_last) g <= g_last ? '0 : g + 1'b1;
        if (n_last & g_last) base <= '0;
        else base <= base + (n_last ? BEATW'(GROUP_JUMP) : BEATW'(RB));
      end
      if (begins) begin
        x_left <= head_columns;
        y_left <= head_rows;
      end else begin
        if (group_last) x_left <= x_last ? columns : x_left - XW'(PX);
        if (rows_last) y_left <= y_left - YW'(SY);
      end
      if (row_last) begin
        walk <= walk_last ? '0 : walk + 1'b1;
        walk_beat <= walk_last ? '0 : walk_beat + BEATW'(BO);
      end
    end
  end

  // The pass that is being drained, and the beat of it.
  logic             busy;
  logic [   QW-1:0] q;
  logic [   IW-1:0] i;
  logic [   UW-1:0] u;
  logic [   PW-1:0] p;
  logic [   XW-1:0] left;
  logic [BEATW-1:0] first_beat;
  logic [BEATW-1:0] out_beat;
  logic [BEATW-1:0] held_walk;
  logic             short_run, short_step, pass_last;
  wire i_last = i == IW'(RB - 1);
  wire u_last = u == UW'(RUNS - 1);
  wire p_last = p == PW'(P - 1);
  logic beyond;  // no window begins at position p
  always_comb begin
    beyond = 1'b0;
    for (int r = 1; r < P; r = r + 1)
      if (p == PW'(r)) beyond = left <= XW'(r * SX + LOSS_X);
  end
  wire exists = out_beat < BEATW'(BO)
      && !(short_run && i >= IW'(LAST_RB)) && !(short_step && beyond);
  always_ff @(posedge clk) begin
    if (rst) begin
      busy <= 1'b0;
    end else if (load) begin
      busy <= 1'b1;
    end else if (i_last & u_last & p_last) begin
      busy <= 1'b0;
    end
    if (load) begin
      q <= '0;
      i <= '0;
      u <= '0;
      p <= '0;
      first_beat <= base;
      out_beat <= base;
      held_walk <= walk_beat;
      short_run <= NF > 1 && n_last;
      short_step <= x_left < XW'((P - 1) * SX + LOSS_X + 1);
      left <= x_left;
      pass_last <= n_last & g_last;
    end else begin
      q <= q + 1'b1;
      i <= i_last ? '0 : i + 1'b1;
      if (i_last) u <= u_last ? '0 : u + 1'b1;
      if (i_last & u_last) p <= p + 1'b1;
      if (!i_last) out_beat <= out_beat + 1'b1;
      else if (!u_last) out_beat <= out_beat + BEATW'(STRIDE - RB + 1);
      else out_beat <= first_beat;
    end
  end

  // The parity of the frame that is drained, and its last beat.
  logic parity, ended;
  assign bank = parity;
  assign done = busy & ended & i_last & u_last & p_last;
  always_ff @(posedge clk) begin
    if (rst) begin
      parity <= 1'b0;
      ended  <= 1'b0;
    end else if (load) begin
      parity <= parity ^ ended;
      ended  <= frame_last;
    end else if (done) begin
      ended  <= 1'b0;
      parity <= !parity;
    end
  end

  ts_drain_select #(
      .BEATS(BEATS), .PARTS(P * RUNS), .RB(RB), .R(R), .LO(LO), .ACC(ACC), .QW(QW)
  ) choice (
      .clk, .held, .q, .data
  );
  assign beat = out_beat;
  assign word = REPLAY > 1 ? out_beat + held_walk : out_beat;

  logic valid1, spared1, end1;
  logic [PW-1:0] p1;
  always_ff @(posedge clk) begin
    p1 <= p;
    if (rst) begin
      valid1  <= 1'b0;
      spared1 <= 1'b0;
      end1    <= 1'b0;
    end else begin
      valid1  <= busy & exists;
      spared1 <= busy & !exists;
      end1    <= busy & pass_last & i_last & u_last & p_last;
    end
  end
  assign valid = valid1;
  assign spared = spared1;
  assign group_end = end1;
  assign position = p1;

  if (CLASSES == 1) begin : interior
    logic [OFFW-1:0] place;
    assign offset = place;
    always_ff @(posedge clk) place <= OFFW'(word);
  end else begin : border
    ts_drain_border #(
        .KH(KH), .KW(KW), .SX(SX), .SY(SY), .PT(PT), .PL(PL), .PB(PB), .PR(PR), .P(P), .BO(BA),
        .OFFW(OFFW), .XW(XW), .YW(YW), .PW(PW)
    ) classes (
        .clk, .rst, .load, .group_last, .row_last, .rows_last, .frame_last, .y_left, .left, .p,
        .beat(OFFW'(word)),
        .offset
    );
  end
endmodule
`default_nettype wire
