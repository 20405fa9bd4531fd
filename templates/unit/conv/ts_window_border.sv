// Columns of the window beside the frame, replaced by the column that EDGE (1) or REFLECT (2)
// names. Only the slots at the two ends of a row have any; each source is a constant of its slot, at
// the right end of the columns that are left from the slot's first output on.
`default_nettype none
module ts_window_border #(
    parameter RESIZABLE = 0,
    parameter W = 16,
    parameter KW = 3,
    parameter G = 1,
    parameter PL = 1,
    parameter PR = 1,
    parameter BORDER = 1,
    parameter P = 1,
    parameter SX = 1,
    parameter COLS = 3,
    parameter CB = 8,
    parameter JW = 4,
    parameter XW = 8
) (
    input  wire                 clk,
    input  wire                 shift,
    input  wire [       JW-1:0] slot,
    input  wire [       XW-1:0] left,
    input  wire [G*COLS*CB-1:0] window,
    output wire [G*COLS*CB-1:0] resolved
);
  localparam PX = P * SX;
  localparam SPAN = KW + (P - 1) * SX;  // columns that the windows of a slot see
  localparam GO = (W + PL + PR - KW + PX) / PX;
  // Slots whose first, and whose last columns lie outside.
  localparam LEFT = (PL + PX - 1) / PX;
  localparam FIRST = W + PL - SPAN < 0 ? 0 : (W + PL - SPAN) / PX + 1;
  localparam RIGHT = RESIZABLE != 0 ? SPAN - 1 - PL : (GO > FIRST ? GO - FIRST : 0);
  localparam ENDS = LEFT + RIGHT;

  // Columns left at right end i: any number if frames may have any width.
  function automatic integer left_of(input integer i);
    left_of = RESIZABLE != 0 ? i + 1 : W - (FIRST + i) * PX;
  endfunction

  // Flags of the end slots.
  logic [ENDS-1:0] at;
  always_ff @(posedge clk) begin
    if (shift) begin
      for (int i = 0; i < LEFT; i = i + 1) at[i] <= slot == JW'(i);
      for (int i = 0; i < RIGHT; i = i + 1) at[LEFT+i] <= left == XW'(left_of(i));
    end
  end
  wire unused = &{slot, left};

  // The window column that column c of end slot i shows, or c itself.
  function automatic integer shown(input integer i, input integer c);
    integer first;
    integer final_one;
    first = PL - i * PX;
    final_one = i < LEFT ? COLS : left_of(i - LEFT) + PL - 1;
    shown = c;
    if (i < LEFT && c < first) shown = BORDER == 1 ? first : 2 * first - c;
    if (i >= LEFT && c > final_one) shown = BORDER == 1 ? final_one : 2 * final_one - c;
    if (shown < 0 || shown >= COLS) shown = c;
  endfunction

  logic [G*COLS*CB-1:0] columns;
  assign resolved = columns;
  always_comb begin
    columns = window;
    for (int i = 0; i < ENDS; i = i + 1) begin
      for (int c = 0; c < COLS; c = c + 1) begin
        if (at[i] && shown(i, c) != c) begin
          for (int g = 0; g < G; g = g + 1)
            columns[(g*COLS+c)*CB+:CB] = window[(g*COLS+shown(i, c))*CB+:CB];
        end
      end
    end
  end
endmodule
`default_nettype wire
