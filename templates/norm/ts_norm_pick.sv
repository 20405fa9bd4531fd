// Of what a unit taps the sums are taken of some frames only: of PERIOD frames in turn those from FROM to
// UPTO, whose sums go on as those of one. The others pass unseen.
`default_nettype none
module ts_norm_pick #(
    parameter PERIOD = 2,
    parameter FROM = 0,
    parameter UPTO = 0
) (
    input  wire clk,
    input  wire rst,
    input  wire tap_valid,
    input  wire tap_end,
    output wire out_valid,
    output wire out_end
);
  localparam FW = $clog2(PERIOD + 1);

  logic [FW-1:0] frame;
  logic          picked, closing;
  wire  [FW-1:0] next = frame == FW'(PERIOD - 1) ? '0 : frame + 1'b1;
  assign out_valid = tap_valid & picked;
  assign out_end = tap_end & closing;
  always_ff @(posedge clk) begin
    if (rst) begin
      frame <= '0;
      picked <= FROM == 0;
      closing <= UPTO == 0;
    end else if (tap_end) begin
      frame <= next;
      picked <= next == FW'(FROM) || (picked && !closing);
      closing <= next == FW'(UPTO);
    end
  end
endmodule
`default_nettype wire
