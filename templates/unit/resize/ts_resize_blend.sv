// One lane of a bilinear resize: acc = sum of the four codes around a place times the weights of
// their row and column, first along the column, then along the row. Pixels whose weight is 0 do not
// matter. "weight_y" is wanted one cycle after the codes, "weight_x" four; latency 7 with enable.
`default_nettype none
module ts_resize_blend #(
    parameter B = 8,
    parameter S = 0,
    parameter BITS = 8,
    parameter CODE_W = S != 0 ? B : B + 1,
    parameter ACC_W = CODE_W + 2 * BITS
) (
    input  wire             clk,
    input  wire             enable,
    input  wire [    B-1:0] code00,
    input  wire [    B-1:0] code01,
    input  wire [    B-1:0] code10,
    input  wire [    B-1:0] code11,
    input  wire [   BITS:0] weight_y,
    input  wire [   BITS:0] weight_x,
    output wire [ACC_W-1:0] acc
);
  localparam D_W = CODE_W + 1;
  localparam V_W = CODE_W + BITS;
  localparam P_W = V_W + 2;
  localparam E_W = V_W + 1;
  localparam Q_W = ACC_W + 2;

  function automatic signed [D_W-1:0] wide(input [B-1:0] code);
    wide = S != 0 ? D_W'($signed(code)) : D_W'(code);
  endfunction

  logic [B-1:0] a00, a01, a10, a11;
  logic signed [D_W-1:0] base0, base1, late0, late1, down0, down1;
  logic signed [BITS+1:0] wy, wx;
  logic signed [P_W-1:0] p0, p1;
  logic signed [V_W-1:0] v0, v1, left0, left1;
  logic signed [E_W-1:0] right;
  logic signed [Q_W-1:0] q;
  logic signed [ACC_W-1:0] sum;

  assign acc = sum;

  always_ff @(posedge clk) begin
    if (enable) begin
      a00 <= code00;
      a01 <= code01;
      a10 <= code10;
      a11 <= code11;
      base0 <= wide(a00);
      base1 <= wide(a01);
      down0 <= wide(a10) - wide(a00);
      down1 <= wide(a11) - wide(a01);
      wy <= {1'b0, weight_y};
      late0 <= base0;
      late1 <= base1;
      p0 <= P_W'(down0) * P_W'(wy);
      p1 <= P_W'(down1) * P_W'(wy);
      v0 <= V_W'((P_W'(late0) <<< BITS) + p0);
      v1 <= V_W'((P_W'(late1) <<< BITS) + p1);
      left0 <= v0;
      right <= E_W'(v1) - E_W'(v0);
      wx <= {1'b0, weight_x};
      left1 <= left0;
      q <= Q_W'(right) * Q_W'(wx);
      sum <= ACC_W'((Q_W'(left1) <<< BITS) + q);
    end
  end
endmodule
`default_nettype wire
