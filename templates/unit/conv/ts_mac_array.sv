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
  localparam HALF = (S + 1) / 2;  // sums of two taps
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
    localparam PW = AB + (ASIGNED != 0 ? 0 : 1) + WB;
    // Never wider than the accumulator needs.
    localparam SUM = PW + 1 < ACC ? PW + 1 : PW > ACC ? PW : ACC;
    localparam TERM = S == 1 ? PW : SUM;
    wire [M*HALF*TERM-1:0] terms;
    ts_mac_singles #(
        .P(P), .GP(GP), .PE(PE), .S(S), .AB(AB), .ASIGNED(ASIGNED), .WB(WB), .TERM(TERM)
    ) alone (
        .clk, .taps, .weights, .terms
    );
    ts_mac_tree #(
        .M(M), .PE(PE), .S(HALF), .TERM(TERM), .ACC(ACC)
    ) tree (
        .clk, .first(first_pipe[DELAY-1]), .terms, .owed('0), .sums
    );
  end
endmodule
`default_nettype wire
