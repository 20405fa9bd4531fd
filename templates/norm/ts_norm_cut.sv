// Watches the beats of a stream of frames and says after the last beat of each whether a scene begins with
// it: whether the histograms of this frame's codes and of the one before, BINS places each by the upper
// bits, differ by more than LIMIT in the sum of absolute differences. The first frame begins none.
// Frames have at least BINS + 8 beats.
`default_nettype none
module ts_norm_cut #(
    parameter C = 3,
    parameter LANES = 1,
    parameter POSITIONS = 1,
    parameter BITS = 8,
    parameter BINS = 16,
    parameter BEATS = 64,
    parameter HB = 16,
    parameter [HB:0] LIMIT = 32
) (
    input  wire                             clk,
    input  wire                             rst,
    input  wire                             valid,
    input  wire                             ready,
    input  wire [POSITIONS*LANES*BITS-1:0] data,
    output wire                             push,
    output wire                             cut
);
  localparam L = POSITIONS * LANES;
  localparam GROUPS = (C + LANES - 1) / LANES;
  localparam LEFT = C - (GROUPS - 1) * LANES;  // lanes of the last beat of a position
  localparam GW = GROUPS > 1 ? $clog2(GROUPS) : 1;
  localparam BW = $clog2(BEATS);
  localparam IW = $clog2(BINS);
  localparam NW = $clog2(L + 1);

  logic          some, last_some;
  logic [L*IW-1:0] places;
  logic [ L-1:0] used;
  logic [GW-1:0] group;
  logic [BW-1:0] beat;
  wire           take = valid & ready;
  wire           group_last = group == GW'(GROUPS - 1);
  wire           last = take && beat == BW'(BEATS - 1);
  always_ff @(posedge clk) begin
    for (int l = 0; l < L; l = l + 1) begin
      places[l*IW+:IW] <= data[(l+1)*BITS-1-:IW];
      used[l] <= POSITIONS > 1 || !group_last || l < LEFT;
    end
    if (rst) begin
      some <= 1'b0;
      last_some <= 1'b0;
      group <= '0;
      beat <= '0;
    end else begin
      some <= take;
      last_some <= last;
      if (take) group <= group_last ? '0 : group + 1'b1;
      if (take) beat <= last ? '0 : beat + 1'b1;
    end
  end

  // The counts of a beat, then those of the frame; "closed" follows the last beat through both.
  logic [BINS*NW-1:0] counts;
  logic [BINS*HB-1:0] now, whole, earlier;
  logic counted, counted_last, fresh, closed;
  always_ff @(posedge clk) begin
    for (int b = 0; b < BINS; b = b + 1) begin
      logic [NW-1:0] count;
      count = '0;
      for (int l = 0; l < L; l = l + 1)
        count = count + NW'(some && used[l] && places[l*IW+:IW] == IW'(b));
      counts[b*NW+:NW] <= count;
      if (counted) now[b*HB+:HB] <= (fresh ? '0 : now[b*HB+:HB]) + HB'(counts[b*NW+:NW]);
    end
    if (rst) begin
      counted <= 1'b0;
      counted_last <= 1'b0;
      fresh <= 1'b1;
      closed <= 1'b0;
    end else begin
      counted <= some;
      counted_last <= last_some;
      if (counted) fresh <= counted_last;
      closed <= counted & counted_last;
    end
  end

  // Bin by bin against the frame before; the differences add up.
  logic          busy, known, told;
  logic [IW-1:0] bin;
  logic [HB-1:0] mine, other, apart;
  logic [ HB:0] sum;
  logic [   2:0] through;  // the last bin is on its way
  wire           bin_last = bin == IW'(BINS - 1);
  assign push = told;
  assign cut  = known && sum > LIMIT;
  always_ff @(posedge clk) begin
    if (closed) whole <= now;
    else if (busy) whole <= {whole[HB-1:0], whole[BINS*HB-1:HB]};
    if (busy) earlier <= {whole[HB-1:0], earlier[BINS*HB-1:HB]};
    mine <= busy ? whole[HB-1:0] : '0;
    other <= busy ? earlier[HB-1:0] : '0;
    apart <= mine > other ? mine - other : other - mine;
    sum <= closed ? '0 : sum + (HB + 1)'(apart);
    if (rst) begin
      busy <= 1'b0;
      bin <= '0;
      known <= 1'b0;
      told <= 1'b0;
      through <= '0;
    end else begin
      if (closed) busy <= 1'b1;
      else if (busy & bin_last) busy <= 1'b0;
      bin <= busy & !bin_last ? bin + 1'b1 : '0;
      through <= {through[1:0], busy & bin_last};
      told <= through[2];
      if (told) known <= 1'b1;
    end
  end
endmodule
`default_nettype wire
