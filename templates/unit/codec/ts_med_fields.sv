// Codes the beats of a map: what each of L lanes appends to its substream, at most V + 9 bits, the first bit in the least
// significant place. "last" comes with the last beat of a frame; the beat behind it must not come
// before "busy" is over. A beat is taken per cycle in which "enable" is and "stuck" is not.
// Registers: three of levels; neighbours; three of the prediction; distance; difference; state; two of
// the parameter; length; code; decision; field.
`default_nettype none
module ts_med_fields #(
    parameter L = 8,
    parameter X = 8,
    parameter SIGNED = 1,
    parameter V = 8,
    parameter D = 0,
    parameter MUL = 1,
    parameter SHIFT = 0,
    parameter LEVELS = 256,
    parameter ZERO = 0,
    parameter PER = 1,
    parameter WIDTH = 8,
    parameter HEIGHT = 2,
    parameter FIRST = 8,
    parameter CB = 32,
    parameter signed [CB-1:0] CREDIT = 0,
    parameter signed [CB-1:0] HALF = 0,
    parameter signed [CB-1:0] NEED = 0,
    parameter FB = V + 9,
    parameter LB = $clog2(V + 10)
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            enable,
    output wire            stuck,
    output wire            busy,
    input  wire            in_valid,
    input  wire            in_last,
    input  wire [ L*X-1:0] in_data,
    output wire            out_valid,
    output wire            out_last,
    output wire [L*FB-1:0] fields,
    output wire [L*LB-1:0] lengths
);
  localparam A = V + 5;
  localparam KW = $clog2(V + 1);
  localparam GW = PER > 1 ? $clog2(PER) : 1;
  localparam W = L * V;
  localparam N = 16;

  // What goes along: whether there is a beat, whether it is the last one, its levels, its channels, both
  // from stage 4 on.
  logic [N:1] valid, last;
  logic [12*W-1:0] levels;
  logic [6*GW-1:0] places;
  wire  [W-1:0] levels3;
  wire  [GW-1:0] place3;
  wire [W-1:0] levels7 = levels[3*W+:W];
  wire [W-1:0] levels15 = levels[11*W+:W];
  wire [GW-1:0] place9 = places[5*GW+:GW];
  wire          around_valid, unused_last;
  wire          go = enable & !stuck;
  assign stuck = valid[3] & !around_valid;
  always_ff @(posedge clk) begin
    if (rst) valid <= '0;
    else if (go) valid <= {valid[N-1:1], in_valid};
    if (go) begin
      last <= {last[N-1:1], in_last};
      levels <= {levels[11*W-1:0], levels3};
      places <= {places[5*GW-1:0], place3};
    end
  end
  ts_med_quantise #(
      .L(L), .X(X), .SIGNED(SIGNED), .V(V), .D(D), .MUL(MUL), .SHIFT(SHIFT)
  ) quantise (
      .clk, .enable(go), .values(in_data), .levels(levels3)
  );

  // Neighbours.
  wire [W-1:0] left, up, corner, right;
  ts_med_around #(
      .W(W), .PER(PER), .WIDTH(WIDTH), .HEIGHT(HEIGHT), .ZERO({L{V'(ZERO)}})
  ) around (
      .clk, .rst, .write(valid[3] & go), .levels(levels3), .valid(around_valid),
      .ready(valid[3] & go), .last(unused_last), .place(place3), .left, .up, .corner, .right
  );
  wire unused = unused_last;
  logic [W-1:0] left4, up4, corner4, right4;
  always_ff @(posedge clk) if (go) {left4, up4, corner4, right4} <= {left, up, corner, right};
  wire [  W-1:0] predicted7;
  wire [  L-1:0] down7;
  wire [L*3-1:0] classes7;
  ts_med_predict #(.L(L), .V(V)) predict (
      .clk, .enable(go), .left(left4), .up(up4), .corner(corner4), .right(right4),
      .predicted(predicted7), .down(down7), .classes(classes7)
  );

  // Differences.
  wire  [  W-1:0] differences8, unused_both;
  logic [  W-1:0] differences9;
  wire  [  L-1:0] unused_low;
  logic [  L-1:0] down8;
  logic [L*3-1:0] classes8, classes9;
  for (genvar l = 0; l < L; l = l + 1) begin : apart
    ts_med_difference #(.V(V), .LEVELS(LEVELS)) from_prediction (
        .clk, .enable(go), .level(levels7[l*V+:V]), .predicted(predicted7[l*V+:V]),
        .down(down8[l]), .both(unused_both[l*V+:V]), .low(unused_low[l]),
        .difference(differences8[l*V+:V])
    );
  end
  wire unused_sides = &{1'b0, unused_both, unused_low};
  always_ff @(posedge clk) begin
    if (go) begin
      down8 <= down7;
      {classes8, classes9} <= {classes7, classes8};
      differences9 <= differences8;
    end
  end

  // What is known of differences like these, and the code that follows from it.
  wire  [ L*A-1:0] sums9;
  wire  [ L*5-1:0] counts9;
  logic [ L*A-1:0] sums10;
  logic [ L*5-1:0] counts10;
  wire  [L*KW-1:0] k12;
  logic [   W-1:0] differences10, differences11, differences12;
  logic [   L-1:0] flat10, flat11, flat12;
  ts_med_state #(.L(L), .V(V), .A(A), .PER(PER), .FIRST(FIRST)) state (
      .clk, .rst, .clear(valid[10] & last[10] & go), .busy, .place(place9), .classes(classes9),
      .sums(sums9), .counts(counts9), .write(valid[9] & go), .to_place(place9),
      .to_classes(classes9), .old_sums(sums9), .old_counts(counts9), .differences(differences9)
  );
  ts_med_parameter #(.L(L), .V(V), .A(A)) parameter_of (
      .clk, .enable(go), .sums(sums10), .counts(counts10), .parameters(k12)
  );
  always_ff @(posedge clk) begin
    if (go) begin
      {sums10, counts10} <= {sums9, counts9};
      differences10 <= differences9;
      differences11 <= differences10;
      differences12 <= differences11;
      for (int l = 0; l < L; l = l + 1) flat10[l] <= classes9[l*3+:3] == '0;
      {flat11, flat12} <= {flat10, flat11};
    end
  end
  logic [L*(FB-1)-1:0] codes14, codes15;
  logic [ L*LB-1:0] lengths14, lengths15;
  logic [    L-1:0] flat13, flat14, still14;
  for (genvar l = 0; l < L; l = l + 1) begin : rice
    wire  [   2:0] zeros12;
    wire           full12;
    wire  [LB-1:0] length12;
    logic [   2:0] zeros13;
    logic          full13;
    logic [LB-1:0] length13;
    logic [ V-1:0] low13;
    wire  [ V-1:0] u = differences12[l*V+:V];
    ts_med_length #(.V(V), .LB(LB)) code (
        .number(u), .k(k12[l*KW+:KW]), .zeros(zeros12), .full(full12), .length(length12)
    );
    always_ff @(posedge clk) begin
      if (go) begin
        {zeros13, full13, length13} <= {zeros12, full12, length12};
        low13 <= full12 ? u : u & ~(V'('1) << k12[l*KW+:KW]);
        still14[l] <= low13 == '0 && zeros13 == '0 && !full13;
        codes14[l*(FB-1)+:FB-1] <= full13 ? {low13, 8'd0}
            : (FB - 1)'({low13, 1'b1}) << zeros13;
        lengths14[l*LB+:LB] <= length13;
      end
    end
  end
  always_ff @(posedge clk) if (go) {flat13, flat14} <= {flat12, flat13};

  // Decision, field. Beats are two cycles apart: a decision knows what the beat before it was.
  wire          plain15, quiet15;
  wire  [L-1:0] group15, first15;
  logic [L-1:0] still15;
  logic [L*FB-1:0] fields16;
  logic [L*LB-1:0] lengths16;
  ts_med_group #(
      .L(L), .V(V), .LB(LB), .CB(CB), .CREDIT(CREDIT), .HALF(HALF), .NEED(NEED)
  ) groups (
      .clk, .rst, .decide(go), .flat(flat14), .plain(plain15), .group(group15), .first(first15),
      .step(valid[15] & go), .last(last[15]), .still(still15), .lengths(lengths15), .quiet(quiet15)
  );
  always_ff @(posedge clk) begin
    if (go) begin
      {codes15, lengths15, still15} <= {codes14, lengths14, still14};
      for (int l = 0; l < L; l = l + 1) begin : choice
        logic [FB-2:0] code;
        logic [LB-1:0] bits;
        code = quiet15 & group15[l] ? '0 : codes15[l*(FB-1)+:FB-1];
        bits = quiet15 & group15[l] ? '0 : lengths15[l*LB+:LB];
        fields16[l*FB+:FB] <= plain15 ? FB'(levels15[l*V+:V])
            : first15[l] ? {code, quiet15} : {1'b0, code};
        lengths16[l*LB+:LB] <= plain15 ? LB'(V) : bits + LB'(first15[l]);
      end
    end
  end
  assign out_valid = valid[N];
  assign out_last = last[N];
  assign fields = fields16;
  assign lengths = lengths16;
endmodule
`default_nettype wire
