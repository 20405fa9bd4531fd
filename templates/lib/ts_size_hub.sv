// Gives the size of every frame to N cells at once. A size is taken from the source only while all
// cells have room; every hop is registered, the cells keep room for what is under way.
`default_nettype none
module ts_size_hub #(
    parameter N = 2
) (
    input  wire         clk,
    input  wire         rst,
    input  wire         in_valid,
    output wire         in_ready,
    input  wire [ 31:0] in_data,
    output wire         push,
    output wire [ 31:0] data,
    input  wire [N-1:0] room
);
  logic        ready;
  logic        valid;
  logic [31:0] size;

  assign in_ready = ready;
  assign push = valid;
  assign data = size;

  always_ff @(posedge clk) begin
    size <= in_data;
    if (rst) begin
      ready <= 1'b0;
      valid <= 1'b0;
    end else begin
      ready <= &room;
      valid <= in_valid & ready;
    end
  end
endmodule
`default_nettype wire
