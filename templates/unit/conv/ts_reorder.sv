// Puts the beats of position groups into stream order: they are written to (position, beat) of the
// current group and read once the group is complete. GROUPS groups of POSITIONS * BEATS words. The
// positions of a group are counted in columns of the WIDTH x HEIGHT input frame: windows begin at
// every SXth column and SYth row and not at the last LOSS_X and LOSS_Y.
// "start" marks a group's first word in time, "done" its last, "freed" returns its place.
`default_nettype none
module ts_reorder #(
    parameter RESIZABLE = 0,
    parameter WIDTH = 16,
    parameter HEIGHT = 16,
    parameter LOSS_X = 0,
    parameter LOSS_Y = 0,
    parameter SX = 1,
    parameter SY = 1,
    parameter W = 16,
    parameter POSITIONS = 2,
    parameter BEATS = 4,
    parameter GROUPS = 2,
    parameter BEATW = 4,
    parameter XW = 8,
    parameter YW = 8,
    parameter PW = POSITIONS > 1 ? $clog2(POSITIONS) : 1
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             size_valid,
    output wire             size_ready,
    input  wire [   XW-1:0] size_columns,
    input  wire [   YW-1:0] size_rows,
    input  wire             wr_valid,
    input  wire             wr_done,
    input  wire [   PW-1:0] wr_position,
    input  wire [BEATW-1:0] wr_beat,
    input  wire [    W-1:0] wr_data,
    output wire             freed,
    output wire             out_valid,
    input  wire             out_ready,
    output wire [    W-1:0] out_data
);
  localparam PX = POSITIONS * SX;
  localparam SIZE = POSITIONS * BEATS;
  localparam DEPTH = GROUPS * SIZE;
  localparam AW = $clog2(DEPTH);
  localparam GW = $clog2(GROUPS + 1);
  localparam NW = $clog2(SIZE + 1);

  // Writes, one register behind the requantiser; base of the group being written.
  logic [AW-1:0] wr_base, wr_addr;
  logic          wr_en, done;
  logic [ W-1:0] wr_word;
  logic [AW-1:0] wr_line;
  wire           unused_beat = &wr_beat;
  always_comb begin
    wr_line = '0;
    for (int i = 1; i < POSITIONS; i = i + 1) if (wr_position == PW'(i)) wr_line = AW'(i * BEATS);
  end
  always_ff @(posedge clk) begin
    wr_word <= wr_data;
    wr_addr <= wr_base + wr_line + AW'(wr_beat);
    if (rst) begin
      wr_base <= '0;
      wr_en <= 1'b0;
      done <= 1'b0;
    end else begin
      wr_en <= wr_valid;
      done  <= wr_done;
      if (wr_done) wr_base <= wr_base == AW'(DEPTH - SIZE) ? '0 : wr_base + AW'(SIZE);
    end
  end

  // Reads.
  logic [AW-1:0] rd_addr, rd_base;
  logic [NW-1:0] left;
  logic [XW-1:0] x_left;
  logic [YW-1:0] y_left;
  logic [GW-1:0] complete;
  logic          any, latch_valid, data_valid;
  wire           move = latch_valid & (!data_valid | out_ready);
  wire           read = any & (!latch_valid | move);
  wire           read_last = read && left == NW'(1);
  wire           row_last = x_left <= XW'(PX + LOSS_X);
  wire           begins, unused_sized;
  wire  [XW-1:0] columns, head_columns;
  wire  [YW-1:0] head_rows;
  wire  [AW-1:0] base_next = rd_base == AW'(DEPTH - SIZE) ? '0 : rd_base + AW'(SIZE);
  assign freed = read_last;
  assign out_valid = data_valid;

  ts_frame #(
      .RESIZABLE(RESIZABLE), .WIDTH(WIDTH), .HEIGHT(HEIGHT), .XW(XW), .YW(YW)
  ) frame (
      .clk, .rst, .in_valid(size_valid), .in_ready(size_ready), .in_columns(size_columns),
      .in_rows(size_rows), .next(read_last && row_last && y_left <= YW'(SY + LOSS_Y)),
      .valid(unused_sized), .load(begins), .head_columns, .head_rows, .columns
  );

  // The next group: columns left of its row, and the beats of those it holds.
  wire [XW-1:0] x_next = begins ? head_columns : row_last ? columns : x_left - XW'(PX);
  function automatic [NW-1:0] beats_of(input [XW-1:0] columns_left);
    beats_of = NW'(SIZE);
    for (int i = POSITIONS - 1; i > 0; i = i - 1)
      if (columns_left <= XW'(i * SX + LOSS_X)) beats_of = NW'(i * BEATS);
  endfunction
  always_ff @(posedge clk) begin
    if (rst) begin
      x_left <= XW'(WIDTH);
      y_left <= YW'(HEIGHT);
    end else if (begins) begin
      x_left <= x_next;
      y_left <= head_rows;
    end else if (read_last) begin
      x_left <= x_next;
      if (row_last) y_left <= y_left - YW'(SY);
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      rd_addr <= '0;
      rd_base <= '0;
      left <= beats_of(XW'(WIDTH));
      complete <= '0;
      any <= 1'b0;
      latch_valid <= 1'b0;
      data_valid <= 1'b0;
    end else begin
      if (done & !read_last) begin
        complete <= complete + 1'b1;
        any <= 1'b1;
      end else if (read_last & !done) begin
        complete <= complete - 1'b1;
        any <= complete != GW'(1);
      end
      if (read_last) begin
        rd_addr <= base_next;
        rd_base <= base_next;
      end else if (read) begin
        rd_addr <= rd_addr + 1'b1;
      end
      if (begins | read_last) left <= beats_of(x_next);
      else if (read) left <= left - 1'b1;
      latch_valid <= read | (latch_valid & !move);
      data_valid  <= move | (data_valid & !out_ready);
    end
  end

  ts_ram #(
      .W(W),
      .DEPTH(DEPTH),
      .REGISTERED(1),
      .STYLE(DEPTH <= 64 ? "distributed" : "block")
  ) ram (
      .clk,
      .wr_en,
      .wr_addr,
      .wr_data(wr_word),
      .rd_en(read),
      .rd_addr,
      .out_en(move),
      .rd_data(out_data)
  );
endmodule
`default_nettype wire
