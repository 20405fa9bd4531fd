// Codes the frames of a map by prediction (med): values are quantised, predicted from their neighbours, and the
// differences leave in adaptive Rice codes, each lane in a substream of its own. A beat every two cycles
// while words are taken; behind a frame the encoder waits until its last word is out.
`default_nettype none
module ts_med_encoder #(
    parameter L = 8,
    parameter X = 8,
    parameter SIGNED = 1,
    parameter V = 8,
    parameter D = 0,
    parameter MUL = 1,
    parameter SHIFT = 0,
    parameter LEVELS = 256,
    parameter ZERO = 0,
    parameter PER = 1,
    parameter WIDTH = 8,
    parameter HEIGHT = 2,
    parameter FIRST = 8,
    parameter WB = 64,
    parameter WORD = 128,
    parameter KEEP = 128,
    parameter ORDERS = 512,
    parameter CB = 32,
    parameter signed [CB-1:0] CREDIT = 0,
    parameter signed [CB-1:0] HALF = 0,
    parameter signed [CB-1:0] NEED = 0
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            in_valid,
    output wire            in_ready,
    input  wire [ L*X-1:0] in_data,
    output wire            out_valid,
    input  wire            out_ready,
    output wire [WORD-1:0] out_data,
    output wire            out_last
);
  localparam BEATS = PER * WIDTH * HEIGHT;
  localparam AW = $clog2(BEATS + 1);
  localparam FB = V + 9;
  localparam LB = $clog2(V + 10);

  logic [AW-1:0] at;
  logic          closing, taken;
  wire           enable, stuck, busy, done, fields_valid, fields_last;
  wire           take = in_valid & in_ready;
  wire           take_last = at == AW'(BEATS - 1);
  wire           go = enable & !stuck;
  assign in_ready = go & !closing & !busy & !taken;
  always_ff @(posedge clk) begin
    if (rst) begin
      at <= '0;
      closing <= 1'b0;
      taken <= 1'b0;
    end else begin
      if (go) taken <= take;
      if (take) at <= take_last ? '0 : at + 1'b1;
      if (take & take_last) closing <= 1'b1;
      else if (done) closing <= 1'b0;
    end
  end
  wire [L*FB-1:0] fields;
  wire [L*LB-1:0] lengths;
  ts_med_fields #(
      .L(L), .X(X), .SIGNED(SIGNED), .V(V), .D(D), .MUL(MUL), .SHIFT(SHIFT), .LEVELS(LEVELS),
      .ZERO(ZERO), .PER(PER), .WIDTH(WIDTH), .HEIGHT(HEIGHT), .FIRST(FIRST), .CB(CB),
      .CREDIT(CREDIT), .HALF(HALF), .NEED(NEED)
  ) coder (
      .clk, .rst, .enable, .stuck, .busy, .in_valid(take), .in_last(take_last), .in_data,
      .out_valid(fields_valid), .out_last(fields_last), .fields, .lengths
  );
  ts_med_lanes #(
      .L(L), .FB(FB), .LB(LB), .WB(WB), .WORD(WORD), .KEEP(KEEP), .ORDERS(ORDERS)
  ) lanes (
      .clk, .rst, .enable, .moving(!stuck), .in_valid(fields_valid), .in_last(fields_last), .fields,
      .lengths, .done, .out_valid, .out_ready, .out_data, .out_last
  );
endmodule
`default_nettype wire
