// Packs the beats of a frame into words, without gaps; zeros fill the last word up. Registers: the word.
`default_nettype none
module ts_raw_encoder #(
    parameter W = 8,
    parameter WORD = 128,
    parameter UNIT = 8,
    parameter BEATS = 16,
    parameter FILL = 0,
    parameter WORDS = 1
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            in_valid,
    output wire            in_ready,
    input  wire [   W-1:0] in_data,
    output wire            out_valid,
    input  wire            out_ready,
    output wire [WORD-1:0] out_data,
    output wire            out_last
);
  localparam CW = $clog2(BEATS + FILL + 1);
  localparam WW = $clog2(WORDS + 1);

  logic [CW-1:0] at;
  logic [WW-1:0] word;
  wire           filling = at >= CW'(BEATS);
  wire           ready;
  wire           go = filling | in_valid;
  assign in_ready = ready & !filling;
  assign out_last = word == WW'(WORDS - 1);
  always_ff @(posedge clk) begin
    if (rst) begin
      at   <= '0;
      word <= '0;
    end else begin
      if (go & ready) at <= at == CW'(BEATS + FILL - 1) ? '0 : at + 1'b1;
      if (out_valid & out_ready) word <= out_last ? '0 : word + 1'b1;
    end
  end
  ts_gear #(.W(UNIT), .IN(W / UNIT), .OUT(WORD / UNIT)) gear (
      .clk, .rst, .in_valid(go), .in_ready(ready), .in_data(filling ? '0 : in_data),
      .out_valid, .out_ready, .out_data
  );
endmodule
`default_nettype wire
