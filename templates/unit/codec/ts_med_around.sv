// The levels around a place, of L lanes at a time in W bits: left, above, above left, above right, as they are
// taken at the borders of a frame. Beats are asked for in the order of the stream, PER per position; a beat's own
// levels are written later, in the same order: those of the position before it must be there when it is
// asked for. The line above is read ahead of that, by AHEAD beats at most; WIDTH is 8 or more.
`default_nettype none
module ts_med_around #(
    parameter W = 64,
    parameter PER = 1,
    parameter WIDTH = 8,
    parameter HEIGHT = 2,
    parameter [W-1:0] ZERO = '0,
    parameter GW = PER > 1 ? $clog2(PER) : 1
) (
    input  wire          clk,
    input  wire          rst,
    input  wire          write,
    input  wire [ W-1:0] levels,
    output wire          valid,
    input  wire          ready,
    output wire          last,
    output wire [GW-1:0] place,
    output wire [ W-1:0] left,
    output wire [ W-1:0] up,
    output wire [ W-1:0] corner,
    output wire [ W-1:0] right
);
  localparam AHEAD = 4;
  localparam WORDS = WIDTH * PER;
  localparam AW = $clog2(WORDS);
  localparam XW = $clog2(WIDTH);
  localparam YW = HEIGHT > 1 ? $clog2(HEIGHT) : 1;

  // One row of levels. A word is read when its place is the one above right.
  logic [AW-1:0] wr_addr, rd_addr;
  logic [   2:0] free;
  logic          latched, read;
  logic          out_free;
  wire           go = free != '0;
  wire           take = valid & ready;
  wire  [ W-1:0] word, raw;
  ts_ram #(
      .W(W), .DEPTH(WORDS), .REGISTERED(1), .STYLE(WORDS > 64 ? "block" : "distributed")
  ) row (
      .clk, .wr_en(write), .wr_addr, .wr_data(levels), .rd_en(go), .rd_addr, .out_en(1'b1),
      .rd_data(word)
  );
  ts_fifo #(.W(W), .DEPTH(AHEAD)) ahead (
      .clk, .rst, .in_valid(read), .in_ready(out_free), .in_data(word), .out_valid(valid),
      .out_ready(ready), .out_data(raw)
  );
  wire unused = out_free;
  always_ff @(posedge clk) begin
    if (rst) begin
      wr_addr <= '0;
      rd_addr <= AW'(PER);
      free <= 3'(AHEAD);
      {latched, read} <= '0;
    end else begin
      if (write) wr_addr <= wr_addr == AW'(WORDS - 1) ? '0 : wr_addr + 1'b1;
      if (go) rd_addr <= rd_addr == AW'(WORDS - 1) ? '0 : rd_addr + 1'b1;
      free <= free + 3'(take) - 3'(go);
      {latched, read} <= {go, latched};
    end
  end

  // Where the beat that is asked for lies, and the channels of the beat that is written.
  logic [GW-1:0] at, written;
  logic [XW-1:0] x;
  logic [YW-1:0] y;
  logic          first_row, first_column, last_column;
  wire           at_last = at == GW'(PER - 1);
  wire           x_last = x == XW'(WIDTH - 1);
  wire           y_last = y == YW'(HEIGHT - 1);
  assign place = at;
  assign last = at_last & x_last & y_last;
  always_ff @(posedge clk) begin
    if (rst) begin
      {at, written} <= '0;
      x <= '0;
      y <= '0;
      {first_row, first_column, last_column} <= 3'b110;
    end else begin
      if (write) written <= written == GW'(PER - 1) ? '0 : written + 1'b1;
      if (take) at <= at_last ? '0 : at + 1'b1;
      if (take & at_last) begin
        x <= x_last ? '0 : x + 1'b1;
        first_column <= x_last;
        last_column <= x == XW'(WIDTH - 2);
        if (x_last) begin
          y <= y_last ? '0 : y + 1'b1;
          first_row <= y_last;
        end
      end
    end
  end

  // Per group of channels: what is left of its next position, and what was above right and above.
  (* ram_style = "distributed" *)
  logic [  W-1:0] lefts[0:PER-1];
  (* ram_style = "distributed" *)
  logic [2*W-1:0] aboves[0:PER-1];
  wire  [  W-1:0] was_left = lefts[at];
  wire  [  W-1:0] was_right, was_up;
  assign {was_right, was_up} = aboves[at];
  always_ff @(posedge clk) begin
    if (write) lefts[written] <= levels;
    if (take) aboves[at] <= {raw, was_right};
  end
  assign left = !first_column ? was_left : first_row ? ZERO : was_right;
  assign up = first_row ? left : was_right;
  assign corner = first_row ? left : first_column ? was_right : was_up;
  assign right = first_row ? left : last_column ? was_right : raw;
endmodule
`default_nettype wire
