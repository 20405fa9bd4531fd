// Back from coefficients: x = clamp((transposed M (c << q) + 128) >> 8) to the type of the values.
// Registers: products; sums of two; halves; values; clamped. Latency 5 with enable.
`default_nettype none
module ts_dct_inverse #(
    parameter X = 8,
    parameter SIGNED = 1,
    parameter V = 8,
    parameter Q0 = 3,
    parameter Q = 3
) (
    input  wire           clk,
    input  wire           enable,
    input  wire [8*V-1:0] coefficients,
    output wire [8*X-1:0] values
);
  localparam W = V + 12 + (Q0 > Q ? Q0 : Q);
  localparam signed [W-1:0] F89 = 89, F83 = 83, F75 = 75, F64 = 64, F50 = 50, F36 = 36, F18 = 18;
  localparam signed [W-1:0] HALF = 128;
  localparam signed [W-1:0] MOST = SIGNED != 0 ? (1 << (X - 1)) - 1 : (1 << X) - 1;
  localparam signed [W-1:0] LEAST = SIGNED != 0 ? -(1 << (X - 1)) : 0;

  // Factor of coefficient k in value n of the first half.
  function automatic signed [W-1:0] factor(input integer k, input integer n);
    case (k * (2 * n + 1) % 32)
      0: factor = F64;
      1, 31: factor = F89;
      2, 30: factor = F83;
      3, 29: factor = F75;
      4, 28: factor = F64;
      5, 27: factor = F50;
      6, 26: factor = F36;
      7, 25: factor = F18;
      9, 23: factor = -F18;
      10, 22: factor = -F36;
      11, 21: factor = -F50;
      12, 20: factor = -F64;
      13, 19: factor = -F75;
      14, 18: factor = -F83;
      default: factor = -F89;
    endcase
  endfunction

  logic [8*X-1:0] made;
  assign values = made;
  for (genvar n = 0; n < 4; n = n + 1) begin : pairs
    logic [8*W-1:0] product;
    logic [4*W-1:0] pair;
    logic [2*W-1:0] half;
    logic signed [W-1:0] front, back;
    for (genvar k = 0; k < 8; k = k + 1) begin : products
      wire signed [W-1:0] c = W'($signed(coefficients[k*V+:V])) <<< (k == 0 ? Q0 : Q);
      always_ff @(posedge clk) if (enable) product[k*W+:W] <= c * factor(k, n);
    end
    always_ff @(posedge clk) begin
      if (enable) begin
        pair[0*W+:W] <= $signed(product[0*W+:W]) + $signed(product[2*W+:W]);
        pair[1*W+:W] <= $signed(product[4*W+:W]) + $signed(product[6*W+:W]);
        pair[2*W+:W] <= $signed(product[1*W+:W]) + $signed(product[3*W+:W]);
        pair[3*W+:W] <= $signed(product[5*W+:W]) + $signed(product[7*W+:W]);
        half[0*W+:W] <= $signed(pair[0*W+:W]) + $signed(pair[1*W+:W]) + HALF;
        half[1*W+:W] <= $signed(pair[2*W+:W]) + $signed(pair[3*W+:W]);
        front <= ($signed(half[0*W+:W]) + $signed(half[1*W+:W])) >>> 8;
        back <= ($signed(half[0*W+:W]) - $signed(half[1*W+:W])) >>> 8;
        made[n*X+:X] <= front > MOST ? X'(MOST) : front < LEAST ? X'(LEAST) : X'(front);
        made[(7-n)*X+:X] <= back > MOST ? X'(MOST) : back < LEAST ? X'(LEAST) : X'(back);
      end
    end
  end
endmodule
`default_nettype wire
