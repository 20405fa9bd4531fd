// Decodes what ts_mask_encoder made: a beat every two cycles. In the first the field at the pointer is
// taken out of two words, in the second its length is known and the pointer moves on.
// Registers: field; mask and values; place of each value; values.
`default_nettype none
module ts_mask_decoder #(
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
    input  wire [WORD-1:0] in_data,
    input  wire            in_last,
    output wire            out_valid,
    input  wire            out_ready,
    output wire [ L*V-1:0] out_data
);
  localparam FIELD = L * V + L;
  localparam AW = $clog2(BEATS + 1);
  localparam NW = $clog2(L + 1);
  localparam LW = $clog2(FIELD + 1);
  localparam PW = $clog2(WORD);
  localparam GB = LW + 1;
  localparam IW = L > 1 ? $clog2(L) : 1;

  // Two words; a coded beat reaches into the second one at most.
  logic [WORD-1:0] low, high;
  logic            has_low, has_high, low_last;
  logic [  PW-1:0] point;
  logic            second;  // the field is there
  logic [ FIELD-1:0] field;
  logic [AW-1:0] at;
  wire           enable;
  wire           plain;
  wire           beat_last = at == AW'(BEATS - 1);
  wire           enough = has_low && (low_last || has_high || point <= PW'(WORD - FIELD));
  wire [ L-1:0]  mask = plain ? '1 : field[L-1:0];
  logic [NW-1:0] ones;
  always_comb begin
    ones = '0;
    for (int l = 0; l < L; l = l + 1) ones = ones + NW'(field[l]);
  end
  wire [LW-1:0] length = plain ? LW'(L * V) : LW'(L) + LW'(ones) * LW'(V);
  wire [  PW:0] next = {1'b0, point} + (PW+1)'(length);
  wire          go = second & enable;
  wire          drop = go & (next[PW] | beat_last);
  // At the end of a frame the rest of its last word goes as well.
  wire          both = go & next[PW] & beat_last & (next[PW-1:0] != '0);
  wire          keep_high = has_high & !drop;
  assign in_ready = !has_high | (drop & !both);
  logic high_last;
  always_ff @(posedge clk) begin
    if (rst) begin
      {has_low, has_high, second} <= '0;
      point <= '0;
      at <= '0;
    end else begin
      second <= go ? 1'b0 : second | enough;
      if (go) begin
        point <= beat_last ? '0 : next[PW-1:0];
        at <= beat_last ? '0 : at + 1'b1;
      end
      // What is left of the words, and what comes behind it.
      if (both) begin
        has_low  <= 1'b0;
        has_high <= 1'b0;
      end else if (drop) begin
        has_low  <= has_high | in_valid;
        has_high <= has_high & in_valid;
      end else begin
        has_low  <= has_low | in_valid;
        has_high <= has_high | (has_low & in_valid);
      end
    end
    if (!second) field <= FIELD'({high, low} >> point);
    if (drop ? !has_high : !has_low) begin
      low <= in_data;
      low_last <= in_last;
    end else if (drop) begin
      low <= high;
      low_last <= high_last;
    end
    if (!keep_high) begin
      high <= in_data;
      high_last <= in_last;
    end
  end

  // The gain of a beat is that of its values, also where they went as they are.
  logic [3:1] valid;
  logic [L*V-1:0] values1, values2, values3;
  logic [L-1:0] mask1, mask2;
  logic plain1, last1, fresh1;
  logic [L-1:0] nonzero;
  logic [NW-1:0] there;
  always_comb begin
    there = '0;
    for (int l = 0; l < L; l = l + 1) begin
      nonzero[l] = plain1 ? values1[l*V+:V] != '0 : mask1[l];
      there = there + NW'(nonzero[l]);
    end
  end
  wire signed [GB-1:0] gain = GB'(L * V - L) - GB'(there) * GB'(V);
  ts_mask_allow #(.CB(CB), .GB(GB), .CREDIT(CREDIT), .HALF(HALF), .NEED(NEED)) allow (
      .clk, .rst, .step(fresh1), .last(last1), .gain, .plain
  );

  // Every value to its lane.
  logic [L*IW-1:0] from2;
  assign enable = !valid[3] | out_ready;
  assign out_valid = valid[3];
  assign out_data = values3;
  always_ff @(posedge clk) begin
    fresh1 <= !rst & go;
    if (rst) valid <= '0;
    else if (enable) valid <= {valid[2:1], second};
    if (enable) begin
      values1 <= plain ? field[L*V-1:0] : field[FIELD-1:L];
      mask1 <= mask;
      plain1 <= plain;
      last1 <= beat_last;
      values2 <= values1;
      mask2 <= mask1;
      for (int l = 0; l < L; l = l + 1) begin : places
        logic [IW-1:0] ahead;
        ahead = '0;
        for (int k = 0; k < l; k = k + 1) ahead = ahead + IW'(mask1[k]);
        from2[l*IW+:IW] <= ahead;
      end
      for (int l = 0; l < L; l = l + 1) begin
        values3[l*V+:V] <= mask2[l] ? values2[from2[l*IW+:IW]*V+:V] : '0;
      end
    end
  end
endmodule
`default_nettype wire
