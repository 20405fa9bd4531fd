// The rectangles of a frame in the order in which they are worked on: first, PASSES times, CROPS of
// CROP_W x CROP_H pixels, whose places are {top, left} of 16 bits each, the first in the least
// significant bits; then the tiles. Of a crop nothing is kept: its core is empty and lies behind it.
`default_nettype none
module ts_mem_walk #(
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
    parameter [(CROPS>0?CROPS:1)*32-1:0] PLACES = '0
) (
    input  wire        clk,
    input  wire        rst,
    input  wire        start,
    output wire        idle,
    input  wire [15:0] width,
    input  wire [15:0] height,
    output wire        valid,
    input  wire        ready,
    output wire        kept,
    output wire [15:0] core_x,
    output wire [15:0] core_y,
    output wire [15:0] core_w,
    output wire [15:0] core_h,
    output wire [15:0] left,
    output wire [15:0] top,
    output wire [15:0] tile_w,
    output wire [15:0] tile_h,
    output wire        last
);
  wire        begins, tiles_idle, tile_valid, tile_ready, tile_last;
  wire [127:0] tile, chosen;
  wire [ 15:0] frame_w, frame_h;
  ts_mem_tiles #(
      .CORE_W(CORE_W), .CORE_H(CORE_H), .BEFORE_X(BEFORE_X), .AFTER_X(AFTER_X), .BEFORE_Y(BEFORE_Y),
      .AFTER_Y(AFTER_Y)
  ) tiles (
      .clk, .rst, .start(begins), .idle(tiles_idle), .width(frame_w), .height(frame_h),
      .valid(tile_valid), .ready(tile_ready), .core_x(tile[15:0]), .core_y(tile[31:16]),
      .core_w(tile[47:32]), .core_h(tile[63:48]), .left(tile[79:64]), .top(tile[95:80]),
      .tile_w(tile[111:96]), .tile_h(tile[127:112]), .last(tile_last)
  );
  assign {tile_h, tile_w, top, left, core_h, core_w, core_y, core_x} = chosen;

  if (CROPS == 0) begin : plain
    assign begins = start;
    assign idle = tiles_idle;
    assign valid = tile_valid;
    assign tile_ready = ready;
    assign kept = 1'b1;
    assign chosen = tile;
    assign last = tile_last;
    assign {frame_w, frame_h} = {width, height};
  end else begin : cropped
    localparam IW = CROPS > 1 ? $clog2(CROPS) : 1;
    localparam PW = $clog2(PASSES + 1);
    logic          cropping, begun, filled;
    logic [IW-1:0] index;
    logic [PW-1:0] pass;
    logic [15:0] w, h, x, y;
    wire  [31:0] place = PLACES[index*32+:32];
    wire         enable = !filled | ready;
    wire         index_last = index == IW'(CROPS - 1);
    wire         crops_end = index_last && pass == PW'(PASSES - 1);
    assign idle = tiles_idle & !cropping & !begun & !filled;
    assign begins = begun;
    assign valid = filled | tile_valid;
    assign tile_ready = ready & !filled;
    assign kept = !filled;
    assign last = tile_last & !filled;
    assign {frame_w, frame_h} = {w, h};
    assign chosen = filled
        ? {16'(CROP_H), 16'(CROP_W), y, x, 32'd0, y + 16'(CROP_H), x + 16'(CROP_W)} : tile;
    always_ff @(posedge clk) begin
      if (start & idle) {w, h} <= {width, height};
      if (rst) begin
        cropping <= 1'b0;
        begun <= 1'b0;
        filled <= 1'b0;
        index <= '0;
        pass <= '0;
      end else begin
        if (start & idle) cropping <= 1'b1;
        else if (enable & crops_end) cropping <= 1'b0;
        begun <= cropping & enable & crops_end;
        if (enable) filled <= cropping;
        if (cropping & enable) begin
          index <= index_last ? '0 : index + 1'b1;
          if (index_last) pass <= crops_end ? '0 : pass + 1'b1;
        end
      end
      if (enable) {y, x} <= place;
    end
  end
endmodule
`default_nettype wire
