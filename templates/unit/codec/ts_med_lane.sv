// Decodes one lane. "window" holds the next bits of its substream; a word is put behind them when it "needs" one. In
// turn: "parse" counts the zeros of the code, "value" gives the difference, for a beat that goes as it is
// from the level, which "measure" gives the length of the code that it would have had; "shift" drops the
// bits that were used. The level is there two cycles later.
`default_nettype none
module ts_med_lane #(
    parameter V = 8,
    parameter WB = 64,
    parameter LEVELS = 256,
    parameter KW = $clog2(V + 1),
    parameter LB = $clog2(V + 10)
) (
    input  wire          clk,
    input  wire          rst,
    input  wire          restart,
    output wire          needs,
    input  wire          fill,
    input  wire [WB-1:0] word,
    input  wire          parse,
    input  wire          value,
    input  wire          measure,
    input  wire          shift,
    input  wire          plain,
    input  wire          first,
    input  wire          none,
    input  wire [ V-1:0] predicted,
    input  wire          down,
    input  wire [KW-1:0] k,
    output wire          flag,
    output wire          still,
    output wire [ V-1:0] difference,
    output wire [LB-1:0] length,
    output wire [ V-1:0] level
);
  localparam MOST = V + 9;
  localparam BB = $clog2(WB + MOST);
  localparam SPAN = WB + MOST - 1;

  // The substream.
  logic [SPAN-1:0] window;
  logic [  BB-1:0] bits;
  logic [  LB-1:0] used;
  logic            short;
  wire  [  BB-1:0] rest = bits - BB'(used);
  assign needs = short;
  assign flag = window[0];
  always_ff @(posedge clk) begin
    if (rst | restart) begin
      bits  <= '0;
      short <= 1'b1;
      window <= '0;
    end else if (fill) begin
      bits  <= bits + BB'(WB);
      short <= 1'b0;
      window <= window | (SPAN'(word) << bits[LB-1:0]);
    end else if (shift) begin
      bits  <= rest;
      short <= rest < BB'(MOST);
      window <= window >> used;
    end
  end

  // The zeros of the code; how far a level that goes as it is lies from its prediction.
  wire  [V+7:0] code = first ? window[V+8:1] : window[V+7:0];
  wire  [V-1:0] raw = window[V-1:0];
  wire  [V-1:0] met, both1;
  wire          low1;
  logic [V+7:0] code1;
  logic [  2:0] zeros, zeros1;
  logic         full1;
  logic [V-1:0] raw1;
  ts_med_difference #(.V(V), .LEVELS(LEVELS)) apart (
      .clk, .enable(parse), .level(raw), .predicted, .down, .both(both1), .low(low1),
      .difference(met)
  );
  always_comb begin
    zeros = 3'd7;
    for (int i = 7; i >= 0; i = i - 1) if (code[i]) zeros = 3'(i);
  end
  always_ff @(posedge clk) begin
    if (parse) begin
      code1 <= code;
      zeros1 <= zeros;
      full1 <= code[7:0] == '0;
      raw1 <= raw;
    end
  end

  // The difference, and the bits used.
  logic [ V-1:0] u;
  logic [LB-1:0] length2;
  logic [   2:0] zeros3;
  logic          full3;
  wire  [   2:0] own_zeros;
  wire           own_full;
  wire  [LB-1:0] unused_length;
  wire  [ V+7:0] low = code1 >> zeros1 >> 1;
  wire  [ V-1:0] coded = full1 ? code1[V+7:8]
      : (V'(zeros1) << k) | (low[V-1:0] & ~(V'('1) << k));
  wire  [LB-1:0] taken = full1 ? LB'(8 + V) : LB'(zeros1) - ~(LB'(k));
  ts_med_length #(.V(V), .LB(LB)) own (
      .number(u), .k, .zeros(own_zeros), .full(own_full), .length(unused_length)
  );
  wire unused = &{1'b0, unused_length, low[V+7:V]};
  assign still = u == '0;
  assign difference = u;
  assign length = !plain ? length2 : full3 ? LB'(8 + V) : LB'(zeros3) - ~(LB'(k));
  always_ff @(posedge clk) begin
    if (value) begin
      u <= plain ? met : none ? '0 : coded;
      length2 <= taken;
      used <= plain ? LB'(V) : (none ? '0 : taken) + LB'(first);
    end
    if (measure) {zeros3, full3} <= {own_zeros, own_full};
  end

  // The level.
  logic [V-1:0] away3, from3, raw3, level4;
  logic         minus3, plain3;
  wire          beyond = {1'b0, u} > {both1, 1'b0};
  always_ff @(posedge clk) begin
    if (shift) begin
      away3 <= beyond ? u - both1 : V'(u[V-1:1]) + V'(u[0]);
      minus3 <= beyond ? !low1 : u[0] == down;
      from3 <= predicted;
      raw3 <= raw1;
      plain3 <= plain;
    end
    level4 <= plain3 ? raw3 : minus3 ? from3 - away3 : from3 + away3;
  end
  assign level = level4;
endmodule
`default_nettype wire
