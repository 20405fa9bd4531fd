// Address of the offset of a beat: border classes times beats, of the row when it is loaded, of the
// column beat by beat. Rows and columns from the start are counted no further than the padding
// reaches; "y_left" and "left" are rows and columns of the input from a window's place on. "rows_last" ends the last walk.
`default_nettype none
module ts_drain_border #(
    parameter KH = 3,
    parameter KW = 3,
    parameter SX = 1,
    parameter SY = 1,
    parameter PT = 1,
    parameter PL = 1,
    parameter PB = 1,
    parameter PR = 1,
    parameter P = 1,
    parameter BO = 4,
    parameter OFFW = 4,
    parameter XW = 8,
    parameter YW = 8,
    parameter PW = 1
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            load,
    input  wire            group_last,
    input  wire            row_last,
    input  wire            rows_last,
    input  wire            frame_last,
    input  wire [  YW-1:0] y_left,
    input  wire [  XW-1:0] left,
    input  wire [  PW-1:0] p,
    input  wire [OFFW-1:0] beat,
    output wire [OFFW-1:0] offset
);
  localparam PX = P * SX;
  localparam ROW = (1 + PL + PR) * BO;
  localparam TW = $clog2(PT + SY + 2);
  localparam SW = $clog2(PL + PX + 2);
  logic [OFFW-1:0] row_base, row_next, column_base, place;
  logic [  TW-1:0] top;
  logic [  SW-1:0] side, side_now;
  assign offset = place;
  always_comb begin
    row_next = '0;
    for (int r = 1; r <= PT; r = r + 1) if (top == TW'(PT - r)) row_next = OFFW'(r * ROW);
    for (int r = 1; r <= PB; r = r + 1)
      if (y_left == YW'(KH - PT - r)) row_next = OFFW'((PT + r) * ROW);
    column_base = '0;
    for (int s = 0; s < P; s = s + 1) begin
      for (int c = 1; c <= PL; c = c + 1)
        if (PL - c >= s * SX && side_now == SW'(PL - c - s * SX) && p == PW'(s))
          column_base = OFFW'(c * BO);
      for (int c = 1; c <= PR; c = c + 1)
        if (left == XW'(KW - PL - c + s * SX) && p == PW'(s)) column_base = OFFW'((PL + c) * BO);
    end
  end
  always_ff @(posedge clk) begin
    if (rst | frame_last) top <= '0;
    else if (rows_last && top != TW'(PT)) top <= top + TW'(SY) > TW'(PT) ? TW'(PT) : top + TW'(SY);
    if (rst | row_last) side <= '0;
    else if (group_last && side != SW'(PL))
      side <= side + SW'(PX) > SW'(PL) ? SW'(PL) : side + SW'(PX);
    if (load) begin
      row_base <= row_next;
      side_now <= side;
    end
    place <= row_base + column_base + beat;
  end
endmodule
`default_nettype wire
