// Tiles of a frame, row by row from the top left: cores of CORE_W x CORE_H pixels, the last ones as
// large as what is left, each with a halo that the frame's edges clip. One tile per beat: place of
// the core and of the rectangle with its halo, in pixels of the frame.
`default_nettype none
module ts_mem_tiles #(
    parameter CORE_W = 64,
    parameter CORE_H = 64,
    parameter BEFORE_X = 0,
    parameter AFTER_X = 0,
    parameter BEFORE_Y = 0,
    parameter AFTER_Y = 0
) (
    input  wire        clk,
    input  wire        rst,
    input  wire        start,
    output wire        idle,
    input  wire [15:0] width,
    input  wire [15:0] height,
    output wire        valid,
    input  wire        ready,
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
  // One axis: from the place of a core to its rectangle. 17 bits hold every sum.
  function automatic [15:0] from(input [15:0] core, input [15:0] halo);
    from = core < halo ? '0 : core - halo;
  endfunction
  function automatic [15:0] upto(input [15:0] core, input [15:0] size, input [16:0] more);
    upto = {1'b0, core} + more < {1'b0, size} ? core + more[15:0] : size;
  endfunction

  // Stage 0: the core. Stage 1: ends of core and rectangle. Stage 2: sizes.
  logic        walking;
  logic [15:0] x, y, frame_w, frame_h;
  logic        v1, v2;
  logic [15:0] x1, y1, x_end, y_end, left1, top1, right1, bottom1;
  logic [15:0] x2, y2, w2, h2, left2, top2, tile_w2, tile_h2;
  logic        last1, last2;
  wire         en2 = !v2 | ready;
  wire         en1 = !v1 | en2;
  wire         x_last = {1'b0, x} + 17'(CORE_W) >= {1'b0, frame_w};
  wire         y_last = {1'b0, y} + 17'(CORE_H) >= {1'b0, frame_h};
  assign idle = !walking;
  assign valid = v2;
  assign {core_x, core_y, core_w, core_h} = {x2, y2, w2, h2};
  assign {left, top, tile_w, tile_h} = {left2, top2, tile_w2, tile_h2};
  assign last = last2;

  always_ff @(posedge clk) begin
    if (rst) begin
      walking <= 1'b0;
      v1 <= 1'b0;
      v2 <= 1'b0;
    end else begin
      if (start & idle) walking <= 1'b1;
      else if (walking & en1 & x_last & y_last) walking <= 1'b0;
      if (en1) v1 <= walking;
      if (en2) v2 <= v1;
    end
    if (idle) begin
      x <= '0;
      y <= '0;
      frame_w <= width;
      frame_h <= height;
    end else if (en1) begin
      x <= x_last ? '0 : x + 16'(CORE_W);
      if (x_last) y <= y + 16'(CORE_H);
    end
    if (en1) begin
      x1 <= x;
      y1 <= y;
      x_end <= upto(x, frame_w, 17'(CORE_W));
      y_end <= upto(y, frame_h, 17'(CORE_H));
      left1 <= from(x, 16'(BEFORE_X));
      top1 <= from(y, 16'(BEFORE_Y));
      right1 <= upto(x, frame_w, 17'(CORE_W + AFTER_X));
      bottom1 <= upto(y, frame_h, 17'(CORE_H + AFTER_Y));
      last1 <= x_last & y_last;
    end
    if (en2) begin
      x2 <= x1;
      y2 <= y1;
      w2 <= x_end - x1;
      h2 <= y_end - y1;
      left2 <= left1;
      top2 <= top1;
      tile_w2 <= right1 - left1;
      tile_h2 <= bottom1 - top1;
      last2 <= last1;
    end
  end
endmodule
`default_nettype wire
