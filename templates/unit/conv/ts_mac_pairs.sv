// The first two stages of the array where outputs share multipliers: of every two outputs of a group that
// read the same taps one multiplier makes both products, LANE bits apart; what multiplies the upper
// lane arrives less one where the lower weight is negative, so that both lie side by side. Two taps are
// added before the lanes part. A negative lower lane has borrowed one from the upper lane, which is
// "owed" to it. With an odd number of outputs the last one has multipliers of its own. Without a second
// tap the sums are there one cycle earlier.
`default_nettype none
module ts_mac_pairs #(
    parameter P = 1,
    parameter GP = 1,
    parameter PE = 2,
    parameter S = 4,
    parameter AB = 8,
    parameter ASIGNED = 0,
    parameter WB = 8,
    parameter LANE = 17,
    parameter M = P * GP * PE,
    parameter HALF = (S + 1) / 2
) (
    input  wire                    clk,
    input  wire [    P*GP*S*AB-1:0] taps,
    input  wire [   GP*PE*S*WB-1:0] weights,
    output wire [  M*HALF*LANE-1:0] terms,
    output wire [       M*HALF-1:0] owed
);
  localparam XW = AB + (ASIGNED != 0 ? 0 : 1);
  localparam PW = LANE + WB + XW;
  localparam PAIRS = (PE + 1) / 2;

  for (genvar g = 0; g < P * GP; g = g + 1) begin : group
    for (genvar j = 0; j < PAIRS; j = j + 1) begin : pair
      localparam BOTH = 2 * j + 1 < PE;
      localparam LOW = (g % GP) * PE + 2 * j;  // output in the weights
      localparam OUT = g * PE + 2 * j;
      localparam HIGH = BOTH ? LOW + 1 : LOW;
      logic [S*PW-1:0] products;
      logic [HALF*PW-1:0] sums;
      always_ff @(posedge clk) begin
        for (int t = 0; t < S; t = t + 1) begin
          products[t*PW+:PW] <=
              PW'($signed({ASIGNED != 0 && taps[(g*S+t)*AB+AB-1], taps[(g*S+t)*AB+:AB]}))
              * (BOTH ? PW'($signed({weights[(HIGH*S+t)*WB+:WB],
                    {(LANE - WB) {weights[(LOW*S+t)*WB+WB-1]}}, weights[(LOW*S+t)*WB+:WB]}))
                 : PW'($signed(weights[(LOW*S+t)*WB+:WB])));
        end
      end
      if (S == 1) begin : one
        always_comb sums = products;
      end else begin : two
        always_ff @(posedge clk) begin
          for (int t = 0; t < S / 2; t = t + 1)
            sums[t*PW+:PW] <= products[2*t*PW+:PW] + products[(2*t+1)*PW+:PW];
          if (S % 2 != 0) sums[(HALF-1)*PW+:PW] <= products[(S-1)*PW+:PW];
        end
      end
      wire unused = &sums;  // the upper lane of an output without another
      for (genvar t = 0; t < HALF; t = t + 1) begin : lane
        assign terms[(OUT*HALF+t)*LANE+:LANE] = sums[t*PW+:LANE];
        assign owed[OUT*HALF+t] = 1'b0;
        if (BOTH) begin : upper
          assign terms[((OUT+1)*HALF+t)*LANE+:LANE] = LANE'($signed(sums[t*PW+LANE+:PW-LANE]));
          assign owed[(OUT+1)*HALF+t] = sums[t*PW+LANE-1];
        end
      end
    end
  end
endmodule
`default_nettype wire
