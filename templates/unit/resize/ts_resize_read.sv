// Reads the positions of the resized map, in order, out of the rows that are complete: a step
// reads the beats "address" of the pixel there; with LINEAR those of the even and of the odd column
// around it. "slot" holds the first of its rows. RESIZABLE: sizes of the map before arrive. With
// MADE_X frames are TILES_X x TILES_Y tiles, row by row.
`default_nettype none
module ts_resize_read #(
    parameter WIDTH = 8,
    parameter HEIGHT = 8,
    parameter OUT_W = 16,
    parameter OUT_H = 16,
    parameter BEATS = 1,
    parameter LINEAR = 1,
    parameter SLOTS = 4,
    parameter RESIZABLE = 0,
    parameter DEPTH = 8,
    parameter WEIGHT_W = 9,
    parameter FACTOR_X = 2,
    parameter FACTOR_Y = 2,
    parameter LENGTH_X = 3,
    parameter LENGTH_Y = 3,
    parameter LEAD_X = 1,
    parameter LEAD_Y = 1,
    parameter FILE_X = "",
    parameter FILE_Y = "",
    parameter TILES_X = 1,
    parameter TILES_Y = 1,
    parameter [TILES_X*32-1:0] STARTS_X = '0,
    parameter [TILES_Y*32-1:0] STARTS_Y = '0,
    parameter [TILES_X*32-1:0] MADE_X = '0,
    parameter [TILES_Y*32-1:0] MADE_Y = '0,
    parameter SW = $clog2(SLOTS),
    parameter AW = DEPTH > 1 ? $clog2(DEPTH) : 1
) (
    input  wire                clk,
    input  wire                rst,
    input  wire                size_valid,
    output wire                size_ready,
    input  wire [        31:0] size_data,
    input  wire                enable,
    input  wire                complete,
    output wire                release_row,
    output wire                step,
    output wire [      SW-1:0] slot,
    output wire                odd,
    output wire [      AW-1:0] even_address,
    output wire [      AW-1:0] odd_address,
    output wire [WEIGHT_W-1:0] weight_x,
    output wire [WEIGHT_W-1:0] weight_y
);
  localparam XW = $clog2(WIDTH + 1);
  localparam YW = $clog2(HEIGHT + 1);
  localparam BW = BEATS > 1 ? $clog2(BEATS) : 1;
  localparam FW = $clog2(SLOTS + 1);
  localparam TXW = TILES_X > 1 ? $clog2(TILES_X) : 1;
  localparam TYW = TILES_Y > 1 ? $clog2(TILES_Y) : 1;

  logic [TXW-1:0] tile_x, next_x;
  logic [TYW-1:0] next_y;
  logic [BW-1:0] b;
  logic [FW-1:0] stored;
  logic [SW-1:0] row;
  logic          odd_column;
  logic [AW-1:0] place0, place1;

  wire sized, begins;
  wire [XW-1:0] head_columns, columns;
  wire [YW-1:0] head_rows;
  wire moves_x, moves_y, last_x, last_y, source_last_x, source_last_y, few_x, few_y;
  wire last_b = b == BW'(BEATS - 1);
  wire enough = LINEAR != 0 && !source_last_y ? stored >= FW'(2) : stored != '0;
  assign step = enable & sized & enough;
  wire next_column = step & last_b;
  wire next_row = next_column & last_x;
  wire next_frame = next_row & last_y;
  assign release_row = next_row & (moves_y | last_y);
  assign slot = row;
  assign odd = odd_column;
  assign even_address = place0;
  assign odd_address = place1;
  wire unused = &{few_y, source_last_x, size_data};

  ts_frame #(
      .RESIZABLE(RESIZABLE),
      .WIDTH(WIDTH),
      .HEIGHT(HEIGHT)
  ) frame (
      .clk,
      .rst,
      .in_valid(size_valid),
      .in_ready(size_ready),
      .in_columns(size_data[XW-1:0]),
      .in_rows(size_data[16+:YW]),
      .next(next_frame),
      .valid(sized),
      .load(begins),
      .head_columns,
      .head_rows,
      .columns
  );

  ts_resize_axis #(
      .IN(WIDTH), .OUT(OUT_W), .FACTOR(FACTOR_X), .RESIZABLE(RESIZABLE), .LENGTH(LENGTH_X),
      .LEAD(LEAD_X), .WEIGHT_W(WEIGHT_W), .FILE(FILE_X), .TILES(TILES_X), .STARTS(STARTS_X),
      .MADE(MADE_X)
  ) along_row (
      .clk, .rst, .load(begins | next_row), .tile(begins ? next_x : tile_x), .size(begins ? head_columns : columns),
      .advance(next_column), .moves(moves_x), .source_last(source_last_x), .source_few(few_x),
      .last(last_x), .weight(weight_x)
  );

  ts_resize_axis #(
      .IN(HEIGHT), .OUT(OUT_H), .FACTOR(FACTOR_Y), .RESIZABLE(RESIZABLE), .LENGTH(LENGTH_Y),
      .LEAD(LEAD_Y), .WEIGHT_W(WEIGHT_W), .FILE(FILE_Y), .TILES(TILES_Y), .STARTS(STARTS_Y),
      .MADE(MADE_Y)
  ) along_column (
      .clk, .rst, .load(begins), .tile(next_y), .size(head_rows), .advance(next_row), .moves(moves_y),
      .source_last(source_last_y), .source_few(few_y), .last(last_y), .weight(weight_y)
  );

  // Which tile the frame is, and the one that begins next.
  always_ff @(posedge clk) begin
    if (rst) begin
      tile_x <= '0;
      next_x <= '0;
      next_y <= '0;
    end else if (begins) begin
      tile_x <= next_x;
      next_x <= next_x == TXW'(TILES_X - 1) ? '0 : next_x + 1'b1;
      if (next_x == TXW'(TILES_X - 1)) next_y <= next_y == TYW'(TILES_Y - 1) ? '0 : next_y + 1'b1;
    end
  end

  // A pixel is left for the next one of its kind, or its beats are read again.
  function automatic [AW-1:0] after(input [AW-1:0] place, input leaves);
    after = last_b & !leaves ? place - AW'(BEATS - 1) : place + 1'b1;
  endfunction

  always_ff @(posedge clk) begin
    if (rst) begin
      b <= '0;
      stored <= '0;
      row <= '0;
      odd_column <= 1'b0;
      place0 <= '0;
      place1 <= '0;
    end else begin
      stored <= stored + FW'(complete) - FW'(release_row);
      if (release_row) row <= row == SW'(SLOTS - 1) ? '0 : row + 1'b1;
      if (step) b <= last_b ? '0 : b + 1'b1;
      if (next_row) begin
        odd_column <= 1'b0;
        place0 <= '0;
        place1 <= '0;
      end else if (step) begin
        if (last_b & moves_x) odd_column <= !odd_column;
        place0 <= after(place0, moves_x & (LINEAR == 0 || !odd_column && !few_x));
        place1 <= after(place1, moves_x & odd_column & !few_x);
      end
    end
  end
endmodule
`default_nettype wire
