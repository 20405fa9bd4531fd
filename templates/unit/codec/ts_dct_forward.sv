// The transform of eight channels, and coefficients of fewer bits: X = (M x + 64) >> 7 with M of HEVC,
// c = clamp((X + half) >> q). Registers: sums and differences; those of the even half; products; sums of
// two; sums; coefficients. Latency 6 with enable.
`default_nettype none
module ts_dct_forward #(
    parameter X = 8,
    parameter SIGNED = 1,
    parameter V = 8,
    parameter Q0 = 3,
    parameter Q = 3
) (
    input  wire           clk,
    input  wire           enable,
    input  wire [8*X-1:0] values,
    output wire [8*V-1:0] coefficients
);
  localparam W = X + 12;

  logic signed [W-1:0] s1[4], d1[4], e2[4], d2[4], even3[4][2], odd3[4][4], even4[4], odd4[4][2], sum5[8];
  logic [8*V-1:0] made;
  assign coefficients = made;

  function automatic signed [W-1:0] odd_factor(input integer row, input integer n);
    case ((2 * row + 1) * (2 * n + 1) % 32)
      1, 31: odd_factor = W'(89);
      3, 29: odd_factor = W'(75);
      5, 27: odd_factor = W'(50);
      7, 25: odd_factor = W'(18);
      9, 23: odd_factor = -W'(18);
      11, 21: odd_factor = -W'(50);
      13, 19: odd_factor = -W'(75);
      default: odd_factor = -W'(89);
    endcase
  endfunction

  for (genvar n = 0; n < 4; n = n + 1) begin : pairs
    wire [X-1:0] front = values[n*X+:X];
    wire [X-1:0] back = values[(7-n)*X+:X];
    wire signed [W-1:0] a = SIGNED != 0 ? W'($signed(front)) : W'({1'b0, front});
    wire signed [W-1:0] b = SIGNED != 0 ? W'($signed(back)) : W'({1'b0, back});
    always_ff @(posedge clk) begin
      if (enable) begin
        s1[n] <= a + b;
        d1[n] <= a - b;
        d2[n] <= d1[n];
      end
    end
  end
  always_ff @(posedge clk) begin
    if (enable) begin
      e2[0] <= s1[0] + s1[3];
      e2[1] <= s1[1] + s1[2];
      e2[2] <= s1[0] - s1[3];
      e2[3] <= s1[1] - s1[2];
      even3[0][0] <= e2[0] <<< 6;
      even3[0][1] <= e2[1] <<< 6;
      even3[1][0] <= e2[2] * W'(83);
      even3[1][1] <= e2[3] * W'(36);
      even3[2][0] <= e2[0] <<< 6;
      even3[2][1] <= -(e2[1] <<< 6);
      even3[3][0] <= e2[2] * W'(36);
      even3[3][1] <= -(e2[3] * W'(83));
    end
  end
  for (genvar k = 0; k < 4; k = k + 1) begin : rows
    for (genvar n = 0; n < 4; n = n + 1) begin : products
      always_ff @(posedge clk) if (enable) odd3[k][n] <= d2[n] * odd_factor(k, n);
    end
    always_ff @(posedge clk) begin
      if (enable) begin
        even4[k] <= even3[k][0] + even3[k][1];
        odd4[k][0] <= odd3[k][0] + odd3[k][1];
        odd4[k][1] <= odd3[k][2] + odd3[k][3] + W'(64);
        sum5[2*k] <= even4[k] + W'(64);
        sum5[2*k+1] <= odd4[k][0] + odd4[k][1];
      end
    end
  end
  for (genvar k = 0; k < 8; k = k + 1) begin : drops
    localparam DROP = k == 0 ? Q0 : Q;
    wire signed [W-1:0] rounded = ((sum5[k] >>> 7) + W'(1 << (DROP - 1))) >>> DROP;
    wire over = rounded > W'((1 << (V - 1)) - 1);
    wire under = rounded < -W'(1 << (V - 1));
    always_ff @(posedge clk) begin
      if (enable) made[k*V+:V] <= over ? {1'b0, {(V - 1){1'b1}}} : under ? {1'b1, {(V - 1){1'b0}}} : V'(rounded);
    end
  end
endmodule
`default_nettype wire
