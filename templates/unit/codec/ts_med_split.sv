// Words of WB bits out of those of the bus, the first one out of the least significant place. "drop" leaves out what
// is left of a word of the bus.
`default_nettype none
module ts_med_split #(
    parameter WB = 64,
    parameter WORD = 128
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            in_valid,
    output wire            in_ready,
    input  wire [WORD-1:0] in_data,
    input  wire            drop,
    output wire            valid,
    input  wire            ready,
    output wire [  WB-1:0] data
);
  localparam N = WORD / WB;
  localparam CW = $clog2(N);
  logic [WORD-1:0] held;
  logic [  CW-1:0] at;
  logic            there;
  wire             take = valid & ready;
  wire             gone = (take & at == CW'(N - 1)) | (drop & at != '0);
  assign in_ready = !there;
  assign valid = there;
  assign data = held[WB-1:0];
  always_ff @(posedge clk) begin
    if (rst) begin
      there <= 1'b0;
      at <= '0;
    end else begin
      there <= in_valid & in_ready | (there & !gone);
      if (gone) at <= '0;
      else if (take) at <= at + 1'b1;
    end
    if (in_valid & in_ready) held <= in_data;
    else if (take) held <= held >> WB;
  end
endmodule
`default_nettype wire
