// Memory of SLOTS slots of DEPTH words; the word of a step comes two enabled cycles later.
`default_nettype none
module ts_resize_bank #(
    parameter W = 8,
    parameter DEPTH = 8,
    parameter SLOTS = 2,
    parameter SW = $clog2(SLOTS),
    parameter AW = DEPTH > 1 ? $clog2(DEPTH) : 1
) (
    input  wire          clk,
    input  wire          enable,
    input  wire          wr_en,
    input  wire [SW-1:0] wr_slot,
    input  wire [AW-1:0] wr_place,
    input  wire [ W-1:0] wr_data,
    input  wire [SW-1:0] rd_slot,
    input  wire [AW-1:0] rd_place,
    output wire [ W-1:0] rd_data
);
  localparam TW = $clog2(SLOTS * DEPTH);
  ts_ram #(
      .W(W),
      .DEPTH(SLOTS * DEPTH),
      .REGISTERED(1),
      .STYLE(SLOTS * DEPTH <= 64 ? "distributed" : "block")
  ) ram (
      .clk,
      .wr_en,
      .wr_addr(TW'(wr_place) + TW'(wr_slot) * TW'(DEPTH)),
      .wr_data,
      .rd_en(enable),
      .rd_addr(TW'(rd_place) + TW'(rd_slot) * TW'(DEPTH)),
      .out_en(enable),
      .rd_data
  );
endmodule
`default_nettype wire
