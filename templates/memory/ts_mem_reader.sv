// Reads frames from memory, crops first and then tile by tile, and gives them as AXI4-Stream video
// with the size of each tile, and the tag of its frame, beside its beats. Words are asked for only
// while the buffer has room for all of them, so that the read channel never waits; the next frame may
// start while the last words of one are on their way.
`default_nettype none
module ts_mem_reader #(
    parameter B = 16,
    parameter C = 3,
    parameter PPC = 1,
    parameter MOST = 64,
    parameter DEPTH = 512,
    parameter CORE_W = 64,
    parameter CORE_H = 64,
    parameter BEFORE_X = 0,
    parameter AFTER_X = 0,
    parameter BEFORE_Y = 0,
    parameter AFTER_Y = 0,
    parameter CROPS = 0,
    parameter PASSES = 1,
    parameter CROP_W = 1,
    parameter CROP_H = 1,
    parameter [(CROPS>0?CROPS:1)*32-1:0] PLACES = '0,
    parameter TAG_W = 1
) (
    input  wire               clk,
    input  wire               rst,
    input  wire               start,
    output wire               start_ready,
    input  wire [       63:0] base,
    input  wire [       31:0] pitch,
    input  wire [       15:0] width,
    input  wire [       15:0] height,
    input  wire [  TAG_W-1:0] tag,
    output wire               error,
    output wire [       63:0] araddr,
    output wire [        7:0] arlen,
    output wire               arvalid,
    input  wire               arready,
    input  wire [    B*8-1:0] rdata,
    input  wire [        1:0] rresp,
    input  wire               rlast,
    input  wire               rvalid,
    output wire               rready,
    output wire               tvalid,
    input  wire               tready,
    output wire [PPC*C*8-1:0] tdata,
    output wire               tuser,
    output wire               tlast,
    output wire [       15:0] tile_width,
    output wire [       15:0] tile_height,
    output wire [  TAG_W-1:0] tile_tag
);
  localparam FW = $clog2(DEPTH + 1);
  localparam PS = $clog2(PPC);

  // The frame at hand, until its last tile is under way.
  logic        busy;
  logic [63:0] frame_base;
  logic [31:0] frame_pitch;
  logic [TAG_W-1:0] frame_tag;
  wire         walker_idle, tile_valid, tile_ready, tile_last, unused_kept;
  wire  [15:0] left, top, tile_w, tile_h, unused_x, unused_y, unused_w, unused_h;
  assign start_ready = !busy;
  wire take = start & start_ready;
  always_ff @(posedge clk) begin
    if (rst) busy <= 1'b0;
    else if (take) busy <= 1'b1;
    else if (tile_valid & tile_ready & tile_last) busy <= 1'b0;
    if (take) begin
      frame_base  <= base;
      frame_pitch <= pitch;
      frame_tag   <= tag;
    end
  end
  ts_mem_walk #(
      .CORE_W(CORE_W), .CORE_H(CORE_H), .BEFORE_X(BEFORE_X), .AFTER_X(AFTER_X), .BEFORE_Y(BEFORE_Y),
      .AFTER_Y(AFTER_Y), .CROPS(CROPS), .PASSES(PASSES), .CROP_W(CROP_W), .CROP_H(CROP_H),
      .PLACES(PLACES)
  ) tiles (
      .clk, .rst, .start(take), .idle(walker_idle), .width, .height,
      .valid(tile_valid), .ready(tile_ready), .kept(unused_kept), .core_x(unused_x), .core_y(unused_y),
      .core_w(unused_w), .core_h(unused_h), .left, .top, .tile_w, .tile_h, .last(tile_last)
  );
  wire unused = &{1'b0, walker_idle, unused_x, unused_y, unused_w, unused_h, rlast, rresp[0]};

  wire        row_valid, row_ready, burst_valid, burst_ready, unused_last;
  wire [ 5:0] row_offset;
  wire [63:0] burst_address;
  wire [ 7:0] burst_length;
  ts_mem_bursts #(.B(B), .MOST(MOST), .C(C)) bursts (
      .clk, .rst, .in_valid(tile_valid), .in_ready(tile_ready), .base(frame_base),
      .pitch(frame_pitch), .x(left), .y(top), .columns(tile_w), .rows(tile_h), .closing(tile_last),
      .row_valid, .row_ready, .row_offset, .valid(burst_valid), .ready(burst_ready),
      .address(burst_address), .length(burst_length), .last(unused_last)
  );

  // What the unpacker must know of every row.
  logic        first_row;
  logic [15:0] row_w, row_h;
  logic [TAG_W-1:0] row_tag;
  always_ff @(posedge clk) begin
    if (tile_valid & tile_ready) begin
      row_w <= tile_w;
      row_h <= tile_h;
      row_tag <= frame_tag;
      first_row <= 1'b1;
    end else if (row_valid & row_ready) begin
      first_row <= 1'b0;
    end
  end
  wire        told, tell, told_first;
  wire [ 5:0] told_offset;
  wire [15:0] told_w, told_h;
  wire [TAG_W-1:0] told_tag;
  ts_fifo #(.W(39 + TAG_W), .DEPTH(32)) rows (
      .clk, .rst, .in_valid(row_valid), .in_ready(row_ready),
      .in_data({row_tag, first_row, row_h, row_w, row_offset}), .out_valid(told), .out_ready(tell),
      .out_data({told_tag, told_first, told_h, told_w, told_offset})
  );

  // Requests, against room in the buffer.
  logic          ar_valid;
  logic [  63:0] ar_address;
  logic [   7:0] ar_length;
  logic [FW-1:0] room;
  wire           word_valid, word_ready;
  wire [B*8-1:0] word;
  wire  [FW-1:0] wanted = FW'(burst_length) + 1'b1;
  assign burst_ready = (!ar_valid | arready) && room >= wanted;
  wire ask = burst_valid & burst_ready;
  wire used = word_valid & word_ready;
  always_ff @(posedge clk) begin
    if (rst) begin
      ar_valid <= 1'b0;
      room <= FW'(DEPTH);
    end else begin
      if (ask) ar_valid <= 1'b1;
      else if (arready) ar_valid <= 1'b0;
      room <= room + FW'(used) - (ask ? wanted : '0);
    end
    if (ask) begin
      ar_address <= burst_address;
      ar_length  <= burst_length;
    end
  end
  assign arvalid = ar_valid;
  assign araddr = ar_address;
  assign arlen = ar_length;
  ts_fifo #(.W(B * 8), .DEPTH(DEPTH)) buffer (
      .clk, .rst, .in_valid(rvalid), .in_ready(rready), .in_data(rdata),
      .out_valid(word_valid), .out_ready(word_ready), .out_data(word)
  );
  logic failed;
  assign error = failed;
  always_ff @(posedge clk) begin
    if (rst) failed <= 1'b0;
    else if (rvalid & rready & rresp[1]) failed <= 1'b1;
  end

  ts_mem_unpack #(.B(B), .N(C * PPC)) unpack (
      .clk, .rst, .row_valid(told), .row_ready(tell), .row_offset(told_offset),
      .row_beats(told_w >> PS), .row_first(told_first),
      .in_valid(word_valid), .in_ready(word_ready), .in_data(word),
      .out_valid(tvalid), .out_ready(tready), .out_data(tdata), .out_first(tuser), .out_last(tlast)
  );
  logic [15:0] now_w, now_h;
  logic [TAG_W-1:0] now_tag;
  assign tile_tag = now_tag;
  assign tile_width = now_w;
  assign tile_height = now_h;
  always_ff @(posedge clk) begin
    if (told & tell & told_first) begin
      now_w <= told_w;
      now_h <= told_h;
      now_tag <= told_tag;
    end
  end
endmodule
`default_nettype wire
