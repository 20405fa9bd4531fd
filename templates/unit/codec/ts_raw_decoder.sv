// Unpacks what ts_raw_encoder made. Registers: the beat.
`default_nettype none
module ts_raw_decoder #(
    parameter W = 8,
    parameter WORD = 128,
    parameter UNIT = 8,
    parameter BEATS = 16,
    parameter FILL = 0
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            in_valid,
    output wire            in_ready,
    input  wire [WORD-1:0] in_data,
    output wire            out_valid,
    input  wire            out_ready,
    output wire [   W-1:0] out_data
);
  localparam CW = $clog2(BEATS + FILL + 1);

  logic [CW-1:0] at;
  wire           filling = at >= CW'(BEATS);
  wire           valid;
  wire           take = filling | out_ready;
  assign out_valid = valid & !filling;
  always_ff @(posedge clk) begin
    if (rst) at <= '0;
    else if (valid & take) at <= at == CW'(BEATS + FILL - 1) ? '0 : at + 1'b1;
  end
  ts_gear #(.W(UNIT), .IN(WORD / UNIT), .OUT(W / UNIT)) gear (
      .clk, .rst, .in_valid, .in_ready, .in_data, .out_valid(valid), .out_ready(take), .out_data
  );
endmodule
`default_nettype wire
