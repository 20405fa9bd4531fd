// The line buffer of a convolution: rows are delivered once, or REPLAY times.
`default_nettype none
module ts_lines #(
    parameter RESIZABLE = 0,
    parameter W = 16,
    parameter H = 16,
    parameter C = 4,
    parameter LI = 2,
    parameter AB = 8,
    parameter KH = 3,
    parameter PT = 1,
    parameter BORDER = 0,
    parameter [C*AB-1:0] PAD = 0,
    parameter P = 1,
    parameter REPLAY = 2,
    parameter ULTRA = 0,
    parameter XW = 8,
    parameter YW = 8,
    parameter LW = LI * AB
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             size_valid,
    output wire             size_ready,
    input  wire [   XW-1:0] size_columns,
    input  wire [   YW-1:0] size_rows,
    input  wire             in_valid,
    output wire             in_ready,
    input  wire [   LW-1:0] in_data,
    output wire             col_valid,
    input  wire             col_ready,
    output wire [KH*LW-1:0] col_data,
    output wire             idle
);
  if (REPLAY > 1) begin : again
    ts_line_replay #(
        .RESIZABLE(RESIZABLE), .W(W), .H(H), .C(C), .LI(LI), .AB(AB), .KH(KH), .PT(PT),
        .BORDER(BORDER), .PAD(PAD), .P(P), .REPLAY(REPLAY), .ULTRA(ULTRA), .XW(XW), .YW(YW)
    ) rows (
        .clk, .rst, .size_valid, .size_ready, .size_columns, .size_rows, .in_valid, .in_ready,
        .in_data, .col_valid, .col_ready, .col_data, .idle
    );
  end else begin : once
    ts_line_buffer #(
        .RESIZABLE(RESIZABLE), .W(W), .H(H), .C(C), .LI(LI), .AB(AB), .KH(KH), .PT(PT),
        .BORDER(BORDER), .PAD(PAD), .P(P), .ULTRA(ULTRA), .XW(XW), .YW(YW)
    ) rows (
        .clk, .rst, .size_valid, .size_ready, .size_columns, .size_rows, .in_valid, .in_ready,
        .in_data, .col_valid, .col_ready, .col_data, .idle
    );
  end
endmodule
`default_nettype wire
