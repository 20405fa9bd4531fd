// The parameter of a Rice code: the smallest k with count 2^k >= sum, V at most. Two registers, moved by "enable".
`default_nettype none
module ts_med_parameter #(
    parameter L = 8,
    parameter V = 8,
    parameter A = V + 5,
    parameter KW = $clog2(V + 1)
) (
    input  wire            clk,
    input  wire            enable,
    input  wire [ L*A-1:0] sums,
    input  wire [ L*5-1:0] counts,
    output wire [L*KW-1:0] parameters
);
  for (genvar l = 0; l < L; l = l + 1) begin : lanes
    logic [ V-1:0] enough;
    logic [KW-1:0] k, found;
    always_comb begin
      found = KW'(V);
      for (int i = V - 1; i >= 0; i = i - 1) if (enough[i]) found = KW'(i);
    end
    always_ff @(posedge clk) begin
      if (enable) begin
        for (int i = 0; i < V; i = i + 1) begin
          enough[i] <= ((A + 5)'(counts[l*5+:5]) << i) >= (A + 5)'(sums[l*A+:A]);
        end
        k <= found;
      end
    end
    assign parameters[l*KW+:KW] = k;
  end
endmodule
`default_nettype wire
