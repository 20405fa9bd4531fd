// Fetches the frames that ts_cut_write stored, in the same places and order. Words are asked for only
// while the buffer has room for all of them, so that the read channel never waits; a place is given
// back when its last word has come, which is marked.
`default_nettype none
module ts_cut_read #(
    parameter B = 16,
    parameter MOST = 16,
    parameter DEPTH = 64,
    parameter SLOTS = 3,
    parameter [31:0] STRIDE = 4096,
    parameter [31:0] OFFSET = 0
) (
    input  wire           clk,
    input  wire           rst,
    input  wire           stored,
    input  wire [   31:0] stored_words,
    output wire           freed,
    output wire           ar_valid,
    input  wire           ar_ready,
    output wire [   31:0] ar_place,
    output wire [    7:0] ar_length,
    input  wire           r_valid,
    input  wire [B*8-1:0] r_data,
    output wire           out_valid,
    input  wire           out_ready,
    output wire [B*8-1:0] out_data,
    output wire           out_last
);
  localparam NW = $clog2(MOST + 1);
  localparam SW = $clog2(SLOTS + 1);
  localparam FW = $clog2(DEPTH + 1);
  localparam WAITING = 16;

  // Frames that wait: never more than there are places.
  wire        unused_room, frame_valid;
  wire [31:0] frame_words;
  logic       busy;
  wire        start = frame_valid & !busy;
  ts_fifo #(.W(32), .DEPTH(SLOTS + 1), .BLOCK(0)) frames (
      .clk, .rst, .in_valid(stored), .in_ready(unused_room), .in_data(stored_words),
      .out_valid(frame_valid), .out_ready(start), .out_data(frame_words)
  );

  // Requests, against room in the buffer.
  logic          valid;
  logic [  31:0] place, next, slot;
  logic [   7:0] length;
  logic [SW-1:0] at;
  logic [  31:0] left;
  logic [FW-1:0] room;
  wire           marks_ready;
  wire           last = left <= 32'(MOST);
  wire  [NW-1:0] wanted = last ? NW'(left) : NW'(MOST);
  wire           issue = busy & (!valid | ar_ready) & marks_ready & (room >= FW'(wanted));
  wire           wrap = at == SW'(SLOTS - 1);
  wire  [  31:0] following = wrap ? OFFSET : slot + STRIDE;
  wire           used = out_valid & out_ready;
  assign ar_valid = valid;
  assign ar_place = place;
  assign ar_length = length;
  always_ff @(posedge clk) begin
    if (rst) begin
      busy  <= 1'b0;
      valid <= 1'b0;
      next  <= OFFSET;
      slot  <= OFFSET;
      at    <= '0;
      room  <= FW'(DEPTH);
    end else begin
      if (start) busy <= 1'b1;
      else if (issue & last) busy <= 1'b0;
      if (issue) valid <= 1'b1;
      else if (ar_ready) valid <= 1'b0;
      room <= room + FW'(used) - (issue ? FW'(wanted) : '0);
      if (issue) next <= last ? following : next + 32'(MOST * B);
      if (issue & last) begin
        slot <= following;
        at   <= wrap ? '0 : at + 1'b1;
      end
    end
    if (start) left <= frame_words;
    else if (issue) left <= left - 32'(wanted);
    if (issue) begin
      place  <= next;
      length <= 8'(wanted) - 8'd1;
    end
  end

  // Words as they come, and which of them end a frame.
  wire          mark_valid, mark_last;
  wire  [NW-1:0] mark_words;
  logic [NW-1:0] come;
  wire           whole = r_valid && come == mark_words - 1'b1;
  ts_fifo #(.W(NW + 1), .DEPTH(WAITING)) marks (
      .clk, .rst, .in_valid(issue), .in_ready(marks_ready), .in_data({last, wanted}),
      .out_valid(mark_valid), .out_ready(whole), .out_data({mark_last, mark_words})
  );
  assign freed = whole & mark_valid & mark_last;
  always_ff @(posedge clk) begin
    if (rst) come <= '0;
    else if (r_valid) come <= whole ? '0 : come + 1'b1;
  end
  wire unused_ready;
  ts_fifo #(.W(B * 8 + 1), .DEPTH(DEPTH)) buffer (
      .clk, .rst, .in_valid(r_valid), .in_ready(unused_ready), .in_data({freed, r_data}), .out_valid,
      .out_ready, .out_data({out_last, out_data})
  );
  wire unused = &{1'b0, unused_ready, unused_room};
endmodule
`default_nettype wire
