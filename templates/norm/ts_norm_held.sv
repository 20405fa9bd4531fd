// The table that a normalising unit goes on with, typical until another one is written, and whose turn it
// is to make another: of PERIOD frames, counted from the first of a scene, frame TURN. "cut" says with
// every frame whether a scene begins with it; "ask" takes the answer for the next frame, "told" that
// there is one. Entries are read two cycles after "index"; after the last one is written, all are new.
`default_nettype none
module ts_norm_held #(
    parameter N = 4,
    parameter TURN = 0,
    parameter PERIOD = 2,
    parameter CUTS = 64,
    parameter TYPICAL = "",
    parameter NW = N > 1 ? $clog2(N) : 1
) (
    input  wire          clk,
    input  wire          rst,
    input  wire          cut_push,
    input  wire          cut,
    input  wire          ask,
    output wire          told,
    output wire          turn,
    input  wire          write,
    input  wire [NW-1:0] index,
    input  wire [  49:0] entry,
    output wire [  49:0] held
);
  localparam PW = $clog2(PERIOD + 1);

  // CUTS is more than there are frames between the source and the end of the sums.
  wire unused_room, begins;
  ts_fifo #(.W(1), .DEPTH(CUTS), .BLOCK(0)) cuts (
      .clk, .rst, .in_valid(cut_push), .in_ready(unused_room), .in_data(cut), .out_valid(told),
      .out_ready(ask), .out_data(begins)
  );

  logic          own;
  logic [PW-1:0] at;
  wire  [PW-1:0] here = begins ? '0 : at;
  assign turn = here == PW'(TURN);
  always_ff @(posedge clk) begin
    if (rst) begin
      own <= 1'b0;
      at  <= '0;
    end else if (ask & told) begin
      at <= here == PW'(PERIOD - 1) ? '0 : here + 1'b1;
      if (begins) own <= 1'b0;
    end else if (write && index == NW'(N - 1)) begin
      own <= 1'b1;
    end
  end

  wire [49:0] typical, last;
  ts_rom #(.W(50), .DEPTH(N), .FILE(TYPICAL), .BLOCK(N > 64 ? 1 : 0)) typicals (
      .clk, .addr(index), .data(typical)
  );
  ts_ram #(.W(50), .DEPTH(N)) lasts (
      .clk, .wr_en(write), .wr_addr(index), .wr_data(entry), .rd_en(1'b1), .rd_addr(index),
      .out_en(1'b1), .rd_data(last)
  );
  assign held = own ? last : typical;
endmodule
`default_nettype wire
