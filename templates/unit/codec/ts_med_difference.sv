// How far a level lies from its prediction, as a number of V bits: 0 for none, twice the distance, less 1 on the likelier
// side, and behind the last level that the other side has the distance and that side's length. One
// register, moved by "enable"; "down" tells the likelier side a cycle later. "both" is the length of the
// shorter side, "low" tells that it is the lower one.
`default_nettype none
module ts_med_difference #(
    parameter V = 8,
    parameter LEVELS = 256
) (
    input  wire         clk,
    input  wire         enable,
    input  wire [V-1:0] level,
    input  wire [V-1:0] predicted,
    input  wire         down,
    output wire [V-1:0] both,
    output wire         low,
    output wire [V-1:0] difference
);
  wire  [V-1:0] other = V'(LEVELS - 1) - predicted;
  logic [V-1:0] shorter, distance;
  logic         less, lower;
  always_ff @(posedge clk) begin
    if (enable) begin
      shorter <= predicted < other ? predicted : other;
      lower <= predicted < other;
      less <= level < predicted;
      distance <= level < predicted ? predicted - level : level - predicted;
    end
  end
  assign both = shorter;
  assign low = lower;
  assign difference = distance > shorter ? distance + shorter
      : distance == '0 ? '0 : {distance[V-2:0], 1'b0} - V'(less == down);
endmodule
`default_nettype wire
