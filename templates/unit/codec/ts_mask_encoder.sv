// Codes beats of L values as a mask of those other than zero and these values, or as they are where the
// allowance says so, and packs that into words; zeros fill the last word of a frame up. A beat per
// cycle, a cycle more per frame. A coded beat is no longer than a word.
// Registers: mask; decision and places; three of moving values together; field; two of shifting; word.
`default_nettype none
module ts_mask_encoder #(
    parameter L = 8,
    parameter V = 8,
    parameter WORD = 128,
    parameter BEATS = 16,
    parameter CB = 32,
    parameter signed [CB-1:0] CREDIT = 0,
    parameter signed [CB-1:0] HALF = 0,
    parameter signed [CB-1:0] NEED = 0
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            in_valid,
    output wire            in_ready,
    input  wire [ L*V-1:0] in_data,
    output wire            out_valid,
    input  wire            out_ready,
    output wire [WORD-1:0] out_data,
    output wire            out_last
);
  localparam FIELD = L * V + L;
  localparam AW = $clog2(BEATS + 1);
  localparam NW = $clog2(L + 1);
  localparam LW = $clog2(FIELD + 1);
  localparam PW = $clog2(WORD);
  localparam GB = LW + 1;
  localparam SPAN = WORD + FIELD;

  // A beat is taken unless a word waits; behind the last beat of a frame there is a gap.
  logic          gap, word_valid;
  logic [AW-1:0] at;
  wire           enable = !word_valid | out_ready;
  wire           take = in_valid & enable & !gap;
  wire           take_last = at == AW'(BEATS - 1);
  assign in_ready = enable & !gap;
  always_ff @(posedge clk) begin
    if (rst) begin
      at  <= '0;
      gap <= 1'b0;
    end else if (enable) begin
      gap <= take & take_last;
      if (take) at <= take_last ? '0 : at + 1'b1;
    end
  end
  logic [8:1] valid, last;
  always_ff @(posedge clk) begin
    if (rst) valid <= '0;
    else if (enable) valid <= {valid[7:1], take};
    if (enable) last <= {last[7:1], take_last};
  end

  // Which values are not zero.
  logic [  L-1:0] mask1;
  logic [L*V-1:0] data1;
  always_ff @(posedge clk) begin
    if (enable) begin
      data1 <= in_data;
      for (int l = 0; l < L; l = l + 1) mask1[l] <= in_data[l*V+:V] != '0;
    end
  end
  logic [NW-1:0] ones;
  always_comb begin
    ones = '0;
    for (int l = 0; l < L; l = l + 1) ones = ones + NW'(mask1[l]);
  end
  wire signed [GB-1:0] gain = GB'(L * V - L) - GB'(ones) * GB'(V);
  wire plain;
  ts_mask_allow #(.CB(CB), .GB(GB), .CREDIT(CREDIT), .HALF(HALF), .NEED(NEED)) allow (
      .clk, .rst, .step(valid[1] & enable), .last(last[1]), .gain, .plain
  );

  // How far each value moves towards lane 0, in steps of 1, 2 and 4, and the length of the field.
  localparam ALONG = 1 + L + LW;
  logic [ALONG-1:0] along2;
  logic [    L-1:0] there2;
  logic [  L*3-1:0] zeros2;
  logic [  L*V-1:0] values2;
  always_ff @(posedge clk) begin
    if (enable) begin
      along2 <= {plain, mask1, plain ? LW'(L * V) : LW'(L) + LW'(ones) * LW'(V)};
      there2 <= plain ? '1 : mask1;
      values2 <= data1;
      for (int l = 0; l < L; l = l + 1) begin : places
        logic [2:0] ahead;
        ahead = '0;
        for (int k = 0; k < l; k = k + 1) ahead = ahead + 3'(!mask1[k]);
        zeros2[l*3+:3] <= plain ? '0 : ahead;
      end
    end
  end
  wire [ALONG-1:0] along3, along4, along5;
  wire [    L-1:0] there3, there4, unused_there;
  wire [  L*3-1:0] zeros3, zeros4, unused_zeros;
  wire [  L*V-1:0] values3, values4, values5;
  ts_mask_move #(.L(L), .V(V), .STEP(1), .ALONG(ALONG)) one (
      .clk, .enable, .in_there(there2), .in_zeros(zeros2), .in_values(values2), .in_along(along2),
      .out_there(there3), .out_zeros(zeros3), .out_values(values3), .out_along(along3)
  );
  ts_mask_move #(.L(L), .V(V), .STEP(2), .ALONG(ALONG)) two (
      .clk, .enable, .in_there(there3), .in_zeros(zeros3), .in_values(values3), .in_along(along3),
      .out_there(there4), .out_zeros(zeros4), .out_values(values4), .out_along(along4)
  );
  ts_mask_move #(.L(L), .V(V), .STEP(4), .ALONG(ALONG)) four (
      .clk, .enable, .in_there(there4), .in_zeros(zeros4), .in_values(values4), .in_along(along4),
      .out_there(unused_there), .out_zeros(unused_zeros), .out_values(values5), .out_along(along5)
  );
  wire [LW-1:0] length5 = along5[LW-1:0];
  wire [ L-1:0] mask5 = along5[LW+:L];
  wire          plain5 = along5[ALONG-1];

  // The field, and where in its word it begins.
  logic [FIELD-1:0] field6;
  logic [   PW-1:0] fill, place6;
  logic             full6, rest6, full7, rest7, full8, rest8;
  wire  [   PW:0] next = {1'b0, fill} + (PW+1)'(length5);
  always_ff @(posedge clk) begin
    if (enable) begin
      field6 <= plain5 ? FIELD'(values5) : {values5, mask5};
      place6 <= fill;
      full6 <= next[PW];
      rest6 <= next[PW-1:0] != '0;
    end
    if (rst) fill <= '0;
    else if (enable & valid[5]) fill <= last[5] ? '0 : next[PW-1:0];
  end

  // Shifted there, in two steps.
  logic [SPAN-1:0] coarse7, fine8;
  logic [     2:0] fine7;
  always_ff @(posedge clk) begin
    if (enable) begin
      coarse7 <= SPAN'(field6) << {place6[PW-1:3], 3'b0};
      fine7 <= place6[2:0];
      {full7, rest7} <= {full6, rest6};
      fine8 <= coarse7 << fine7;
      {full8, rest8} <= {full7, rest7};
    end
  end

  // Words.
  logic [WORD-1:0] part, word;
  logic            more, word_last;
  wire  [WORD-1:0] together = part | fine8[WORD-1:0];
  wire             ends = valid[8] & last[8];
  assign out_valid = word_valid;
  assign out_data = word;
  assign out_last = word_last;
  always_ff @(posedge clk) begin
    if (rst) begin
      word_valid <= 1'b0;
      more <= 1'b0;
      part <= '0;
    end else if (enable) begin
      word_valid <= more | (valid[8] & full8) | ends;
      more <= ends & full8 & rest8;
      if (more | (ends & !(full8 & rest8))) part <= '0;
      else if (valid[8]) part <= full8 ? WORD'(fine8[SPAN-1:WORD]) : together;
    end
    if (enable) begin
      word <= more ? part : together;
      word_last <= more | (ends & !(full8 & rest8));
    end
  end
endmodule
`default_nettype wire
