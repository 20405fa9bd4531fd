// The windows open along a row: for every beat of a position its partial results in delay lines.
// "window" is the oldest of them with the value of the last step; latency 1.
`default_nettype none
module ts_pool_row #(
    parameter L = 1,
    parameter W = 8,
    parameter S = 0,
    parameter MAX = 1,
    parameter K = 3,
    parameter STEP = 2,
    parameter BEATS = 1
) (
    input  wire           clk,
    input  wire           enable,
    input  wire           step,
    input  wire           first,
    input  wire           starts,
    input  wire [L*W-1:0] value,
    output wire [L*W-1:0] window
);
  localparam OPEN = (K + STEP - 1) / STEP;
  localparam STORED = (K - 1) % STEP == 0 ? OPEN - 1 : OPEN;
  localparam PAST = STORED > 0 ? STORED : 1;

  wire  [OPEN*L*W-1:0] merged;
  logic [PAST*L*W-1:0] past;
  logic [     L*W-1:0] oldest;

  assign window = oldest;
  always_ff @(posedge clk) begin
    if (enable) oldest <= merged[(OPEN-1)*L*W+:L*W];
  end

  ts_pool_merge #(
      .L(L), .W(W), .S(S), .MAX(MAX), .OPEN(OPEN), .STORED(STORED)
  ) merge (
      .first, .starts, .past, .value, .merged
  );

  if (STORED == 0) begin : none
    assign past = '0;
    wire unused = step;
  end else begin : lines
    logic [BEATS*STORED*L*W-1:0] line;
    assign past = line[STORED*L*W-1:0];
    if (BEATS == 1) begin : one
      always_ff @(posedge clk) if (enable & step) line <= merged[STORED*L*W-1:0];
    end else begin : many
      always_ff @(posedge clk) begin
        if (enable & step) line <= {merged[STORED*L*W-1:0], line[BEATS*STORED*L*W-1:STORED*L*W]};
      end
    end
  end
endmodule
`default_nettype wire
