// Decodes what ts_med_encoder made. In front, neighbours, prediction and parameter of the beats whose neighbours are there,
// a few beats ahead; behind, one beat after the other: its lanes get the words they need, the group is
// decided, codes are parsed, their differences and levels follow. Four cycles for a beat, one more for each
// word beyond the first and for a beat that goes as it is; its channels come again 15 cycles later at best.
`default_nettype none
module ts_med_decoder #(
    parameter L = 8,
    parameter X = 8,
    parameter SIGNED = 1,
    parameter V = 8,
    parameter D = 0,
    parameter LEVELS = 256,
    parameter ZERO = 0,
    parameter PER = 1,
    parameter WIDTH = 8,
    parameter HEIGHT = 2,
    parameter FIRST = 8,
    parameter WB = 64,
    parameter WORD = 128,
    parameter CB = 32,
    parameter signed [CB-1:0] CREDIT = 0,
    parameter signed [CB-1:0] HALF = 0,
    parameter signed [CB-1:0] NEED = 0
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            in_valid,
    output wire            in_ready,
    input  wire [WORD-1:0] in_data,
    output wire            out_valid,
    input  wire            out_ready,
    output wire [ L*X-1:0] out_data
);
  localparam A = V + 5;
  localparam KW = $clog2(V + 1);
  localparam LB = $clog2(V + 10);
  localparam GW = PER > 1 ? $clog2(PER) : 1;
  localparam W = L * V;
  localparam AHEAD = 4;
  localparam OW = $clog2(PER + 1);
  localparam HEAD = W + L * (4 + KW + A + 5) + GW + 1;

  logic learned;
  wire  learned_last, pop;
  // In front.
  logic          closing;
  logic [OW-1:0] under;
  logic [   2:0] free;
  wire           around_valid, around_last, busy;
  wire [ GW-1:0] place;
  wire [  W-1:0] left, up, corner, right, levels5;
  wire           issue = around_valid & !closing & !busy & free != '0 & under != OW'(PER);
  ts_med_around #(
      .W(W), .PER(PER), .WIDTH(WIDTH), .HEIGHT(HEIGHT), .ZERO({L{V'(ZERO)}})
  ) around (
      .clk, .rst, .write(learned), .levels(levels5), .valid(around_valid), .ready(issue),
      .last(around_last), .place, .left, .up, .corner, .right
  );
  logic [W-1:0] left1, up1, corner1, right1;
  logic [7:1] there, last;
  logic [7*GW-1:0] places;
  wire  [GW-1:0] place4 = places[3*GW+:GW];
  wire  [GW-1:0] place7 = places[6*GW+:GW];
  always_ff @(posedge clk) begin
    {left1, up1, corner1, right1} <= {left, up, corner, right};
    last <= {last[6:1], around_last};
    places <= {places[6*GW-1:0], place};
    if (rst) begin
      there <= '0;
      closing <= 1'b0;
      under <= '0;
      free <= 3'(AHEAD);
    end else begin
      there <= {there[6:1], issue};
      if (issue & around_last) closing <= 1'b1;
      else if (learned & learned_last) closing <= 1'b0;
      under <= under + OW'(issue) - OW'(learned);
      free <= free + 3'(pop) - 3'(issue);
    end
  end
  wire [  W-1:0] predicted4;
  wire [  L-1:0] down4;
  wire [L*3-1:0] classes4, learned_classes;
  wire [L*A-1:0] sums4, learned_sums;
  wire [L*5-1:0] counts4, learned_counts;
  wire [ GW-1:0] learned_place;
  wire [  W-1:0] learned_differences;
  ts_med_predict #(.L(L), .V(V)) predict (
      .clk, .enable(1'b1), .left(left1), .up(up1), .corner(corner1), .right(right1),
      .predicted(predicted4), .down(down4), .classes(classes4)
  );
  ts_med_state #(.L(L), .V(V), .A(A), .PER(PER), .FIRST(FIRST)) state (
      .clk, .rst, .clear(learned & learned_last), .busy, .place(place4), .classes(classes4),
      .sums(sums4), .counts(counts4), .write(learned), .to_place(learned_place),
      .to_classes(learned_classes), .old_sums(learned_sums), .old_counts(learned_counts),
      .differences(learned_differences)
  );
  localparam ALONG = W + L * (4 + A + 5);
  logic [L*A-1:0] sums5;
  logic [L*5-1:0] counts5;
  logic [ALONG-1:0] along5, along6, along7;
  wire  [L*KW-1:0] k7;
  ts_med_parameter #(.L(L), .V(V), .A(A)) rice (
      .clk, .enable(1'b1), .sums(sums5), .counts(counts5), .parameters(k7)
  );
  always_ff @(posedge clk) begin
    {sums5, counts5} <= {sums4, counts4};
    along5 <= {predicted4, down4, classes4, sums4, counts4};
    {along6, along7} <= {along5, along6};
  end
  wire head_valid, head_free;
  wire [HEAD-1:0] head;
  wire [ L*3-1:0] head_classes = head[HEAD-W-L-1-:L*3];
  ts_fifo #(.W(HEAD), .DEPTH(AHEAD)) heads (
      .clk, .rst, .in_valid(there[7]), .in_ready(head_free), .in_data({along7, k7, place7, last[7]}),
      .out_valid(head_valid), .out_ready(pop), .out_data(head)
  );
  wire unused = head_free;

  // Behind: the beat that is decoded, and where it is.
  logic [HEAD-1:0] now;
  logic [   L-1:0] flat;
  logic            now_valid;
  logic [     4:0] at;  // one bit each: waits, parsed, valued, measured, shifted
  logic [     2:0] room;
  wire  [   L-1:0] needs;
  wire  [   L-1:0] fills = needs & (~needs + 1'b1);
  wire             word_valid;
  wire  [  WB-1:0] word;
  wire             settled = needs == '0 | (needs == fills & word_valid);
  wire             go = at[0] & now_valid & settled & room != '0;
  wire             plain;
  wire             shift = at[4];
  wire             given = out_valid & out_ready;
  assign pop = head_valid & (!now_valid | shift);
  wire  [    L-1:0] down;
  wire  [  L*3-1:0] classes;
  wire  [  L*A-1:0] sums;
  wire  [  L*5-1:0] counts;
  wire  [ L*KW-1:0] k;
  wire  [    W-1:0] predicted;
  wire  [   GW-1:0] now_place;
  wire              now_last;
  assign {predicted, down, classes, sums, counts, k, now_place, now_last} = now;
  always_ff @(posedge clk) begin
    if (pop) begin
      now <= head;
      for (int l = 0; l < L; l = l + 1) flat[l] <= head_classes[l*3+:3] == '0;
    end
    if (rst) begin
      now_valid <= 1'b0;
      at <= 5'd1;
      room <= 3'd4;
    end else begin
      now_valid <= pop | (now_valid & !shift);
      at[0] <= (at[0] & !go) | shift;
      at[1] <= go;
      at[2] <= at[1];
      at[3] <= at[2] & plain;
      at[4] <= (at[2] & !plain) | at[3];
      room <= room + 3'(given) - 3'(go);
    end
  end
  ts_med_split #(.WB(WB), .WORD(WORD)) split (
      .clk, .rst, .in_valid, .in_ready, .in_data, .drop(shift & now_last), .valid(word_valid),
      .ready(at[0] & needs != '0), .data(word)
  );

  // The group.
  logic            flag;
  wire  [   L-1:0] still, group, first, bits;
  wire  [L*LB-1:0] lengths;
  wire             unused_quiet;
  ts_med_group #(
      .L(L), .V(V), .LB(LB), .CB(CB), .CREDIT(CREDIT), .HALF(HALF), .NEED(NEED)
  ) groups (
      .clk, .rst, .decide(at[0]), .flat, .plain, .group, .first, .step(shift), .last(now_last),
      .still, .lengths, .quiet(unused_quiet)
  );
  wire unused_group = unused_quiet;
  always_ff @(posedge clk) if (at[1]) flag <= (first & bits) != '0;

  wire [W-1:0] differences;
  for (genvar l = 0; l < L; l = l + 1) begin : lanes
    ts_med_lane #(.V(V), .WB(WB), .LEVELS(LEVELS)) lane (
        .clk, .rst, .restart(shift & now_last), .needs(needs[l]),
        .fill(at[0] & fills[l] & word_valid), .word, .parse(at[1]), .value(at[2]), .measure(at[3]),
        .shift, .plain, .first(first[l]), .none(flag & group[l]), .predicted(predicted[l*V+:V]),
        .down(down[l]), .k(k[l*KW+:KW]), .flag(bits[l]), .still(still[l]),
        .difference(differences[l*V+:V]), .length(lengths[l*LB+:LB]), .level(levels5[l*V+:V])
    );
  end

  // What was learned of the beat, two cycles after its bits were dropped; its values.
  localparam DONE = W + L * (3 + A + 5) + GW + 1;
  logic [DONE-1:0] done3, done4;
  logic            shifted;
  logic [     2:1] restored;
  wire             value_free;
  wire  [ L*X-1:0] values;
  assign {learned_differences, learned_classes, learned_sums, learned_counts, learned_place,
          learned_last} = done4;
  always_ff @(posedge clk) begin
    done3 <= {differences, classes, sums, counts, now_place, now_last};
    done4 <= done3;
    {shifted, learned} <= rst ? '0 : {shift, shifted};
    restored <= rst ? '0 : {restored[1], learned};
  end
  ts_med_restore #(.L(L), .X(X), .SIGNED(SIGNED), .V(V), .D(D)) restore (
      .clk, .levels(levels5), .values
  );
  ts_fifo #(.W(L * X), .DEPTH(4)) made (
      .clk, .rst, .in_valid(restored[2]), .in_ready(value_free), .in_data(values), .out_valid,
      .out_ready, .out_data
  );
  wire unused_value = value_free;
endmodule
`default_nettype wire
