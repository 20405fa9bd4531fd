// Beat q of the sums of a pass, one cycle later: PARTS runs of R sums in RB beats of LO. The sums stand
// in slots of a power of two, so that their selection is a plain multiplexer.
`default_nettype none
module ts_drain_select #(
    parameter BEATS = 2,
    parameter PARTS = 1,
    parameter RB = 2,
    parameter R = 4,
    parameter LO = 2,
    parameter ACC = 20,
    parameter QW = 1
) (
    input  wire                   clk,
    input  wire [PARTS*R*ACC-1:0] held,
    input  wire [         QW-1:0] q,
    output wire [     LO*ACC-1:0] data
);
  localparam SN = $clog2(LO * ACC);
  logic [(BEATS<<SN)-1:0] choices;
  always_comb begin
    choices = '0;
    for (int r = 0; r < PARTS; r = r + 1) begin
      for (int b = 0; b < RB - 1; b = b + 1)
        choices[((r*RB+b)<<SN)+:LO*ACC] = held[(r*R+b*LO)*ACC+:LO*ACC];
      choices[((r*RB+RB-1)<<SN)+:(R-(RB-1)*LO)*ACC] =
          held[(r*R+(RB-1)*LO)*ACC+:(R-(RB-1)*LO)*ACC];
    end
  end

  wire unused_gaps = &choices;

  logic [LO*ACC-1:0] chosen;
  assign data = chosen;
  if (BEATS == 1) begin : single
    always_ff @(posedge clk) chosen <= choices[LO*ACC-1:0];
    wire unused = &q;
  end else begin : several
    always_ff @(posedge clk) chosen <= choices[{q, {SN{1'b0}}}+:LO*ACC];
  end
endmodule
`default_nettype wire
