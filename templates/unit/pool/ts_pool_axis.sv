// One axis of a pooling walk: "size" positions and as many behind them as the last window needs.
// Windows of K begin and end every S positions, the first one BEFORE positions ahead of the frame;
// at most AFTER positions follow it. "load" begins anew with "size"; after a reset it is N.
`default_nettype none
module ts_pool_axis #(
    parameter N = 16,
    parameter K = 3,
    parameter S = 2,
    parameter BEFORE = 1,
    parameter AFTER = 1,
    parameter NW = $clog2(N + 1),
    parameter CW = $clog2(BEFORE + AFTER + 2)
) (
    input  wire          clk,
    input  wire          rst,
    input  wire          load,
    input  wire [NW-1:0] size,
    input  wire          advance,
    output wire          in_frame,
    output wire          first,
    output wire          starts,
    output wire          ends,
    output wire          last,
    output wire [CW-1:0] border
);
  localparam KW = $clog2((K > S ? K : S) + 1);
  localparam AW = $clog2(AFTER + 2);
  localparam FIRST_START = (S - BEFORE % S) % S;
  localparam FIRST_END = K - 1 - BEFORE;

  logic [NW-1:0] left;
  logic          at_first;
  logic [KW-1:0] to_start;
  logic [KW-1:0] to_end;
  logic [KW-1:0] cut;
  logic [AW-1:0] rest;

  wire leaves = left <= NW'(1);
  wire [KW-1:0] next_end = ends ? KW'(S) : to_end;
  wire [AW-1:0] over = AW'(AFTER) - rest;

  assign in_frame = left != '0;
  assign first = at_first;
  assign starts = to_start == '0;
  assign ends = to_end == '0;
  // A window that would end further behind the frame than AFTER does not exist.
  assign last = leaves && (KW + AW)'(next_end) > (KW + AW)'(rest);
  assign border = cut != '0 ? CW'(cut) : over != '0 ? CW'(BEFORE) + CW'(over) : '0;

  always_ff @(posedge clk) begin
    if (rst) left <= NW'(N);
    else if (load) left <= size;
    else if (advance & in_frame) left <= left - 1'b1;
  end

  always_ff @(posedge clk) begin
    if (rst | load) begin
      at_first <= 1'b1;
      to_start <= KW'(FIRST_START);
      to_end <= KW'(FIRST_END);
      cut <= KW'(K - 1);
      rest <= AW'(AFTER);
    end else if (advance) begin
      at_first <= 1'b0;
      to_start <= starts ? KW'(S - 1) : to_start - 1'b1;
      to_end <= ends ? KW'(S - 1) : to_end - 1'b1;
      if (cut != '0) cut <= cut - 1'b1;
      if (leaves && rest != '0) rest <= rest - 1'b1;
    end
  end
endmodule
`default_nettype wire
