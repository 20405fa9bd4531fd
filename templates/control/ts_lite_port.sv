// AXI4-Lite port of a register map: one transaction at a time, writes and reads in turn where both wait.
// "write" or "read" marks a request, whose address and data stay until "answer" comes with what is read and
// whether there is such a register. "whole": all bytes of the word are written.
`default_nettype none
module ts_lite_port #(
    parameter AW = 12
) (
    input  wire          clk,
    input  wire          rst,
    input  wire [  31:0] awaddr,
    input  wire [   2:0] awprot,
    input  wire          awvalid,
    output wire          awready,
    input  wire [  31:0] wdata,
    input  wire [   3:0] wstrb,
    input  wire          wvalid,
    output wire          wready,
    output wire [   1:0] bresp,
    output wire          bvalid,
    input  wire          bready,
    input  wire [  31:0] araddr,
    input  wire [   2:0] arprot,
    input  wire          arvalid,
    output wire          arready,
    output wire [  31:0] rdata,
    output wire [   1:0] rresp,
    output wire          rvalid,
    input  wire          rready,
    output wire          write,
    output wire          read,
    output wire          whole,
    output wire [AW-1:0] address,
    output wire [  31:0] data,
    input  wire          answer,
    input  wire          answer_error,
    input  wire [  31:0] answer_data
);
  logic take_write, take_read;  // the handshakes, one cycle
  logic busy, wrote, done_write, done_read, failed, full, asks_write, asks_read;
  logic [AW-1:0] place;
  logic [31:0] given, found;
  wire free = !busy & !take_write & !take_read;
  wire wants_write = awvalid & wvalid;
  assign awready = take_write;
  assign wready  = take_write;
  assign arready = take_read;
  assign bvalid  = done_write;
  assign rvalid  = done_read;
  assign bresp   = {failed, 1'b0};
  assign rresp   = {failed, 1'b0};
  assign rdata   = found;
  assign write   = asks_write;
  assign read    = asks_read;
  assign whole   = full;
  assign address = place;
  assign data    = given;
  wire over = (done_write & bready) | (done_read & rready);
  always_ff @(posedge clk) begin
    if (rst) begin
      take_write <= 1'b0;
      take_read <= 1'b0;
      asks_write <= 1'b0;
      asks_read <= 1'b0;
      busy <= 1'b0;
      wrote <= 1'b0;
      done_write <= 1'b0;
      done_read <= 1'b0;
    end else begin
      take_write <= free & wants_write & !(wrote & arvalid);
      take_read <= free & arvalid & (wrote | !wants_write);
      asks_write <= take_write;
      asks_read <= take_read;
      if (take_write | take_read) begin
        busy  <= 1'b1;
        wrote <= take_write;
      end else if (over) begin
        busy <= 1'b0;
      end
      if (answer) begin
        done_write <= wrote;
        done_read  <= !wrote;
      end else if (over) begin
        done_write <= 1'b0;
        done_read  <= 1'b0;
      end
    end
    if (take_write) begin
      place <= awaddr[AW-1:0];
      given <= wdata;
      full  <= &wstrb;
    end
    if (take_read) place <= araddr[AW-1:0];
    if (answer) begin
      failed <= answer_error;
      found  <= answer_data;
    end
  end
  wire unused = &{1'b0, awaddr, araddr, awprot, arprot};
endmodule
`default_nettype wire
