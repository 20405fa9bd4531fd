// The tables of one normalising unit: BANKS of N entries, written by their source and sent as a whole,
// entry by entry, for every frame that is announced, out of the bank that is announced with it. An entry
// is an offset of 32 bits above a multiplier of 18. The source sees entries BASE to BASE + N - 1 of every
// bank; a bank must not be written from the moment in which a frame that uses it begins until its
// tables are sent, which no frame behind it can outrun. Of no more than WAITING frames, spaced so that
// "room" can follow, the tables are announced and not sent.
`default_nettype none
module ts_norm_table #(
    parameter N = 4,
    parameter BASE = 0,
    parameter BANKS = 2,
    parameter IW = 8,
    parameter BW = 1,
    parameter WAITING = 8,
    parameter FILE = ""
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             write,
    input  wire [BW+IW-1:0] address,
    input  wire [     49:0] entry,
    input  wire             push,
    input  wire [     31:0] data,
    output wire             room,
    output wire             out_valid,
    input  wire             out_ready,
    output wire [     49:0] out_data
);
  localparam NW = N > 1 ? $clog2(N) : 1;

  logic [49:0] mem[0:(BANKS<<NW)-1];
  if (FILE != "") begin : image
    initial $readmemh(FILE, mem);
  end

  // The source's way in, a register stage of its own: the bus goes to every table of the design.
  logic             hit;
  logic [BW+NW-1:0] place;
  logic [     49:0] written;
  wire  [   IW-1:0] index = address[IW-1:0] - IW'(BASE);
  wire  [     IW:0] beyond = {1'b0, index} - (IW + 1)'(N);  // negative inside; N may be all of IW bits
  always_ff @(posedge clk) begin
    hit <= write & beyond[IW];
    place <= {address[IW+:BW], NW'(index)};
    written <= entry;
    if (hit) mem[place] <= written;
  end

  wire        any, pop;
  wire [31:0] bank;
  ts_word_queue #(
      .W(32),
      .WAITING(WAITING)
  ) banks (
      .clk,
      .rst,
      .push,
      .data,
      .room,
      .out_valid(any),
      .out_ready(pop),
      .out_data(bank)
  );

  // The address that is read next, and the word that was read.
  logic          valid;
  logic [NW-1:0] at;
  logic [  49:0] word;
  wire           last = at == NW'(N - 1);
  wire           advance = !valid | out_ready;
  assign pop = advance & last;
  assign out_valid = valid;
  assign out_data = word;
  always_ff @(posedge clk) begin
    if (advance) word <= mem[{bank[BW-1:0], at}];
    if (rst) begin
      valid <= 1'b0;
      at <= '0;
    end else if (advance) begin
      valid <= any;
      if (any) at <= last ? '0 : at + 1'b1;
    end
  end
  wire unused = &bank;
endmodule
`default_nettype wire
