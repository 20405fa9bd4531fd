// One AXI4 master for N memory ports: requests are taken in turn, one at a time; words and responses
// belong to requests in their order. A port asks to write only what it holds and to read only what
// it has room for, so that neither channel of words ever waits for a port. "error" keeps that a read
// or a write failed.
`default_nettype none
module ts_mem_hub #(
    parameter N = 2,
    parameter B = 16
) (
    input  wire             clk,
    input  wire             rst,
    input  wire [     63:0] base,
    output wire [      1:0] error,
    input  wire [    N-1:0] aw_valid,
    output wire [    N-1:0] aw_ready,
    input  wire [ N*32-1:0] aw_place,
    input  wire [  N*8-1:0] aw_length,
    input  wire [    N-1:0] w_valid,
    output wire [    N-1:0] w_ready,
    input  wire [N*B*8-1:0] w_data,
    output wire [    N-1:0] b_valid,
    input  wire [    N-1:0] ar_valid,
    output wire [    N-1:0] ar_ready,
    input  wire [ N*32-1:0] ar_place,
    input  wire [  N*8-1:0] ar_length,
    output wire [    N-1:0] r_valid,
    output wire [  B*8-1:0] r_data,
    output wire [     63:0] awaddr,
    output wire [      7:0] awlen,
    output wire             awvalid,
    input  wire             awready,
    output wire [  B*8-1:0] wdata,
    output wire [    B-1:0] wstrb,
    output wire             wlast,
    output wire             wvalid,
    input  wire             wready,
    input  wire [      1:0] bresp,
    input  wire             bvalid,
    output wire             bready,
    output wire [     63:0] araddr,
    output wire [      7:0] arlen,
    output wire             arvalid,
    input  wire             arready,
    input  wire [  B*8-1:0] rdata,
    input  wire [      1:0] rresp,
    input  wire             rlast,
    input  wire             rvalid,
    output wire             rready
);
  localparam IW = N > 1 ? $clog2(N) : 1;

  // Bursts whose words are written in this order.
  wire          write_go, order_ready, order_valid, order_take;
  wire [IW-1:0] write_port, port;
  wire [   7:0] write_length, words;
  ts_mem_turns #(.N(N)) writes (
      .clk, .rst, .base, .valid(aw_valid), .ready(aw_ready), .place(aw_place), .length(aw_length),
      .room(order_ready), .axaddr(awaddr), .axlen(awlen), .axvalid(awvalid), .axready(awready),
      .go(write_go), .port(write_port)
  );
  assign write_length = awlen;
  ts_fifo #(.W(IW + 8), .DEPTH(16)) order (
      .clk, .rst, .in_valid(write_go), .in_ready(order_ready), .in_data({write_port, write_length}),
      .out_valid(order_valid), .out_ready(order_take), .out_data({port, words})
  );
  logic [  7:0] at;
  wire          slice_ready, owner_ready;
  wire          there = order_valid & owner_ready & w_valid[port];
  wire          move = there & slice_ready;
  wire          last = at == words;
  assign order_take = move & last;
  for (genvar i = 0; i < N; i = i + 1) begin : ports
    assign w_ready[i] = order_valid & owner_ready & slice_ready & (port == IW'(i));
  end
  always_ff @(posedge clk) begin
    if (rst) at <= '0;
    else if (move) at <= last ? '0 : at + 1'b1;
  end
  ts_slice #(.W(B * 8 + 1)) slice (
      .clk, .rst, .in_valid(there), .in_ready(slice_ready),
      .in_data({last, w_data[port*B*8+:B*8]}), .out_valid(wvalid), .out_ready(wready),
      .out_data({wlast, wdata})
  );
  assign wstrb = '1;

  // Whose the next response is.
  wire          owner_valid;
  wire [IW-1:0] owner;
  ts_fifo #(.W(IW), .DEPTH(64)) owners (
      .clk, .rst, .in_valid(order_take), .in_ready(owner_ready), .in_data(port),
      .out_valid(owner_valid), .out_ready(bvalid), .out_data(owner)
  );
  logic [N-1:0] answered;
  assign bready  = 1'b1;
  assign b_valid = answered;
  always_ff @(posedge clk) answered <= rst || !(bvalid & owner_valid) ? '0 : N'(1) << owner;

  // Whose the words are that come.
  wire          read_go, reader_ready, reader_valid;
  wire [IW-1:0] read_port, reader;
  ts_mem_turns #(.N(N)) reads (
      .clk, .rst, .base, .valid(ar_valid), .ready(ar_ready), .place(ar_place), .length(ar_length),
      .room(reader_ready), .axaddr(araddr), .axlen(arlen), .axvalid(arvalid), .axready(arready),
      .go(read_go), .port(read_port)
  );
  ts_fifo #(.W(IW), .DEPTH(64)) readers (
      .clk, .rst, .in_valid(read_go), .in_ready(reader_ready), .in_data(read_port),
      .out_valid(reader_valid), .out_ready(rvalid & rlast), .out_data(reader)
  );
  logic [  N-1:0] come;
  logic [B*8-1:0] data;
  assign rready  = 1'b1;
  assign r_valid = come;
  assign r_data  = data;
  always_ff @(posedge clk) begin
    data <= rdata;
    come <= rst || !(rvalid & reader_valid) ? '0 : N'(1) << reader;
  end

  logic [1:0] failed;
  assign error = failed;
  always_ff @(posedge clk) begin
    if (rst) failed <= '0;
    else failed <= failed | {bvalid & bresp[1], rvalid & rresp[1]};
  end
  wire unused = &{1'b0, bresp[0], rresp[0]};
endmodule
`default_nettype wire
