// The decoder of a codec: 0 raw, 1 masks of the values themselves, 2 masks of their coefficients,
// 3 prediction.
`default_nettype none
module ts_decoder #(
    parameter CODEC = 0,
    parameter W = 8,
    parameter WORD = 128,
    parameter UNIT = 8,
    parameter BEATS = 16,
    parameter FILL = 0,
    parameter LANES = 1,
    parameter SIGNED = 1,
    parameter V = 8,
    parameter Q0 = 3,
    parameter Q = 3,
    parameter D = 0,
    parameter LEVELS = 256,
    parameter ZERO = 0,
    parameter PER = 1,
    parameter WIDTH = 8,
    parameter HEIGHT = 2,
    parameter FIRST = 8,
    parameter WB = 64,
    parameter CB = 32,
    parameter signed [CB-1:0] CREDIT = 0,
    parameter signed [CB-1:0] HALF = 0,
    parameter signed [CB-1:0] NEED = 0
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            in_valid,
    output wire            in_ready,
    input  wire [WORD-1:0] in_data,
    input  wire            in_last,
    output wire            out_valid,
    input  wire            out_ready,
    output wire [   W-1:0] out_data
);
  if (CODEC == 0) begin : raw
    ts_raw_decoder #(.W(W), .WORD(WORD), .UNIT(UNIT), .BEATS(BEATS), .FILL(FILL)) unpack (
        .clk, .rst, .in_valid, .in_ready, .in_data, .out_valid, .out_ready, .out_data
    );
    wire unused = in_last;
  end else if (CODEC == 3) begin : predicted
    ts_med_decoder #(
        .L(LANES), .X(W / LANES), .SIGNED(SIGNED), .V(V), .D(D), .LEVELS(LEVELS), .ZERO(ZERO),
        .PER(PER), .WIDTH(WIDTH), .HEIGHT(HEIGHT), .FIRST(FIRST), .WB(WB), .WORD(WORD), .CB(CB),
        .CREDIT(CREDIT), .HALF(HALF), .NEED(NEED)
    ) med (
        .clk, .rst, .in_valid, .in_ready, .in_data, .out_valid, .out_ready, .out_data
    );
    wire unused = in_last;
  end else begin : masked
    wire               valid, ready;
    wire [LANES*V-1:0] values;
    ts_mask_decoder #(
        .L(LANES), .V(V), .WORD(WORD), .BEATS(BEATS), .CB(CB), .CREDIT(CREDIT), .HALF(HALF),
        .NEED(NEED)
    ) masks (
        .clk, .rst, .in_valid, .in_ready, .in_data, .in_last, .out_valid(valid), .out_ready(ready),
        .out_data(values)
    );
    if (CODEC == 1) begin : plain
      assign {out_valid, ready, out_data} = {valid, out_ready, values};
    end else begin : transformed
      wire enable;
      ts_delay #(.N(5)) delay (
          .clk, .rst, .in_valid(valid), .in_ready(ready), .out_valid, .out_ready, .enable
      );
      ts_dct_inverse #(.X(W / LANES), .SIGNED(SIGNED), .V(V), .Q0(Q0), .Q(Q)) dct (
          .clk, .enable, .coefficients(values), .values(out_data)
      );
    end
  end
endmodule
`default_nettype wire
