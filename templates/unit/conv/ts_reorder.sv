// Puts the beats of position groups into stream order: they are written to (position, beat) of the
// current group and read once the group is complete. GROUPS groups of POSITIONS * BEATS words.
// "start" marks a group's first word in time, "done" its last, "freed" returns its place.
`default_nettype none
module ts_reorder #(
    parameter W = 16,
    parameter POSITIONS = 2,
    parameter LAST_POSITIONS = 2,
    parameter BEATS = 4,
    parameter GROUPS = 2,
    parameter ROW_GROUPS = 8,
    parameter BEATW = 4,
    parameter PW = POSITIONS > 1 ? $clog2(POSITIONS) : 1
) (
    input  wire             clk,
    input  wire             rst,
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
  localparam SIZE = POSITIONS * BEATS;
  localparam DEPTH = GROUPS * SIZE;
  localparam AW = $clog2(DEPTH);
  localparam GW = $clog2(GROUPS + 1);
  localparam NW = $clog2(SIZE + 1);
  localparam XW = $clog2(ROW_GROUPS + 1);

  // Writes, one register behind the requantiser; base of the group being written.
  logic [AW-1:0] wr_base, wr_addr;
  logic          wr_en, done;
  logic [ W-1:0] wr_word;
  logic [AW-1:0] wr_line;
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
  logic [XW-1:0] group;
  logic [GW-1:0] complete;
  logic          any, latch_valid, data_valid;
  wire           move = latch_valid & (!data_valid | out_ready);
  wire           read = any & (!latch_valid | move);
  wire           read_last = read && left == NW'(1);
  wire           row_last = group == XW'(ROW_GROUPS - 1);
  wire  [XW-1:0] group_next = row_last ? '0 : group + 1'b1;
  wire  [AW-1:0] base_next = rd_base == AW'(DEPTH - SIZE) ? '0 : rd_base + AW'(SIZE);
  assign freed = read_last;
  assign out_valid = data_valid;

  always_ff @(posedge clk) begin
    if (rst) begin
      rd_addr <= '0;
      rd_base <= '0;
      left <= NW'((ROW_GROUPS == 1 ? LAST_POSITIONS : POSITIONS) * BEATS);
      group <= '0;
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
        group <= group_next;
        left <= group_next == XW'(ROW_GROUPS - 1) ? NW'(LAST_POSITIONS * BEATS) : NW'(SIZE);
      end else if (read) begin
        rd_addr <= rd_addr + 1'b1;
        left <= left - 1'b1;
      end
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
