// Words of WB bits as words of the bus, the first one in the least significant place. "finish" ends a frame: its
// last word is filled up with zeros and marked.
`default_nettype none
module ts_med_join #(
    parameter WB = 64,
    parameter WORD = 128
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            in_valid,
    output wire            in_ready,
    input  wire [  WB-1:0] in_data,
    input  wire            finish,
    output wire            finished,
    output wire            out_valid,
    input  wire            out_ready,
    output wire [WORD-1:0] out_data,
    output wire            out_last
);
  localparam N = WORD / WB;
  localparam CW = $clog2(N + 1);
  logic [WORD-1:0] part, word;
  logic [  CW-1:0] count;
  logic            there, ends;
  wire             full = count == CW'(N);
  wire             free = !there | out_ready;
  wire             take = in_valid & in_ready;
  assign in_ready = !full | free;
  assign finished = finish & free;
  assign out_valid = there;
  assign out_data = word;
  assign out_last = ends;
  always_ff @(posedge clk) begin
    if (rst) begin
      count <= '0;
      there <= 1'b0;
      part <= '0;
    end else begin
      there <= (there & !out_ready) | (take & full) | finished;
      count <= finished ? '0 : take ? (full ? CW'(1) : count + 1'b1) : count;
      if (finished) part <= '0;
      else if (take & full) part <= WORD'(in_data);
      else if (take) begin
        for (int i = 0; i < N; i = i + 1) if (count == CW'(i)) part[i*WB+:WB] <= in_data;
      end
    end
    if (free) begin
      word <= part;
      ends <= finish;
    end
  end
endmodule
`default_nettype wire
