// Stands between a master and the memory, so that the master can be reset while its bursts are under way. With
// "stop" no new burst passes; words that come are dropped, words that are owed are sent without a strobe, and
// responses are taken, until nothing is under way: "idle". What was offered to the memory stays offered. A word is
// sent only behind its address. Every burst and word is counted here, where none is lost by a reset.
`default_nettype none
module ts_axi_fence #(
    parameter B = 16,
    parameter DEPTH = 32
) (
    input  wire           clk,
    input  wire           rst,
    input  wire           stop,
    output wire           idle,
    output wire           read_word,
    output wire           read_error,
    output wire           written_word,
    output wire           write_error,
    input  wire [   63:0] in_araddr,
    input  wire [    7:0] in_arlen,
    input  wire           in_arvalid,
    output wire           in_arready,
    output wire [B*8-1:0] in_rdata,
    output wire [    1:0] in_rresp,
    output wire           in_rlast,
    output wire           in_rvalid,
    input  wire           in_rready,
    input  wire [   63:0] in_awaddr,
    input  wire [    7:0] in_awlen,
    input  wire           in_awvalid,
    output wire           in_awready,
    input  wire [B*8-1:0] in_wdata,
    input  wire [  B-1:0] in_wstrb,
    input  wire           in_wlast,
    input  wire           in_wvalid,
    output wire           in_wready,
    output wire [    1:0] in_bresp,
    output wire           in_bvalid,
    input  wire           in_bready,
    output wire [   63:0] araddr,
    output wire [    7:0] arlen,
    output wire           arvalid,
    input  wire           arready,
    input  wire [B*8-1:0] rdata,
    input  wire [    1:0] rresp,
    input  wire           rlast,
    input  wire           rvalid,
    output wire           rready,
    output wire [   63:0] awaddr,
    output wire [    7:0] awlen,
    output wire           awvalid,
    input  wire           awready,
    output wire [B*8-1:0] wdata,
    output wire [  B-1:0] wstrb,
    output wire           wlast,
    output wire           wvalid,
    input  wire           wready,
    input  wire [    1:0] bresp,
    input  wire           bvalid,
    output wire           bready
);
  // Bursts that were let in and have not ended.
  wire  reads, writes, read_room, write_room, ar_free, aw_free;
  logic none;
  assign idle = none;
  ts_axi_open #(.DEPTH(DEPTH)) open_reads (
      .clk, .rst, .begins(in_arvalid & in_arready), .ends(rvalid & rready & rlast), .room(read_room),
      .any(reads)
  );
  ts_axi_open #(.DEPTH(DEPTH)) open_writes (
      .clk, .rst, .begins(in_awvalid & in_awready), .ends(bvalid & bready), .room(write_room),
      .any(writes)
  );
  always_ff @(posedge clk) none <= !rst & !reads & !writes & stop;

  wire read_passes = read_room & !stop;
  wire write_passes = write_room & !stop;
  assign in_arready = ar_free & read_passes;
  assign in_awready = aw_free & write_passes;
  ts_slice #(.W(72)) ar (
      .clk, .rst, .in_valid(in_arvalid & read_passes), .in_ready(ar_free), .in_data({in_arlen, in_araddr}),
      .out_valid(arvalid), .out_ready(arready), .out_data({arlen, araddr})
  );
  ts_slice #(.W(72)) aw (
      .clk, .rst, .in_valid(in_awvalid & write_passes), .in_ready(aw_free),
      .in_data({in_awlen, in_awaddr}), .out_valid(awvalid), .out_ready(awready),
      .out_data({awlen, awaddr})
  );

  assign rready = in_rready | stop;
  assign in_rvalid = rvalid & !stop;
  assign {in_rdata, in_rresp, in_rlast} = {rdata, rresp, rlast};
  assign bready = in_bready | stop;
  assign in_bvalid = bvalid & !stop;
  assign in_bresp = bresp;

  // Words of the bursts whose addresses the memory has.
  wire        owed, w_free, unused_room;
  wire  [7:0] length;
  logic [7:0] word;
  wire        word_last = word == length;
  wire        word_given = owed & (in_wvalid | stop);
  wire        word_goes = word_given & w_free;
  assign in_wready = owed & w_free & !stop;
  ts_fifo #(.W(8), .DEPTH(DEPTH), .BLOCK(0)) lengths (
      .clk, .rst, .in_valid(awvalid & awready), .in_ready(unused_room), .in_data(awlen),
      .out_valid(owed), .out_ready(word_goes & word_last), .out_data(length)
  );
  ts_slice #(.W(B * 9 + 1)) w (
      .clk, .rst, .in_valid(word_given), .in_ready(w_free),
      .in_data({word_last, stop ? B'(0) : in_wstrb, in_wdata}), .out_valid(wvalid),
      .out_ready(wready), .out_data({wlast, wstrb, wdata})
  );
  always_ff @(posedge clk) begin
    if (rst) word <= '0;
    else if (word_goes) word <= word_last ? '0 : word + 8'd1;
  end
  wire unused = &{1'b0, in_wlast, unused_room};

  logic [3:0] events;
  assign {read_word, read_error, written_word, write_error} = events;
  always_ff @(posedge clk) begin
    events <= {
      rvalid & rready, rvalid & rready & rresp[1], wvalid & wready, bvalid & bready & bresp[1]
    };
  end
endmodule
`default_nettype wire
