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
  localparam signed [W-1:0] F89 = 89, F83 = 83, F75 = 75, F64 = 64, F50 = 50, F36 = 36, F18 = 18;
  localparam signed [W-1:0] MOST = (1 << (V - 1)) - 1;
  localparam signed [W-1:0] LEAST = -(1 << (V - 1));

  logic [ 4*W-1:0] s1, d1, e2, d2, even4;
  logic [ 8*W-1:0] even3, odd4, sum5;
  logic [16*W-1:0] odd3;
  logic [8*V-1:0] made;
  assign coefficients = made;

  function automatic signed [W-1:0] odd_factor(input integer row, input integer n);
    case ((2 * row + 1) * (2 * n + 1) % 32)
      1, 31: odd_factor = F89;
      3, 29: odd_factor = F75;
      5, 27: odd_factor = F50;
      7, 25: odd_factor = F18;
      9, 23: odd_factor = -F18;
      11, 21: odd_factor = -F50;
      13, 19: odd_factor = -F75;
      default: odd_factor = -F89;
    endcase
  endfunction

  for (genvar n = 0; n < 4; n = n + 1) begin : pairs
    wire [X-1:0] front = values[n*X+:X];
    wire [X-1:0] back = values[(7-n)*X+:X];
    wire signed [W-1:0] a = SIGNED != 0 ? W'($signed(front)) : W'({1'b0, front});
    wire signed [W-1:0] b = SIGNED != 0 ? W'($signed(back)) : W'({1'b0, back});
    always_ff @(posedge clk) begin
      if (enable) begin
        s1[n*W+:W] <= a + b;
        d1[n*W+:W] <= a - b;
        d2[n*W+:W] <= $signed(d1[n*W+:W]);
      end
    end
  end
  always_ff @(posedge clk) begin
    if (enable) begin
      e2[0*W+:W] <= $signed(s1[0*W+:W]) + $signed(s1[3*W+:W]);
      e2[1*W+:W] <= $signed(s1[1*W+:W]) + $signed(s1[2*W+:W]);
      e2[2*W+:W] <= $signed(s1[0*W+:W]) - $signed(s1[3*W+:W]);
      e2[3*W+:W] <= $signed(s1[1*W+:W]) - $signed(s1[2*W+:W]);
      even3[(2*0+0)*W+:W] <= $signed(e2[0*W+:W]) <<< 6;
      even3[(2*0+1)*W+:W] <= $signed(e2[1*W+:W]) <<< 6;
      even3[(2*1+0)*W+:W] <= $signed(e2[2*W+:W]) * F83;
      even3[(2*1+1)*W+:W] <= $signed(e2[3*W+:W]) * F36;
      even3[(2*2+0)*W+:W] <= $signed(e2[0*W+:W]) <<< 6;
      even3[(2*2+1)*W+:W] <= -($signed(e2[1*W+:W]) <<< 6);
      even3[(2*3+0)*W+:W] <= $signed(e2[2*W+:W]) * F36;
      even3[(2*3+1)*W+:W] <= -($signed(e2[3*W+:W]) * F83);
    end
  end
  for (genvar k = 0; k < 4; k = k + 1) begin : rows
    for (genvar n = 0; n < 4; n = n + 1) begin : products
      always_ff @(posedge clk) if (enable) odd3[(4*k+n)*W+:W] <= $signed(d2[n*W+:W]) * odd_factor(k, n);
    end
    always_ff @(posedge clk) begin
      if (enable) begin
        even4[k*W+:W] <= $signed(even3[(2*k+0)*W+:W]) + $signed(even3[(2*k+1)*W+:W]);
        odd4[(2*k+0)*W+:W] <= $signed(odd3[(4*k+0)*W+:W]) + $signed(odd3[(4*k+1)*W+:W]);
        odd4[(2*k+1)*W+:W] <= $signed(odd3[(4*k+2)*W+:W]) + $signed(odd3[(4*k+3)*W+:W]) + F64;
        sum5[(2*k)*W+:W] <= $signed(even4[k*W+:W]) + F64;
        sum5[(2*k+1)*W+:W] <= $signed(odd4[(2*k+0)*W+:W]) + $signed(odd4[(2*k+1)*W+:W]);
      end
    end
  end
  for (genvar k = 0; k < 8; k = k + 1) begin : drops
    localparam DROP = k == 0 ? Q0 : Q;
    localparam signed [W-1:0] HALF = 1 << (DROP - 1);
    wire signed [W-1:0] rounded = (($signed(sum5[k*W+:W]) >>> 7) + HALF) >>> DROP;
    wire over = rounded > MOST;
    wire under = rounded < LEAST;
    always_ff @(posedge clk) begin
      if (enable) made[k*V+:V] <= over ? {1'b0, {(V - 1){1'b1}}} : under ? {1'b1, {(V - 1){1'b0}}} : V'(rounded);
    end
  end
endmodule
`default_nettype wire
