// One stream to N readers: one data register, a pending bit per reader. A reader takes the beat as
// soon as it is ready; the next beat is loaded once all have it. Latency 1, full throughput.
`default_nettype none
module ts_fork #(
    parameter W = 8,
    parameter N = 2
) (
    input  wire         clk,
    input  wire         rst,
    input  wire         in_valid,
    output wire         in_ready,
    input  wire [W-1:0] in_data,
    output wire [N-1:0] out_valid,
    input  wire [N-1:0] out_ready,
    output wire [W-1:0] out_data
);
  logic         head_valid;
  logic [W-1:0] head_data;
  logic [N-1:0] pending;
  logic [W-1:0] data;
  logic         enable;

  assign enable    = ~|(pending & ~out_ready);
  assign out_valid = pending;
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
    if (rst) pending <= '0;
    else if (enable) pending <= {N{head_valid}};
    else pending <= pending & ~out_ready;
  end

  always_ff @(posedge clk) begin
    if (enable & head_valid) data <= head_data;
  end
endmodule
`default_nettype wire
