// Merges a value into the OPEN windows that hold it, the youngest first; combinational. STORED of
// them have a past. Where a window begins, all others are one older than it was; at the first
// position none has a past.
`default_nettype none
module ts_pool_merge #(
    parameter L = 1,
    parameter W = 8,
    parameter S = 0,
    parameter MAX = 1,
    parameter OPEN = 2,
    parameter STORED = 1,
    parameter PAST = STORED > 0 ? STORED : 1
) (
    input  wire                first,
    input  wire                starts,
    input  wire [PAST*L*W-1:0] past,
    input  wire [     L*W-1:0] value,
    output wire [OPEN*L*W-1:0] merged
);
  function automatic [W-1:0] both(input [W-1:0] a, input [W-1:0] b);
    if (MAX == 0) both = a + b;
    else if (S != 0) both = $signed(a) > $signed(b) ? a : b;
    else both = a > b ? a : b;
  endfunction

  for (genvar j = 0; j < OPEN; j = j + 1) begin : window
    for (genvar l = 0; l < L; l = l + 1) begin : lane
      wire [W-1:0] now = value[l*W+:W];
      wire [W-1:0] earlier;
      wire         fresh;
      if (j == 0) begin : youngest
        assign earlier = past[l*W+:W];
        assign fresh = first | starts;
      end else if (j < STORED) begin : older
        assign earlier = starts ? past[((j-1)*L+l)*W+:W] : past[(j*L+l)*W+:W];
        assign fresh = first;
      end else begin : oldest
        // It only exists where another one begins.
        assign earlier = past[((j-1)*L+l)*W+:W];
        assign fresh = first;
      end
      assign merged[(j*L+l)*W+:W] = fresh ? now : both(earlier, now);
    end
  end
  wire unused = &{starts, past};
endmodule
`default_nettype wire
