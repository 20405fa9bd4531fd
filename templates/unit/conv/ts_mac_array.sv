// P x GP x PE dot products of S taps per cycle, accumulated over the chunks of a pass. Operands
// and weights arrive in registers; products, every level of the adder tree and the accumulators
// are registered. "first" and "last" come with the operands' selection, two cycles before them;
// "load" comes with the finished sums.
`default_nettype none
module ts_mac_array #(
    parameter P = 1,
    parameter GP = 1,
    parameter PE = 2,
    parameter S = 4,
    parameter AB = 8,
    parameter ASIGNED = 0,
    parameter WB = 8,
    parameter ACC = 20
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
  localparam DEPTH = $clog2(S);
  localparam DELAY = 3 + DEPTH;

  // first: with the last level of the tree; last: one later, with the accumulators.
  logic [DELAY-1:0] first_pipe;
  logic [  DELAY:0] last_pipe;
  always_ff @(posedge clk) begin
    if (rst) begin
      first_pipe <= '0;
      last_pipe  <= '0;
    end else begin
      first_pipe <= {first_pipe[DELAY-2:0], first};
      last_pipe  <= {last_pipe[DELAY-1:0], last};
    end
  end

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

  // Level l has ceil(S / 2^l) terms of PW + l bits, never wider than the accumulator needs. An odd
  // one is carried to the next level in its own width: Yosys 0.23 loses the repeated sign bits of a
  // register that it takes into a DSP.
  function automatic integer term_width(input integer l);
    term_width = PW + l < ACC || l == 0 ? PW + l : (PW > ACC ? PW : ACC);
  endfunction
  function automatic integer carried_width(input integer l);
    integer n;
    logic   carried;
    n = S;
    carried = 1'b0;
    carried_width = 1;
    for (int i = 1; i <= l; i = i + 1) begin
      if (n % 2 != 0 && !carried)
        carried_width = PW + i - 1 < ACC || i == 1 ? PW + i - 1 : (PW > ACC ? PW : ACC);
      carried = n % 2 != 0;
      n = (n + 1) / 2;
    end
  endfunction

  for (genvar l = 0; l <= DEPTH; l = l + 1) begin : level
    localparam TW = term_width(l);
    localparam CW = carried_width(l);
    localparam FROM = l == 0 ? S : (S + (1 << (l - 1)) - 1) >> (l - 1);
    localparam SUMS = l == 0 ? S : FROM / 2;
    logic [M*SUMS*TW-1:0] terms;
    logic [     M*CW-1:0] carried;
    if (l == 0) begin : leaf
      always_comb terms = products;
      always_comb carried = '0;
    end else begin : node
      localparam FW = term_width(l - 1);
      localparam FC = carried_width(l - 1);
      localparam HAS = l > 1 && ((S + (1 << (l < 2 ? 0 : l - 2)) - 1) >> (l < 2 ? 0 : l - 2)) % 2 != 0;
      localparam OLD = FROM - (HAS ? 1 : 0);  // sums of the level before
      always_ff @(posedge clk) begin
        for (int m = 0; m < M; m = m + 1) begin
          for (int t = 0; t < OLD / 2; t = t + 1) begin
            terms[(m*SUMS+t)*TW+:TW] <=
                TW'($signed(level[l-1].terms[(m*OLD+2*t)*FW+:FW]))
                + TW'($signed(level[l-1].terms[(m*OLD+2*t+1)*FW+:FW]));
          end
          if (HAS && OLD % 2 != 0) begin
            terms[(m*SUMS+SUMS-1)*TW+:TW] <=
                TW'($signed(level[l-1].terms[(m*OLD+OLD-1)*FW+:FW]))
                + TW'($signed(level[l-1].carried[m*FC+:FC]));
          end
          carried[m*CW+:CW] <= FROM % 2 == 0 ? '0
              : HAS ? CW'($signed(level[l-1].carried[m*FC+:FC]))
              : CW'($signed(level[l-1].terms[(m*OLD+OLD-1)*FW+:FW]));
        end
      end
    end
    wire unused_carried = &carried;
  end

  localparam RW = term_width(DEPTH);
  logic [M*ACC-1:0] total;
  always_ff @(posedge clk) begin
    for (int m = 0; m < M; m = m + 1) begin
      total[m*ACC+:ACC] <= (first_pipe[DELAY-1] ? '0 : total[m*ACC+:ACC])
          + ACC'($signed(level[DEPTH].terms[m*RW+:RW]));
    end
  end

  assign sums = total;
  assign load = last_pipe[DELAY];
endmodule
`default_nettype wire
