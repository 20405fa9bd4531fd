// Of what a unit taps the sums are taken of some frames only: of PERIOD frames in turn those from FROM to
// UPTO, whose sums go on as those of one. The others pass unseen. Of each frame SIDES of the STEPS column steps
// of a row stay out at either end, and ENDS of the ROWS walked rows at the top and at the bottom; "tap_step"
// comes with the end of a column step.
`default_nettype none
module ts_norm_pick #(
    parameter PERIOD = 2,
    parameter FROM = 0,
    parameter UPTO = 0,
    parameter STEPS = 1,
    parameter ROWS = 1,
    parameter SIDES = 0,
    parameter ENDS = 0
) (
    input  wire clk,
    input  wire rst,
    input  wire tap_valid,
    input  wire tap_end,
    input  wire tap_step,
    output wire out_valid,
    output wire out_end
);
  localparam FW = $clog2(PERIOD + 1);

  logic [FW-1:0] frame;
  logic          picked, closing;
  wire  [FW-1:0] next = frame == FW'(PERIOD - 1) ? '0 : frame + 1'b1;
  wire           counted;
  assign out_valid = tap_valid & picked & counted;
  assign out_end = tap_end & closing;
  always_ff @(posedge clk) begin
    if (rst) begin
      frame <= '0;
      picked <= FROM == 0;
      closing <= UPTO == 0;
    end else if (tap_end) begin
      frame <= next;
      picked <= next == FW'(FROM) || (picked && !closing);
      closing <= next == FW'(UPTO);
    end
  end

  if (SIDES == 0 && ENDS == 0) begin : whole
    assign counted = 1'b1;
    wire unused = &{1'b0, tap_step};
  end else begin : part
    localparam SW = $clog2(STEPS + 1);
    localparam RW = $clog2(ROWS + 1);

    logic [SW-1:0] column;
    logic [RW-1:0] row;
    logic          columns, rows;  // whether this step, and this row, is summed
    wire           row_end = tap_step && column == SW'(STEPS - 1);
    assign counted = columns & rows;
    always_ff @(posedge clk) begin
      if (rst | tap_end) begin
        column <= '0;
        columns <= SIDES == 0;
        row <= '0;
        rows <= ENDS == 0;
      end else begin
        if (tap_step) begin
          column <= row_end ? '0 : column + 1'b1;
          columns <= row_end ? SIDES == 0 : column + 1'b1 >= SW'(SIDES) && column + 1'b1 < SW'(STEPS - SIDES);
        end
        if (row_end) begin
          row  <= row + 1'b1;
          rows <= row + 1'b1 >= RW'(ENDS) && row + 1'b1 < RW'(ROWS - ENDS);
        end
      end
    end
  end
endmodule
`default_nettype wire
