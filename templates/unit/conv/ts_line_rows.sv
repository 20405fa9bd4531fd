// Memories of a line buffer, BANKS of one row each, and the choice of the rows of the window: a bank,
// the newest row if there are KH - 1 banks, or the pad code. Three registers from the read to the
// column. What is stored can be read in the next cycle if there are KH banks, else a cycle later.
`default_nettype none
module ts_line_rows #(
    parameter DEPTH = 32,
    parameter ULTRA = 0,
    parameter BI = 2,
    parameter LW = 16,
    parameter KH = 3,
    parameter BANKS = KH - 1,
    parameter PT = 1,
    parameter BORDER = 0,
    parameter [BI*LW-1:0] PADS = 0,
    parameter YW = 5,
    parameter AW = $clog2(DEPTH),
    parameter SW = $clog2(KH),
    parameter BW = $clog2(BI + 1)
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             en1,
    input  wire             en2,
    input  wire             en3,
    input  wire             read,
    input  wire [   AW-1:0] rd_addr,
    input  wire [   SW-1:0] slot,
    input  wire [   BW-1:0] b,
    input  wire [   YW-1:0] y_left,
    input  wire             row_end,
    input  wire             frame_end,
    input  wire [   LW-1:0] newest2,
    input  wire             store,
    input  wire [   AW-1:0] wr_addr,
    input  wire [   SW-1:0] wr_slot,
    input  wire [   LW-1:0] in_data,
    output wire [KH*LW-1:0] column
);
  localparam LAG = KH - 1 - PT;
  localparam TW = $clog2(PT + 2);

  logic [AW-1:0] wr_addr1;
  logic [SW-1:0] wr_slot1;
  logic          wr1;
  logic [LW-1:0] wr_data1;
  logic [KH*LW-1:0] stack;
  if (BANKS == KH) begin : at_once
    wire unused = &newest2;
    assign wr1 = store & !rst;
    assign wr_addr1 = wr_addr;
    assign wr_slot1 = wr_slot;
    assign wr_data1 = in_data;
  end else begin : later
    assign stack[(KH-1)*LW+:LW] = newest2;
    always_ff @(posedge clk) begin
      wr1 <= store & !rst;
      wr_addr1 <= wr_addr;
      wr_slot1 <= wr_slot;
      wr_data1 <= in_data;
    end
  end

  for (genvar i = 0; i < BANKS; i = i + 1) begin : bank
    ts_ram #(
        .W(LW),
        .DEPTH(DEPTH),
        .REGISTERED(1),
        .STYLE(DEPTH <= 64 ? "distributed" : ULTRA != 0 ? "ultra" : "block")
    ) ram (
        .clk,
        .wr_en(wr1 && wr_slot1 == SW'(i)),
        .wr_addr(wr_addr1),
        .wr_data(wr_data1),
        .rd_en(read),
        .rd_addr,
        .out_en(en2),
        .rd_data(stack[i*LW+:LW])
    );
  end

  // Rows from the top, no further than they matter; rows to the bottom are y_left.
  logic [TW-1:0] top;
  always_ff @(posedge clk) begin
    if (rst | frame_end) top <= '0;
    else if (row_end && top != TW'(PT)) top <= top + 1'b1;
  end

  logic [TW-1:0] top1;
  logic [YW-1:0] y_left1;
  logic [SW-1:0] slot1;
  logic [BW-1:0] b1, b2;
  logic [KH*SW-1:0] from;
  logic [   KH-1:0] outside;
  logic [KH*SW-1:0] source;
  logic [   KH-1:0] above_below;

  always_comb begin
    above_below = '0;
    for (int i = 0; i < KH; i = i + 1) begin
      source[i*SW+:SW] = SW'(i);
      for (int r = 0; r < PT; r = r + 1) begin
        if (top1 == TW'(r) && r + i < PT) begin
          above_below[i] = 1'b1;
          source[i*SW+:SW] = BORDER == 1 ? SW'(PT - r) : SW'(2 * (PT - r) - i);
        end
      end
      for (int r = 0; r < LAG; r = r + 1) begin
        if (y_left1 == YW'(LAG - r) && i > KH - 2 - r) begin
          above_below[i] = 1'b1;
          source[i*SW+:SW] = BORDER == 1 ? SW'(KH - 2 - r) : SW'(2 * (KH - 2 - r) - i);
        end
      end
    end
  end

  function automatic [SW-1:0] bank_of(input [SW-1:0] row, input [SW-1:0] oldest);
    logic [SW:0] sum;
    sum = {1'b0, row} + {1'b0, oldest};
    if ({1'b0, row} >= (SW + 1)'(BANKS)) bank_of = row;
    else if (sum >= (SW + 1)'(BANKS)) bank_of = SW'(sum - (SW + 1)'(BANKS));
    else bank_of = SW'(sum);
  endfunction

  always_ff @(posedge clk) begin
    if (en1) begin
      top1 <= top;
      y_left1 <= y_left;
      slot1 <= slot;
      b1 <= b;
    end
    if (en2) begin
      b2 <= b1;
      outside <= BORDER == 0 ? above_below : '0;
      for (int i = 0; i < KH; i = i + 1) from[i*SW+:SW] <= bank_of(source[i*SW+:SW], slot1);
    end
  end

  logic [LW-1:0] pad;
  always_comb begin
    pad = PADS[LW-1:0];
    for (int i = 1; i < BI; i = i + 1) if (b2 == BW'(i)) pad = PADS[i*LW+:LW];
  end

  logic [KH*LW-1:0] resolved;
  assign column = resolved;
  always_ff @(posedge clk) begin
    if (en3) begin
      for (int i = 0; i < KH; i = i + 1) begin
        for (int j = 0; j < KH; j = j + 1) begin
          if (from[i*SW+:SW] == SW'(j)) resolved[i*LW+:LW] <= stack[j*LW+:LW];
        end
        if (outside[i]) resolved[i*LW+:LW] <= pad;
      end
    end
  end
endmodule
`default_nettype wire
