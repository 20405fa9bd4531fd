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
        products[(m*S+t)*PW+:PW] <=
            PW'($signed({ASIGNED != 0 && taps[((m/PE)*S+t)*AB+AB-1], taps[((m/PE)*S+t)*AB+:AB]}))
            * PW'($signed(weights[((m%(GP*PE))*S+t)*WB+:WB]));
      end
    end
  end

  // Level l: ceil(S / 2^l) terms of PW + l bits, never wider than the accumulator needs.
  for (genvar l = 0; l <= DEPTH; l = l + 1) begin : level
    localparam TERMS = (S + (1 << l) - 1) >> l;
    localparam TW = PW + l < ACC || l == 0 ? PW + l : (PW > ACC ? PW : ACC);
    logic [M*TERMS*TW-1:0] terms;
    if (l == 0) begin : leaf
      always_comb terms = products;
    end else begin : node
      localparam FROM = (S + (1 << (l - 1)) - 1) >> (l - 1);
      localparam FW = PW + l - 1 < ACC || l == 1 ? PW + l - 1 : (PW > ACC ? PW : ACC);
      always_ff @(posedge clk) begin
        for (int m = 0; m < M; m = m + 1) begin
          for (int t = 0; t < FROM / 2; t = t + 1) begin
            terms[(m*TERMS+t)*TW+:TW] <=
                TW'($signed(level[l-1].terms[(m*FROM+2*t)*FW+:FW]))
                + TW'($signed(level[l-1].terms[(m*FROM+2*t+1)*FW+:FW]));
          end
          if (FROM % 2 != 0)
            terms[(m*TERMS+TERMS-1)*TW+:TW] <=
                TW'($signed(level[l-1].terms[(m*FROM+FROM-1)*FW+:FW]));
        end
      end
    end
  end

  localparam RW = PW + DEPTH < ACC || DEPTH == 0 ? PW + DEPTH : (PW > ACC ? PW : ACC);
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
