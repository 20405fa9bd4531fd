// What ts_med_quantise made of values, as values: min(most, least + level (2 D + 1)). Two registers.
`default_nettype none
module ts_med_restore #(
    parameter L = 8,
    parameter X = 8,
    parameter SIGNED = 1,
    parameter V = 8,
    parameter D = 0
) (
    input  wire           clk,
    input  wire [L*V-1:0] levels,
    output wire [L*X-1:0] values
);
  localparam [X-1:0] SIGN = SIGNED != 0 ? X'(1) << (X - 1) : '0;
  localparam STEP = 2 * D + 1;
  localparam PB = X + 1;

  for (genvar l = 0; l < L; l = l + 1) begin : lanes
    logic [PB-1:0] product, sum;
    logic [ X-1:0] value;
    always_comb begin
      sum = '0;
      for (int i = 0; i < 5; i = i + 1) begin
        if (STEP[i]) sum = sum + (PB'(levels[l*V+:V]) << i);
      end
    end
    always_ff @(posedge clk) begin
      product <= sum;
      value   <= (product[X] ? '1 : product[X-1:0]) ^ SIGN;
    end
    assign values[l*X+:X] = value;
  end
endmodule
`default_nettype wire
