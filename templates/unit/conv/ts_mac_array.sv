// P x GP x PE dot products of S taps per cycle, accumulated over the chunks of a pass. Operands
// and weights arrive in registers; products, every level of the adder tree and the accumulators
// are registered. "first" and "last" come with the operands' selection, two cycles before them;
// "load" comes with the finished sums. PAIRED: two outputs of a group share a multiplier.
`default_nettype none
module ts_mac_array #(
    parameter P = 1,
    parameter GP = 1,
    parameter PE = 2,
    parameter S = 4,
    parameter AB = 8,
    parameter ASIGNED = 0,
    parameter WB = 8,
    parameter ACC = 20,
    parameter PAIRED = 0
) (
    input  wire                   clk,
    input  wire                   rst,
    input  wire                   first,
    input  wire                   last,
    input  wire [  P*GP*S*AB-1:0] taps,
    input  wire [ GP*PE*S*WB-1:0] weights,
    output wire                   load,
    output wire [P*GP*PE*ACC-1:0] sums
);
  localparam M = P * GP * PE;
  localparam PW = AB + (ASIGNED != 0 ? 0 : 1) + WB;
  localparam DELAY = 3 + $clog2(S);

  // first: with the last level of the tree; last: one later, with the accumulators.
  logic [DELAY-1:0] first_pipe;
  logic [  DELAY:0] last_pipe;
  assign load = last_pipe[DELAY];
  always_ff @(posedge clk) begin
    if (rst) begin
      first_pipe <= '0;
      last_pipe  <= '0;
    end else begin
      first_pipe <= {first_pipe[DELAY-2:0], first};
      last_pipe  <= {last_pipe[DELAY-1:0], last};
    end
  end

  if (PAIRED != 0) begin : paired
    localparam LANE = 17;  // the sum of two products of 9 x 8 bits whose weights are above -128
    localparam HALF = (S + 1) / 2;
    wire [M*HALF*LANE-1:0] terms;
    wire [     M*HALF-1:0] owed;
    ts_mac_pairs #(
        .P(P), .GP(GP), .PE(PE), .S(S), .AB(AB), .ASIGNED(ASIGNED), .WB(WB), .LANE(LANE)
    ) shared (
        .clk, .taps, .weights, .terms, .owed
    );
    ts_mac_tree #(
        .M(M), .PE(PE), .S(HALF), .TERM(LANE), .ACC(ACC), .OWING(1)
    ) tree (
        .clk, .first(first_pipe[DELAY-1]), .terms, .owed, .sums
    );
  end else begin : single
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
    ts_mac_tree #(
        .M(M), .PE(PE), .S(S), .TERM(PW), .ACC(ACC)
    ) tree (
        .clk, .first(first_pipe[DELAY-1]), .terms(products), .owed('0), .sums
    );
  end
endmodule
`default_nettype wire
