// The handshake around a pipeline of N registers with enable.
`default_nettype none
module ts_delay #(
    parameter N = 4
) (
    input  wire clk,
    input  wire rst,
    input  wire in_valid,
    output wire in_ready,
    output wire out_valid,
    input  wire out_ready,
    output wire enable
);
  logic [N-1:0] valid;
  assign enable = !valid[N-1] | out_ready;
  assign in_ready = enable;
  assign out_valid = valid[N-1];
  always_ff @(posedge clk) begin
    if (rst) valid <= '0;
    else if (enable) valid <= N'({valid, in_valid});
  end
endmodule
`default_nettype wire
