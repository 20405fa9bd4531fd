// What a source announces of every frame, until a cell needs it: a FIFO of 16 words. "room" goes down
// when WAITING are in it, at most half, so that words under way still fit.
`default_nettype none
module ts_word_queue #(
    parameter W = 32,
    parameter WAITING = 8
) (
    input  wire         clk,
    input  wire         rst,
    input  wire         push,
    input  wire [W-1:0] data,
    output wire         room,
    output wire         out_valid,
    input  wire         out_ready,
    output wire [W-1:0] out_data
);
  wire        unused_ready;
  logic [4:0] count;
  logic       few;

  ts_fifo #(
      .W(W),
      .DEPTH(16)
  ) words (
      .clk,
      .rst,
      .in_valid(push),
      .in_ready(unused_ready),
      .in_data(data),
      .out_valid,
      .out_ready,
      .out_data
  );

  wire popped = out_valid & out_ready;
  assign room = few;
  always_ff @(posedge clk) begin
    if (rst) begin
      count <= '0;
      few   <= 1'b1;
    end else begin
      count <= count + 5'(push) - 5'(popped);
      few   <= count < 5'(WAITING);
    end
  end
endmodule
`default_nettype wire
