// Keeps a coder within its bound: whether the next beat goes as it is. Of every beat that steps its gain is
// told, the bits that its coded form is shorter than the plain one; it counts for the beat that follows
// four later. "last" ends a frame, and all begins anew. The answer is a register.
`default_nettype none
module ts_mask_allow #(
    parameter CB = 32,
    parameter GB = 8,
    parameter signed [CB-1:0] CREDIT = 0,
    parameter signed [CB-1:0] HALF = 0,
    parameter signed [CB-1:0] NEED = 0
) (
    input  wire                 clk,
    input  wire                 rst,
    input  wire                 step,
    input  wire                 last,
    input  wire signed [GB-1:0] gain,
    output wire                 plain
);
  localparam FIRST = CREDIT < NEED || CREDIT < HALF;

  logic                 now;
  logic signed [CB-1:0] credit;
  logic        [   7:0] hope;
  logic signed [GB-1:0] gain1, gain2, own1, own2;
  wire  signed [   9:0] hoped = 10'({2'b0, hope}) + 10'(gain2);
  assign plain = now;
  always_ff @(posedge clk) begin
    if (rst | (step & last)) begin
      now <= FIRST;
      credit <= CREDIT;
      hope <= '0;
      {gain1, gain2, own1, own2} <= '0;
    end else if (step) begin
      now <= credit < NEED || (hope == '0 && credit < HALF);
      credit <= credit + CB'(own2);
      hope <= hoped[9] ? '0 : hoped[8] ? 8'hff : hoped[7:0];
      gain1 <= gain;
      gain2 <= gain1;
      own1 <= now ? '0 : gain;
      own2 <= own1;
    end
  end
endmodule
`default_nettype wire
