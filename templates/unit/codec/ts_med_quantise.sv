// Quantises L values of X bits by 2 D + 1: level = (value - least + D) div (2 D + 1), of V bits. The quotient is
// a product with MUL, whose lowest SHIFT places are dropped. Three registers, moved by "enable".
`default_nettype none
module ts_med_quantise #(
    parameter L = 8,
    parameter X = 8,
    parameter SIGNED = 1,
    parameter V = 8,
    parameter D = 0,
    parameter MUL = 1,
    parameter SHIFT = 0
) (
    input  wire           clk,
    input  wire           enable,
    input  wire [L*X-1:0] values,
    output wire [L*V-1:0] levels
);
  localparam [X-1:0] SIGN = SIGNED != 0 ? X'(1) << (X - 1) : '0;
  localparam MB = $clog2(MUL + 1);
  localparam HALF = MB / 2;
  localparam PB = X + 1 + MB;
  localparam [MB-1:0] M = MB'(MUL);

  for (genvar l = 0; l < L; l = l + 1) begin : lanes
    wire [X-1:0] natural = values[l*X+:X] ^ SIGN;
    if (D == 0) begin : same
      logic [X-1:0] one, two, three;
      always_ff @(posedge clk) if (enable) {one, two, three} <= {natural, one, two};
      assign levels[l*V+:V] = V'(three);
    end else begin : divided
      logic [ X:0] from;
      logic [PB-1:0] low, high, low_sum, high_sum;
      logic [ V-1:0] level;
      wire  [PB-1:0] product = low + high;
      always_comb begin
        low_sum = '0;
        high_sum = '0;
        for (int i = 0; i < MB; i = i + 1) begin
          if (M[i] && i < HALF) low_sum = low_sum + (PB'(from) << i);
          if (M[i] && i >= HALF) high_sum = high_sum + (PB'(from) << i);
        end
      end
      always_ff @(posedge clk) begin
        if (enable) begin
          from  <= {1'b0, natural} + (X + 1)'(D);
          low   <= low_sum;
          high  <= high_sum;
          level <= V'(product >> SHIFT);
        end
      end
      assign levels[l*V+:V] = level;
      wire unused = &{1'b0, product};
    end
  end
endmodule
`default_nettype wire
