// Which lanes of a beat share a flag, and whether the beat goes as it is. Lanes whose neighbours are all alike
// ("flat") and that have not been without a bit for three beats are candidates; two or more of them that are
// trusted are a group, whose first lane sends the flag. That is known a cycle after "decide". The beat is
// quiet if all candidates are as predicted ("still"). What "step", a later cycle, tells of a beat counts for
// the next one; its gain, the bits that its coded form is shorter than its levels as they are, for
// the one that follows four later; "last" ends a frame.
`default_nettype none
module ts_med_group #(
    parameter L = 8,
    parameter V = 8,
    parameter LB = 5,
    parameter CB = 32,
    parameter signed [CB-1:0] CREDIT = 0,
    parameter signed [CB-1:0] HALF = 0,
    parameter signed [CB-1:0] NEED = 0
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            decide,
    input  wire [   L-1:0] flat,
    output wire            plain,
    output wire [   L-1:0] group,
    output wire [   L-1:0] first,
    input  wire            step,
    input  wire            last,
    input  wire [   L-1:0] still,
    input  wire [L*LB-1:0] lengths,
    output wire            quiet
);
  localparam NW = $clog2(L + 1);
  localparam SB = $clog2(L * (V + 8) + 2);
  localparam FIRST = CREDIT < NEED || CREDIT < HALF;
  localparam [4:0] TRUST = 5'd8;

  // How much a number of candidates is trusted after a beat, by how much it was.
  function automatic [4:0] more(input [4:0] trust);
    more = trust + ((5'd19 - trust) >> 2);
  endfunction
  function automatic [4:0] less(input [4:0] trust);
    less = trust - ((trust + 5'd3) >> 2);
  endfunction

  // Candidates, and how often so many of them were quiet lately.
  logic [      L-1:0] tired;
  logic [    2*L-1:0] idle;
  logic [5*(L+1)-1:0] trust;
  logic [        L:0] trusted;
  logic [     NW-1:0] count;
  wire  [      L-1:0] able = flat & ~tired;
  wire                some = (able & (able - 1'b1)) != '0;
  wire  [      L-1:0] sharing = some && trusted[count] ? able : '0;
  always_comb begin
    count = '0;
    for (int l = 0; l < L; l = l + 1) count = count + NW'(able[l]);
  end
  logic          now, goes_plain, some_now;
  logic [ L-1:0] group_now, able_now;
  logic [NW-1:0] count_now;
  logic [   4:0] trust_now;
  always_ff @(posedge clk) begin
    if (decide) begin
      goes_plain <= now;
      able_now <= able;
      some_now <= some;
      count_now <= count;
      group_now <= sharing;
      trust_now <= trust[count*5+:5];
    end
  end
  assign plain = goes_plain;
  assign group = group_now;
  assign first = group & (~group + 1'b1);
  assign quiet = (able_now & ~still) == '0;
  wire         restart = rst | (step & last);
  wire [  4:0] trusts = quiet ? more(trust_now) : less(trust_now);
  wire [L-1:0] without = plain ? '0 : group & ~first;
  always_ff @(posedge clk) begin
    if (restart) begin
      trusted <= '1;
      tired <= '0;
      trust <= {(L + 1){TRUST}};
      idle <= '0;
    end else if (step) begin
      for (int i = 0; i <= L; i = i + 1) begin
        if (some_now && count_now == NW'(i)) begin
          trust[i*5+:5] <= trusts;
          trusted[i] <= trusts[4:2] != '0;
        end
      end
      for (int l = 0; l < L; l = l + 1) begin
        idle[l*2+:2] <= quiet & without[l] ? idle[l*2+:2] + 2'd1 : '0;
        tired[l] <= quiet & without[l] & idle[l*2+:2] == 2'd2;
      end
    end
  end

  // Registers of the gain, moved by steps: what each lane takes; sums of lanes; their sum.
  logic [  L*LB-1:0] taken;
  logic [    SB-1:0] low, high, low_sum, high_sum;
  logic              flag1, flag2, plain1, plain2, there1, there2;
  logic signed [SB:0] gain, own;
  wire  signed [SB:0] made = (SB + 1)'(L * V) - (SB + 1)'(low) - (SB + 1)'(high) - (SB + 1)'(flag2);
  always_comb begin
    low_sum  = '0;
    high_sum = '0;
    for (int l = 0; l < L; l = l + 1) begin
      if (l < 4) low_sum = low_sum + SB'(taken[l*LB+:LB]);
      else high_sum = high_sum + SB'(taken[l*LB+:LB]);
    end
  end
  always_ff @(posedge clk) begin
    if (restart) begin
      {there1, there2} <= '0;
      {gain, own} <= '0;
    end else if (step) begin
      {there1, there2} <= {1'b1, there1};
      gain <= there2 ? made : '0;
      own <= there2 & !plain2 ? made : '0;
    end
    if (step) begin
      for (int l = 0; l < L; l = l + 1) begin
        taken[l*LB+:LB] <= quiet & group[l] ? '0 : lengths[l*LB+:LB];
      end
      {flag1, flag2} <= {group != '0, flag1};
      {plain1, plain2} <= {plain, plain1};
      {low, high} <= {low_sum, high_sum};
    end
  end

  // The bits that may still be lost, above what is needed and above half of all.
  logic signed [CB-1:0] needless, spare;
  logic        [   7:0] hope;
  wire  signed [CB-1:0] next_needless = needless + CB'(own);
  wire  signed [CB-1:0] next_spare = spare + CB'(own);
  localparam HB = SB + 1 > 9 ? SB + 2 : 10;
  wire  signed [HB-1:0] hoped = HB'({1'b0, hope}) + HB'(gain);
  wire                  hopeless = hoped[HB-1] | hoped == '0;
  always_ff @(posedge clk) begin
    if (restart) begin
      now <= FIRST;
      needless <= CREDIT - NEED;
      spare <= CREDIT - HALF;
      hope <= '0;
    end else if (step) begin
      now <= next_needless[CB-1] | (hopeless & next_spare[CB-1]);
      needless <= next_needless;
      spare <= next_spare;
      hope <= hopeless ? '0 : hoped[HB-2:8] != '0 ? '1 : hoped[7:0];
    end
  end
endmodule
`default_nettype wire
