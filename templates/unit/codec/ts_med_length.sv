// The Rice code of a number of V bits: its zeros, whether these are so many that the number follows in full, and all
// bits of it.
`default_nettype none
module ts_med_length #(
    parameter V = 8,
    parameter KW = $clog2(V + 1),
    parameter LB = $clog2(V + 9)
) (
    input  wire [ V-1:0] number,
    input  wire [KW-1:0] k,
    output wire [   2:0] zeros,
    output wire          full,
    output wire [LB-1:0] length
);
  localparam EB = V > 3 ? V : 4;
  wire [EB-1:0] high = EB'(number) >> k;
  assign zeros = high[2:0];
  assign full = high[EB-1:3] != '0;
  // a - ~k is a + k + 1 in one adder.
  assign length = full ? LB'(8 + V) : LB'(high[2:0]) - ~(LB'(k));
endmodule
`default_nettype wire
