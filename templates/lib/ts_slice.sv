// Register slice: two words, latency 1, full throughput; every output comes from a flop.
`default_nettype none
module ts_slice #(
    parameter W = 8
) (
    input  wire         clk,
    input  wire         rst,
    input  wire         in_valid,
    output wire         in_ready,
    input  wire [W-1:0] in_data,
    output wire         out_valid,
    input  wire         out_ready,
    output wire [W-1:0] out_data
);
  logic         head_valid;
  logic [W-1:0] head_data;
  logic         valid;
  logic [W-1:0] data;
  logic         enable;

  assign enable    = !valid | out_ready;
  assign out_valid = valid;
  assign out_data  = data;

  ts_skid #(
      .W(W)
  ) skid (
      .clk,
      .rst,
      .in_valid,
      .in_ready,
      .in_data,
      .out_valid(head_valid),
      .out_ready(enable),
      .out_data (head_data)
  );

  always_ff @(posedge clk) begin
    if (rst) valid <= 1'b0;
    else if (enable) valid <= head_valid;
  end

  always_ff @(posedge clk) begin
    if (enable & head_valid) data <= head_data;
  end
endmodule
`default_nettype wire
