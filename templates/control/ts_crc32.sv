// CRC-32 (polynomial 0x04C11DB7, bytes and result reflected, as in zip and Ethernet) over words of W bits, the
// first byte in the least bits. "begins" starts anew before the word of the same cycle. A bit of the next state is the
// parity of what its mask takes of state and word: 32 masks of W + 32 bits, those of the state below.
`default_nettype none
module ts_crc32 #(
    parameter W = 24,
    parameter [32*(W+32)-1:0] MASKS = '0
) (
    input  wire         clk,
    input  wire         begins,
    input  wire         valid,
    input  wire [W-1:0] data,
    output wire [ 31:0] crc
);
  // The part of the word, one cycle ahead of the state.
  logic [31:0] part, state;
  logic        going, fresh;
  wire  [31:0] from = fresh ? 32'hffffffff : state;
  wire  [31:0] next;
  assign crc = ~state;
  for (genvar i = 0; i < 32; i = i + 1) begin : bits
    localparam [W+31:0] MASK = MASKS[i*(W+32)+:W+32];
    always_ff @(posedge clk) part[i] <= ^(data & MASK[W+31:32]);
    assign next[i] = ^(from & MASK[31:0]) ^ part[i];
  end
  always_ff @(posedge clk) begin
    going <= valid;
    if (begins) fresh <= 1'b1;
    else if (going) fresh <= 1'b0;
    if (going) state <= next;
  end
endmodule
`default_nettype wire
