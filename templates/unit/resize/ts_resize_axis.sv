// One axis of a resized map: walks over its positions and over those of the map before. A table
// tells of each whether the next one lies one further in the map before, and the weight of the
// second pixel; entries from LEAD on repeat. At the last pixel before there is no second one.
// "load" begins anew with "size" pixels before. RESIZABLE: made of each are FACTOR, or, with MADE,
// the number of "tile", whose entries begin at its one of STARTS.
`default_nettype none
module ts_resize_axis #(
    parameter IN = 8,
    parameter OUT = 16,
    parameter FACTOR = 2,
    parameter RESIZABLE = 0,
    parameter LENGTH = 3,
    parameter LEAD = 1,
    parameter WEIGHT_W = 9,
    parameter FILE = "",
    parameter TILES = 1,
    parameter [TILES*32-1:0] STARTS = '0,
    parameter [TILES*32-1:0] MADE = '0,
    parameter IW = $clog2(IN + 1),
    parameter TW = TILES > 1 ? $clog2(TILES) : 1
) (
    input  wire                clk,
    input  wire                rst,
    input  wire                load,
    input  wire [      TW-1:0] tile,
    input  wire [      IW-1:0] size,
    input  wire                advance,
    output wire                moves,
    output wire                source_last,
    output wire                source_few,
    output wire                last,
    output wire [WEIGHT_W-1:0] weight
);
  localparam OW = $clog2(OUT + 1);
  localparam AW = LENGTH > 1 ? $clog2(LENGTH) : 1;
  localparam BLOCK = LENGTH * (WEIGHT_W + 1) > 4096;

  logic [IW-1:0] source_left;
  logic [OW-1:0] left;
  logic [AW-1:0] index;
  logic [AW-1:0] next;
  wire [WEIGHT_W:0] entry;
  logic [OW-1:0] made;
  logic [AW-1:0] start;

  always_comb begin
    made = RESIZABLE != 0 ? OW'(size) * OW'(FACTOR) : OW'(OUT);
    start = '0;
    for (int t = 0; t < TILES; t = t + 1) begin
      if (MADE != '0 && tile == TW'(t)) begin
        made = OW'(MADE[t*32+:32]);
        start = AW'(STARTS[t*32+:32]);
      end
    end
  end

  assign last = left == OW'(1);
  assign source_last = source_left == IW'(1);
  assign source_few = source_left <= IW'(2);
  assign moves = entry[WEIGHT_W] & !source_last & !last;
  assign weight = source_last ? '0 : entry[WEIGHT_W-1:0];

  // The entry of the next position is read while this one ends, so it is always there.
  always_comb begin
    next = index;
    if (rst) next = '0;
    else if (load) next = start;
    else if (advance) next = index == AW'(LENGTH - 1) ? AW'(LEAD) : index + 1'b1;
  end
  ts_rom #(
      .W(WEIGHT_W + 1),
      .DEPTH(LENGTH),
      .FILE(FILE),
      .BLOCK(BLOCK),
      .REGISTERED(0)
  ) entries (
      .clk,
      .addr(next),
      .data(entry)
  );

  always_ff @(posedge clk) begin
    index <= next;
    if (rst) begin
      source_left <= IW'(IN);
      left <= OW'(OUT);
    end else if (load) begin
      source_left <= size;
      left <= made;
    end else if (advance) begin
      source_left <= source_left - IW'(moves);
      left <= left - 1'b1;
    end
  end
endmodule
`default_nettype wire
