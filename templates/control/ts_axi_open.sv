// Bursts of one direction that were let through and have not ended, at most DEPTH: whether there is "room" for
// another, and whether there are "any".
`default_nettype none
module ts_axi_open #(
    parameter DEPTH = 32
) (
    input  wire clk,
    input  wire rst,
    input  wire begins,
    input  wire ends,
    output wire room,
    output wire any
);
  localparam CW = $clog2(DEPTH + 1);
  localparam [CW-1:0] ALMOST = CW'(DEPTH - 1);

  logic [CW-1:0] count;
  logic          free;
  assign room = free;
  assign any = |count;
  always_ff @(posedge clk) begin
    if (rst) begin
      count <= '0;
      free  <= 1'b1;
    end else if (begins & !ends) begin
      count <= count + 1'b1;
      free  <= count != ALMOST;
    end else if (ends & !begins) begin
      count <= count - 1'b1;
      free  <= 1'b1;
    end
  end
endmodule
`default_nettype wire
