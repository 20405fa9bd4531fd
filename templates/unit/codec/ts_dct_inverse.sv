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
  localparam signed [W-1:0] MOST = SIGNED != 0 ? W'((1 << (X - 1)) - 1) : W'((1 << X) - 1);
  localparam signed [W-1:0] LEAST = SIGNED != 0 ? -W'(1 << (X - 1)) : '0;

  // Factor of coefficient k in value n of the first half.
  function automatic signed [W-1:0] factor(input integer k, input integer n);
    case (k * (2 * n + 1) % 32)
      0: factor = W'(64);
      1, 31: factor = W'(89);
      2, 30: factor = W'(83);
      3, 29: factor = W'(75);
      4, 28: factor = W'(64);
      5, 27: factor = W'(50);
      6, 26: factor = W'(36);
      7, 25: factor = W'(18);
      9, 23: factor = -W'(18);
      10, 22: factor = -W'(36);
      11, 21: factor = -W'(50);
      12, 20: factor = -W'(64);
      13, 19: factor = -W'(75);
      14, 18: factor = -W'(83);
      default: factor = -W'(89);
    endcase
  endfunction

  logic [8*X-1:0] made;
  assign values = made;
  for (genvar n = 0; n < 4; n = n + 1) begin : pairs
    logic signed [W-1:0] product[8], pair[4], half[2], front, back;
    for (genvar k = 0; k < 8; k = k + 1) begin : products
      wire signed [W-1:0] c = W'($signed(coefficients[k*V+:V])) <<< (k == 0 ? Q0 : Q);
      always_ff @(posedge clk) if (enable) product[k] <= c * factor(k, n);
    end
    always_ff @(posedge clk) begin
      if (enable) begin
        pair[0] <= product[0] + product[2];
        pair[1] <= product[4] + product[6];
        pair[2] <= product[1] + product[3];
        pair[3] <= product[5] + product[7];
        half[0] <= pair[0] + pair[1] + W'(128);
        half[1] <= pair[2] + pair[3];
        front <= (half[0] + half[1]) >>> 8;
        back <= (half[0] - half[1]) >>> 8;
        made[n*X+:X] <= front > MOST ? X'(MOST) : front < LEAST ? X'(LEAST) : X'(front);
        made[(7-n)*X+:X] <= back > MOST ? X'(MOST) : back < LEAST ? X'(LEAST) : X'(back);
      end
    end
  end
endmodule
`default_nettype wire
