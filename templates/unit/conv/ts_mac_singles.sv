// The first two stages of the array where every product has a multiplier of its own: products, and the sums
// of two taps, in one place, so that synthesis finds the adder of each block beside its multiplier. An
// odd tap is carried in its own width: Yosys 0.23 loses the repeated sign bits of a register that it takes
// into a DSP. Without a second tap the sums are there one cycle earlier.
`default_nettype none
module ts_mac_singles #(
    parameter P = 1,
    parameter GP = 1,
    parameter PE = 2,
    parameter S = 4,
    parameter AB = 8,
    parameter ASIGNED = 0,
    parameter WB = 8,
    parameter TERM = 18,
    parameter M = P * GP * PE,
    parameter HALF = (S + 1) / 2
) (
    input  wire                    clk,
    input  wire [    P*GP*S*AB-1:0] taps,
    input  wire [   GP*PE*S*WB-1:0] weights,
    output wire [  M*HALF*TERM-1:0] terms
);
  localparam PW = AB + (ASIGNED != 0 ? 0 : 1) + WB;

  logic [M*S*PW-1:0] products;
  always_ff @(posedge clk) begin
    for (int m = 0; m < M; m = m + 1) begin
      for (int t = 0; t < S; t = t + 1) begin
        // Weights of two bits, as those that only move pixels have, choose and subtract.
        if (WB == 2)
          products[(m*S+t)*PW+:PW] <=
              (weights[((m%(GP*PE))*S+t)*WB] ? PW'($signed(
                {ASIGNED != 0 && taps[((m/PE)*S+t)*AB+AB-1], taps[((m/PE)*S+t)*AB+:AB]})) : '0)
              - (weights[((m%(GP*PE))*S+t)*WB+1] ? PW'($signed(
                {ASIGNED != 0 && taps[((m/PE)*S+t)*AB+AB-1], taps[((m/PE)*S+t)*AB+:AB], 1'b0}))
                : '0);
        else
          products[(m*S+t)*PW+:PW] <=
              PW'($signed({ASIGNED != 0 && taps[((m/PE)*S+t)*AB+AB-1], taps[((m/PE)*S+t)*AB+:AB]}))
              * PW'($signed(weights[((m%(GP*PE))*S+t)*WB+:WB]));
      end
    end
  end

  if (S == 1) begin : one
    assign terms = products;
  end else begin : two
    localparam SUMS = S / 2;
    logic [M*SUMS*TERM-1:0] sums;
    logic [       M*PW-1:0] carried;
    always_ff @(posedge clk) begin
      for (int m = 0; m < M; m = m + 1) begin
        for (int t = 0; t < SUMS; t = t + 1) begin
          sums[(m*SUMS+t)*TERM+:TERM] <= TERM'($signed(products[(m*S+2*t)*PW+:PW]))
              + TERM'($signed(products[(m*S+2*t+1)*PW+:PW]));
        end
        carried[m*PW+:PW] <= S % 2 != 0 ? products[(m*S+S-1)*PW+:PW] : '0;
      end
    end
    for (genvar m = 0; m < M; m = m + 1) begin : output_terms
      assign terms[m*HALF*TERM+:SUMS*TERM] = sums[m*SUMS*TERM+:SUMS*TERM];
      if (S % 2 != 0) begin : odd
        assign terms[(m*HALF+HALF-1)*TERM+:TERM] = TERM'($signed(carried[m*PW+:PW]));
      end
    end
    wire unused = &carried;
  end
endmodule
`default_nettype wire
