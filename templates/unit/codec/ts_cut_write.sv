// Hands coded frames on to memory: bursts of at most MOST words, whose words are all there, into one of
// SLOTS places of STRIDE bytes each, in turn; STRIDE is a multiple of 4 KiB and MOST words divide it, so
// that no burst crosses one. A frame is begun only while a place is free ("freed" gives one back),
// and is handed to the reader ("stored", with its words) when its last response has come.
`default_nettype none
module ts_cut_write #(
    parameter B = 16,
    parameter MOST = 16,
    parameter DEPTH = 64,
    parameter SLOTS = 3,
    parameter [31:0] STRIDE = 4096,
    parameter [31:0] OFFSET = 0
) (
    input  wire           clk,
    input  wire           rst,
    input  wire           in_valid,
    output wire           in_ready,
    input  wire [B*8-1:0] in_data,
    input  wire           in_last,
    output wire           aw_valid,
    input  wire           aw_ready,
    output wire [   31:0] aw_place,
    output wire [    7:0] aw_length,
    output wire           w_valid,
    input  wire           w_ready,
    output wire [B*8-1:0] w_data,
    input  wire           b_valid,
    input  wire           freed,
    output wire           stored,
    output wire [   31:0] stored_words
);
  localparam NW = $clog2(MOST + 1);
  localparam SW = $clog2(SLOTS + 1);
  localparam WAITING = 16;

  // Words, and the bursts that they make up.
  logic [NW-1:0] count;
  wire           words_ready, bursts_ready;
  wire           push = in_valid & in_ready;
  wire           close = push && (in_last || count == NW'(MOST - 1));
  assign in_ready = words_ready & bursts_ready;
  always_ff @(posedge clk) begin
    if (rst) count <= '0;
    else if (push) count <= close ? '0 : count + 1'b1;
  end
  ts_fifo #(.W(B * 8), .DEPTH(DEPTH)) words (
      .clk, .rst, .in_valid(push), .in_ready(words_ready), .in_data, .out_valid(w_valid),
      .out_ready(w_ready), .out_data(w_data)
  );
  wire          burst_valid, burst_take, burst_last;
  wire [NW-1:0] burst_length;
  ts_fifo #(.W(NW + 1), .DEPTH(WAITING)) bursts (
      .clk, .rst, .in_valid(close), .in_ready(bursts_ready), .in_data({in_last, count}),
      .out_valid(burst_valid), .out_ready(burst_take), .out_data({burst_last, burst_length})
  );

  // Requests.
  logic          valid, begun;
  logic [  31:0] place, next, slot;
  logic [   7:0] length;
  logic [SW-1:0] free, at;
  logic [  31:0] total;
  wire           marks_ready;
  wire           room = begun || free != '0;
  wire           issue = burst_valid & (!valid | aw_ready) & room & marks_ready;
  wire           wrap = at == SW'(SLOTS - 1);
  wire  [  31:0] following = wrap ? OFFSET : slot + STRIDE;
  wire  [  31:0] sum = (begun ? total : '0) + 32'(burst_length) + 32'd1;
  assign burst_take = issue;
  assign aw_valid = valid;
  assign aw_place = place;
  assign aw_length = length;
  always_ff @(posedge clk) begin
    if (rst) begin
      valid <= 1'b0;
      begun <= 1'b0;
      next  <= OFFSET;
      slot  <= OFFSET;
      at    <= '0;
      free  <= SW'(SLOTS);
    end else begin
      if (issue) valid <= 1'b1;
      else if (aw_ready) valid <= 1'b0;
      free <= free + SW'(freed) - SW'(issue && !begun);
      if (issue) begin
        begun <= !burst_last;
        next  <= burst_last ? following : next + 32'(MOST * B);
        if (burst_last) begin
          slot <= following;
          at   <= wrap ? '0 : at + 1'b1;
        end
      end
    end
    if (issue) begin
      place  <= next;
      length <= 8'(burst_length);
      total  <= sum;
    end
  end

  // Which responses end a frame, and the words of that.
  wire        mark_valid, mark_last;
  wire [31:0] mark_words;
  ts_fifo #(.W(33), .DEPTH(WAITING)) marks (
      .clk, .rst, .in_valid(issue), .in_ready(marks_ready), .in_data({burst_last, sum}),
      .out_valid(mark_valid), .out_ready(b_valid), .out_data({mark_last, mark_words})
  );
  assign stored = b_valid & mark_valid & mark_last;
  assign stored_words = mark_words;
endmodule
`default_nettype wire
