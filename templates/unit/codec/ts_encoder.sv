// The encoder of a codec: 0 raw, 1 masks of the values themselves, 2 masks of their coefficients,
// 3 prediction.
`default_nettype none
module ts_encoder #(
    parameter CODEC = 0,
    parameter W = 8,
    parameter WORD = 128,
    parameter UNIT = 8,
    parameter BEATS = 16,
    parameter FILL = 0,
    parameter WORDS = 1,
    parameter LANES = 1,
    parameter SIGNED = 1,
    parameter V = 8,
    parameter Q0 = 3,
    parameter Q = 3,
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
    parameter KEEP = 128,
    parameter ORDERS = 512,
    parameter CB = 32,
    parameter signed [CB-1:0] CREDIT = 0,
    parameter signed [CB-1:0] HALF = 0,
    parameter signed [CB-1:0] NEED = 0
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            in0_valid,
    output wire            in0_ready,
    input  wire [   W-1:0] in0_data,
    output wire            out0_valid,
    input  wire            out0_ready,
    output wire [WORD-1:0] out0_data,
    output wire            out0_last
);
  if (CODEC == 0) begin : raw
    ts_raw_encoder #(
        .W(W), .WORD(WORD), .UNIT(UNIT), .BEATS(BEATS), .FILL(FILL), .WORDS(WORDS)
    ) pack (
        .clk, .rst, .in_valid(in0_valid), .in_ready(in0_ready), .in_data(in0_data),
        .out_valid(out0_valid), .out_ready(out0_ready), .out_data(out0_data), .out_last(out0_last)
    );
  end else if (CODEC == 3) begin : predicted
    ts_med_encoder #(
        .L(LANES), .X(W / LANES), .SIGNED(SIGNED), .V(V), .D(D), .MUL(MUL), .SHIFT(SHIFT),
        .LEVELS(LEVELS), .ZERO(ZERO), .PER(PER), .WIDTH(WIDTH), .HEIGHT(HEIGHT), .FIRST(FIRST),
        .WB(WB), .WORD(WORD), .KEEP(KEEP), .ORDERS(ORDERS), .CB(CB), .CREDIT(CREDIT), .HALF(HALF),
        .NEED(NEED)
    ) med (
        .clk, .rst, .in_valid(in0_valid), .in_ready(in0_ready), .in_data(in0_data),
        .out_valid(out0_valid), .out_ready(out0_ready), .out_data(out0_data), .out_last(out0_last)
    );
  end else begin : masked
    wire               valid, ready;
    wire [LANES*V-1:0] values;
    if (CODEC == 1) begin : plain
      assign {valid, in0_ready, values} = {in0_valid, ready, in0_data};
    end else begin : transformed
      wire enable;
      ts_delay #(.N(6)) delay (
          .clk, .rst, .in_valid(in0_valid), .in_ready(in0_ready), .out_valid(valid),
          .out_ready(ready), .enable
      );
      ts_dct_forward #(.X(W / LANES), .SIGNED(SIGNED), .V(V), .Q0(Q0), .Q(Q)) dct (
          .clk, .enable, .values(in0_data), .coefficients(values)
      );
    end
    ts_mask_encoder #(
        .L(LANES), .V(V), .WORD(WORD), .BEATS(BEATS), .CB(CB), .CREDIT(CREDIT), .HALF(HALF),
        .NEED(NEED)
    ) masks (
        .clk, .rst, .in_valid(valid), .in_ready(ready), .in_data(values),
        .out_valid(out0_valid), .out_ready(out0_ready), .out_data(out0_data), .out_last(out0_last)
    );
  end
endmodule
`default_nettype wire
