// The order in which lanes send their words: before each beat every lane whose words so far hold fewer than MOST bits
// that no beat has used sends one, lanes ascending. Of each beat the lanes that do so are told, if any.
`default_nettype none
module ts_med_order #(
    parameter L = 8,
    parameter LB = 5,
    parameter WB = 64,
    parameter MOST = 17,
    parameter DEPTH = 512
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            restart,
    input  wire            step,
    input  wire [L*LB-1:0] lengths,
    output wire            free,
    output wire            valid,
    input  wire            ready,
    output wire [   L-1:0] lanes
);
  localparam UB = $clog2(WB + MOST);
  logic [L-1:0] needs;
  for (genvar l = 0; l < L; l = l + 1) begin : counts
    logic [UB-1:0] unread;
    wire  [UB-1:0] rest = unread + (needs[l] ? UB'(WB) : '0) - UB'(lengths[l*LB+:LB]);
    always_ff @(posedge clk) begin
      if (rst | restart) begin
        unread <= '0;
        needs[l] <= 1'b1;
      end else if (step) begin
        unread <= rest;
        needs[l] <= rest < UB'(MOST);
      end
    end
  end
  ts_fifo #(.W(L), .DEPTH(DEPTH), .BLOCK(0)) orders (
      .clk, .rst, .in_valid(step & needs != '0), .in_ready(free), .in_data(needs),
      .out_valid(valid), .out_ready(ready), .out_data(lanes)
  );
endmodule
`default_nettype wire
