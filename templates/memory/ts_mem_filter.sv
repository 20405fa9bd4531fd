// Of every tile the beats of its core: columns and rows of the halo are dropped. Sizes are in beats
// along a row and in rows.
`default_nettype none
module ts_mem_filter #(
    parameter W = 24
) (
    input  wire         clk,
    input  wire         rst,
    input  wire         tile_valid,
    output wire         tile_ready,
    input  wire [ 15:0] skip_x,
    input  wire [ 15:0] keep_x,
    input  wire [ 15:0] tile_x,
    input  wire [ 15:0] skip_y,
    input  wire [ 15:0] keep_y,
    input  wire [ 15:0] tile_y,
    input  wire         in_valid,
    output wire         in_ready,
    input  wire [W-1:0] in_data,
    output wire         out_valid,
    input  wire         out_ready,
    output wire [W-1:0] out_data,
    output wire         out_last
);
  // Beats and rows left, and whether the next one is kept.
  logic        busy, valid, last;
  logic [15:0] x_left, y_left, tile_columns;
  logic [15:0] x_first, y_first;  // beats left when the core begins
  logic [15:0] x_last, y_last;    // beats left when its last one comes
  logic        column, row;
  logic [W-1:0] data;
  wire         enable = !valid | out_ready;
  wire         row_end = x_left == 16'd1;
  wire         tile_end = row_end && y_left == 16'd1;
  wire         take = busy & in_valid & enable;
  wire         at_first = x_left == x_first;
  wire         at_last = x_left == x_last;
  wire         keep = (column | at_first) & (row | (y_left == y_first));
  assign in_ready = busy & enable;
  assign tile_ready = !busy;
  assign out_valid = valid;
  assign out_data = data;
  assign out_last = last;

  always_ff @(posedge clk) begin
    if (rst) begin
      busy  <= 1'b0;
      valid <= 1'b0;
    end else begin
      if (tile_valid & tile_ready) busy <= 1'b1;
      else if (take & tile_end) busy <= 1'b0;
      if (enable) valid <= take & keep;
    end
    if (tile_valid & tile_ready) begin
      tile_columns <= tile_x;
      x_left <= tile_x;
      y_left <= tile_y;
      x_first <= tile_x - skip_x;
      y_first <= tile_y - skip_y;
      x_last <= tile_x - skip_x - keep_x + 16'd1;
      y_last <= tile_y - skip_y - keep_y + 16'd1;
      column <= 1'b0;
      row <= 1'b0;
    end else if (take) begin
      x_left <= row_end ? tile_columns : x_left - 16'd1;
      column <= (column | at_first) & !at_last;
      if (row_end) begin
        y_left <= y_left - 16'd1;
        row <= (row | (y_left == y_first)) && y_left != y_last;
        column <= 1'b0;
      end
    end
    if (take) begin
      data <= in_data;
      last <= at_last;
    end
  end
endmodule
`default_nettype wire
