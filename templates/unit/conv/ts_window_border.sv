// Columns of the window beside the frame, replaced by the column that EDGE (1) or REFLECT (2)
// names. Only the slots at the two ends of a row have any; each source is a constant of its slot.
`default_nettype none
module ts_window_border #(
    parameter W = 16,
    parameter KW = 3,
    parameter G = 1,
    parameter PL = 1,
    parameter PR = 1,
    parameter BORDER = 1,
    parameter P = 1,
    parameter COLS = 3,
    parameter CB = 8,
    parameter JW = 4
) (
    input  wire                 clk,
    input  wire                 shift,
    input  wire [       JW-1:0] slot,
    input  wire [G*COLS*CB-1:0] window,
    output wire [G*COLS*CB-1:0] resolved
);
  localparam OW = W + PL + PR - KW + 1;
  localparam GO = (OW + P - 1) / P;
  // Slots whose first, and whose last columns lie outside.
  localparam LEFT = (PL + P - 1) / P;
  localparam FIRST = W + PL - KW - P + 1 < 0 ? 0 : (W + PL - KW - P + 1 + P) / P;
  localparam RIGHT = GO > FIRST ? GO - FIRST : 0;
  localparam ENDS = LEFT + RIGHT;

  // Flag of end slot i, and its index in the row.
  logic [ENDS-1:0] at;
  always_ff @(posedge clk) begin
    if (shift) begin
      for (int i = 0; i < ENDS; i = i + 1) at[i] <= slot == JW'(i < LEFT ? i : FIRST + i - LEFT);
    end
  end

  // The window column that column c of end slot i shows, or c itself.
  function automatic integer shown(input integer i, input integer c);
    integer origin;
    integer x;
    origin = (i < LEFT ? i : FIRST + i - LEFT) * P - PL;
    x = origin + c;
    if (i < LEFT && x < 0) x = BORDER == 1 ? 0 : -x;
    if (i >= LEFT && x >= W) x = BORDER == 1 ? W - 1 : 2 * (W - 1) - x;
    shown = x - origin;
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
