// Predicts L levels of V bits from their neighbours: (2 median(a, b, a + b - c) + a + b + 2) div 4 of left a, above
// b, above left c; "down" tells that this was rounded up, so that less is likelier. The class of a place
// is how much its neighbours differ. Three registers, moved by "enable".
`default_nettype none
module ts_med_predict #(
    parameter L = 8,
    parameter V = 8
) (
    input  wire           clk,
    input  wire           enable,
    input  wire [L*V-1:0] left,
    input  wire [L*V-1:0] up,
    input  wire [L*V-1:0] corner,
    input  wire [L*V-1:0] right,
    output wire [L*V-1:0] predicted,
    output wire [  L-1:0] down,
    output wire [L*3-1:0] classes
);
  localparam AB = V + 2 > 6 ? V + 2 : 6;

  function automatic [V-1:0] apart(input [V-1:0] a, input [V-1:0] b);
    apart = a > b ? a - b : b - a;
  endfunction

  for (genvar l = 0; l < L; l = l + 1) begin : lanes
    wire [V-1:0] a = left[l*V+:V];
    wire [V-1:0] b = up[l*V+:V];
    wire [V-1:0] c = corner[l*V+:V];
    wire [V-1:0] d = right[l*V+:V];
    logic [V-1:0] low1, high1, ac1, cb1, bd1;
    logic [  V:0] both1, both2;
    logic signed [V+1:0] slope1;
    always_ff @(posedge clk) begin
      if (enable) begin
        low1   <= a < b ? a : b;
        high1  <= a < b ? b : a;
        both1  <= {1'b0, a} + {1'b0, b};
        slope1 <= $signed({2'b0, a}) + $signed({2'b0, b}) - $signed({2'b0, c});
        ac1    <= apart(a, c);
        cb1    <= apart(c, b);
        bd1    <= apart(b, d);
      end
    end
    logic [ V-1:0] median2;
    logic [AB-1:0] activity2;
    always_ff @(posedge clk) begin
      if (enable) begin
        median2 <= slope1 < $signed({2'b0, low1}) ? low1
            : slope1 > $signed({2'b0, high1}) ? high1 : slope1[V-1:0];
        activity2 <= AB'(ac1) + AB'(cb1) + AB'(bd1);
        both2 <= both1;
      end
    end
    logic [V-1:0] predicted3;
    logic         down3;
    logic [  2:0] class3;
    wire  [V+1:0] sum = {1'b0, median2, 1'b0} + {1'b0, both2};
    wire  [V+1:0] rounded = sum + (V + 2)'(2);
    wire  [  4:0] near = activity2[4:0];
    always_ff @(posedge clk) begin
      if (enable) begin
        predicted3 <= rounded[V+1:2];
        down3 <= sum[1];
        class3 <= activity2[AB-1:5] != '0 || near > 5'd24 ? 3'd6
            : near > 5'd14 ? 3'd5 : near > 5'd8 ? 3'd4 : near > 5'd4 ? 3'd3
            : near > 5'd2 ? 3'd2 : near != '0 ? 3'd1 : 3'd0;
      end
    end
    wire unused = &{1'b0, rounded[1:0]};
    assign predicted[l*V+:V] = predicted3;
    assign down[l] = down3;
    assign classes[l*3+:3] = class3;
  end
endmodule
`default_nettype wire
