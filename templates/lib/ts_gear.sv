// Width converter: words of IN granules become beats of OUT granules, granule 0 first. Outputs are
// registered, latency 1; it passes min(IN, OUT) granules per cycle. in_ready depends on out_ready:
// the input comes from a cell with a registered ready.
`default_nettype none
module ts_gear #(
    parameter W = 8,
    parameter IN = 3,
    parameter OUT = 2
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             in_valid,
    output wire             in_ready,
    input  wire [ IN*W-1:0] in_data,
    output wire             out_valid,
    input  wire             out_ready,
    output wire [OUT*W-1:0] out_data
);
  function automatic integer gcd(input integer a, input integer b);
    gcd = 1;
    for (int i = 2; i <= a; i = i + 1) begin
      if (a % i == 0 && b % i == 0) gcd = i;
    end
  endfunction

  // Counted in units of the greatest common divisor; at most O - 1 are left when a word is loaded.
  localparam G = gcd(IN, OUT);
  localparam I = IN / G;
  localparam O = OUT / G;
  localparam CAPACITY = I + O - 1;
  localparam UW = G * W;
  localparam CW = $clog2(CAPACITY + 1);

  logic [         CW-1:0] count;
  logic [         CW-1:0] rest;
  logic [         CW-1:0] next;
  logic [CAPACITY*UW-1:0] held;
  logic                   valid;
  logic                   push;

  assign rest = out_valid & out_ready ? count - CW'(O) : count;
  assign in_ready = rest < CW'(O);
  assign push = in_valid & in_ready;
  assign next = push ? rest + CW'(I) : rest;
  assign out_valid = valid;
  assign out_data = held[OUT*W-1:0];

  always_ff @(posedge clk) begin
    if (rst) begin
      count <= '0;
      valid <= 1'b0;
    end else begin
      count <= next;
      valid <= next >= CW'(O);
    end
  end

  always_ff @(posedge clk) begin
    if (valid & out_ready) held <= held >> (O * UW);
    for (int r = 0; r < O; r = r + 1) begin
      if (push && rest == CW'(r)) held[r*UW+:I*UW] <= in_data;
    end
  end
endmodule
`default_nettype wire
