// Sums of S terms of TERM bits for each of M outputs, added to what the pass has so far: every level of the
// tree and the accumulators are registered. "first" comes with the last level. OWING: with a term comes
// a bit that is to be added to it, of every other output of PE; a sum pays that of its first term and
// owes that of its second.
`default_nettype none
module ts_mac_tree #(
    parameter M = 2,
    parameter PE = 2,
    parameter S = 4,
    parameter TERM = 17,
    parameter ACC = 20,
    parameter OWING = 0
) (
    input  wire                clk,
    input  wire                first,
    input  wire [M*S*TERM-1:0] terms,
    input  wire [     M*S-1:0] owed,
    output wire [   M*ACC-1:0] sums
);
  localparam DEPTH = $clog2(S);

  // Level l has ceil(S / 2^l) terms of TERM + l bits, never wider than the accumulator needs. An odd
  // one is carried to the next level in its own width: Yosys 0.23 loses the repeated sign bits of a
  // register that it takes into a DSP.
  function automatic integer term_width(input integer l);
    term_width = TERM + l < ACC || l == 0 ? TERM + l : (TERM > ACC ? TERM : ACC);
  endfunction
  function automatic integer carried_width(input integer l);
    integer n;
    logic   carried;
    n = S;
    carried = 1'b0;
    carried_width = 1;
    for (int i = 1; i <= l; i = i + 1) begin
      if (n % 2 != 0 && !carried)
        carried_width = TERM + i - 1 < ACC || i == 1 ? TERM + i - 1 : (TERM > ACC ? TERM : ACC);
      carried = n % 2 != 0;
      n = (n + 1) / 2;
    end
  endfunction

  for (genvar l = 0; l <= DEPTH; l = l + 1) begin : level
    localparam TW = term_width(l);
    localparam CW = carried_width(l);
    localparam FROM = l == 0 ? S : (S + (1 << (l - 1)) - 1) >> (l - 1);
    localparam SUMS = l == 0 ? S : FROM / 2;
    logic [M*SUMS*TW-1:0] values;
    logic [   M*SUMS-1:0] debts;
    logic [     M*CW-1:0] carried;
    logic [        M-1:0] carried_debt;
    if (l == 0) begin : leaf
      always_comb values = terms;
      always_comb debts = owed;
      always_comb carried = '0;
      always_comb carried_debt = '0;
    end else begin : node
      localparam FW = term_width(l - 1);
      localparam FC = carried_width(l - 1);
      localparam HAS = l > 1 && ((S + (1 << (l < 2 ? 0 : l - 2)) - 1) >> (l < 2 ? 0 : l - 2)) % 2 != 0;
      localparam OLD = FROM - (HAS ? 1 : 0);  // sums of the level before
      // a + b, and of every other output the debt in the same adder: the bit below carries it in.
      function automatic [TW-1:0] added(
          input integer m, input [TW-1:0] a, input [TW-1:0] b, input debt);
        added = OWING != 0 && m % PE % 2 != 0 ? TW'(({a, 1'b1} + {b, debt}) >> 1) : a + b;
      endfunction
      always_ff @(posedge clk) begin
        for (int m = 0; m < M; m = m + 1) begin
          for (int t = 0; t < OLD / 2; t = t + 1) begin
            values[(m*SUMS+t)*TW+:TW] <= added(m,
                TW'($signed(level[l-1].values[(m*OLD+2*t)*FW+:FW])),
                TW'($signed(level[l-1].values[(m*OLD+2*t+1)*FW+:FW])),
                level[l-1].debts[m*OLD+2*t]);
            debts[m*SUMS+t] <= level[l-1].debts[m*OLD+2*t+1];
          end
          if (HAS && OLD % 2 != 0) begin
            values[(m*SUMS+SUMS-1)*TW+:TW] <= added(m,
                TW'($signed(level[l-1].values[(m*OLD+OLD-1)*FW+:FW])),
                TW'($signed(level[l-1].carried[m*FC+:FC])), level[l-1].debts[m*OLD+OLD-1]);
            debts[m*SUMS+SUMS-1] <= level[l-1].carried_debt[m];
          end
          carried[m*CW+:CW] <= FROM % 2 == 0 ? '0
              : HAS ? CW'($signed(level[l-1].carried[m*FC+:FC]))
              : CW'($signed(level[l-1].values[(m*OLD+OLD-1)*FW+:FW]));
          carried_debt[m] <= FROM % 2 == 0 ? 1'b0
              : HAS ? level[l-1].carried_debt[m] : level[l-1].debts[m*OLD+OLD-1];
        end
      end
    end
    wire unused_carried = &{carried, carried_debt, debts};
  end

  localparam RW = term_width(DEPTH);
  logic [M*ACC-1:0] total;
  always_ff @(posedge clk) begin
    for (int m = 0; m < M; m = m + 1) begin
      if (OWING != 0 && m % PE % 2 != 0)
        total[m*ACC+:ACC] <= ACC'(({first ? ACC'(0) : total[m*ACC+:ACC], 1'b1}
            + {ACC'($signed(level[DEPTH].values[m*RW+:RW])), level[DEPTH].debts[m]}) >> 1);
      else
        total[m*ACC+:ACC] <= (first ? '0 : total[m*ACC+:ACC])
            + ACC'($signed(level[DEPTH].values[m*RW+:RW]));
    end
  end
  assign sums = total;
endmodule
`default_nettype wire
