// The windows open along a column, in a memory of one word per output column and beat. A word is
// read with "rd_addr", the results of the row come one cycle later, "first" and "starts" two
// cycles later, and what it becomes is stored, and is "window", one more cycle later.
`default_nettype none
module ts_pool_column #(
    parameter L = 1,
    parameter W = 8,
    parameter ROW_W = 8,
    parameter S = 0,
    parameter MAX = 1,
    parameter K = 3,
    parameter STEP = 2,
    parameter DEPTH = 16,
    parameter AW = DEPTH > 1 ? $clog2(DEPTH) : 1
) (
    input  wire               clk,
    input  wire               enable,
    input  wire [     AW-1:0] rd_addr,
    input  wire [L*ROW_W-1:0] row,
    input  wire               first,
    input  wire               starts,
    input  wire               store,
    input  wire [     AW-1:0] wr_addr,
    output wire [    L*W-1:0] window
);
  localparam OPEN = (K + STEP - 1) / STEP;
  localparam STORED = (K - 1) % STEP == 0 ? OPEN - 1 : OPEN;
  localparam PAST = STORED > 0 ? STORED : 1;

  logic [     L*W-1:0] value;
  wire  [OPEN*L*W-1:0] merged;
  wire  [PAST*L*W-1:0] past;
  logic [OPEN*L*W-1:0] result;

  assign window = result[(OPEN-1)*L*W+:L*W];

  always_ff @(posedge clk) begin
    if (enable) begin
      for (int l = 0; l < L; l = l + 1) begin
        value[l*W+:W] <=
            S != 0 ? W'($signed(row[l*ROW_W+:ROW_W])) : W'(row[l*ROW_W+:ROW_W]);
      end
      result <= merged;
    end
  end

  ts_pool_merge #(
      .L(L), .W(W), .S(S), .MAX(MAX), .OPEN(OPEN), .STORED(STORED)
  ) merge (
      .first, .starts, .past, .value, .merged
  );

  if (STORED == 0) begin : none
    assign past = '0;
    wire unused = &{rd_addr, wr_addr, store};
  end else begin : lines
    ts_ram #(
        .W(STORED * L * W),
        .DEPTH(DEPTH),
        .REGISTERED(1),
        .STYLE(DEPTH <= 64 ? "distributed" : "block")
    ) ram (
        .clk,
        .wr_en(enable & store),
        .wr_addr,
        .wr_data(result[STORED*L*W-1:0]),
        .rd_en(enable),
        .rd_addr,
        .out_en(enable),
        .rd_data(past)
    );
  end
endmodule
`default_nettype wire
