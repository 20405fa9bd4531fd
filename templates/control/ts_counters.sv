// Counters of 32 bits that wrap: N of cycles in which something is, and one of cycles from one "mark" to the
// next. "clear" sets all to zero.
`default_nettype none
module ts_counters #(
    parameter N = 2
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            clear,
    input  wire [   N-1:0] now,
    input  wire            mark,
    output wire [N*32-1:0] counts,
    output wire [    31:0] distance
);
  logic [N-1:0] is;
  always_ff @(posedge clk) is <= now;
  for (genvar i = 0; i < N; i = i + 1) begin : counters
    logic [31:0] count;
    assign counts[i*32+:32] = count;
    always_ff @(posedge clk) begin
      if (rst | clear) count <= '0;
      else count <= count + 32'(is[i]);
    end
  end

  logic [31:0] since, between;
  assign distance = between;
  always_ff @(posedge clk) begin
    if (rst | clear) begin
      since   <= '0;
      between <= '0;
    end else begin
      since <= mark ? 32'd1 : since + 32'd1;
      if (mark) between <= since;
    end
  end
endmodule
`default_nettype wire
