// A part of a register map that lies behind another AXI4-Lite port: asks that on a request, unless it is
// "blocked", such as by a reset, and answers with what it says.
`default_nettype none
module ts_lite_window #(
    parameter AW = 12
) (
    input  wire          clk,
    input  wire          rst,
    input  wire          blocked,
    input  wire          write,
    input  wire          read,
    input  wire          whole,
    input  wire [AW-1:0] address,
    input  wire [  31:0] data,
    output wire          answer,
    output wire          answer_error,
    output wire [  31:0] answer_data,
    output wire [  31:0] awaddr,
    output wire [   2:0] awprot,
    output wire          awvalid,
    input  wire          awready,
    output wire [  31:0] wdata,
    output wire [   3:0] wstrb,
    output wire          wvalid,
    input  wire          wready,
    input  wire [   1:0] bresp,
    input  wire          bvalid,
    output wire          bready,
    output wire [  31:0] araddr,
    output wire [   2:0] arprot,
    output wire          arvalid,
    input  wire          arready,
    input  wire [  31:0] rdata,
    input  wire [   1:0] rresp,
    input  wire          rvalid,
    output wire          rready
);
  logic aw_open, w_open, ar_open, waits_b, waits_r, done, failed;
  logic [31:0] found;
  assign awaddr  = 32'(address);
  assign araddr  = 32'(address);
  assign awprot  = 3'b000;
  assign arprot  = 3'b000;
  assign wdata   = data;
  assign wstrb   = {4{whole}};
  assign awvalid = aw_open;
  assign wvalid  = w_open;
  assign arvalid = ar_open;
  assign bready  = waits_b;
  assign rready  = waits_r;
  assign answer  = done;
  assign answer_error = failed;
  assign answer_data  = found;
  always_ff @(posedge clk) begin
    if (rst) begin
      aw_open <= 1'b0;
      w_open  <= 1'b0;
      ar_open <= 1'b0;
      waits_b <= 1'b0;
      waits_r <= 1'b0;
      done    <= 1'b0;
    end else begin
      if (write & !blocked) aw_open <= 1'b1;
      else if (awready) aw_open <= 1'b0;
      if (write & !blocked) w_open <= 1'b1;
      else if (wready) w_open <= 1'b0;
      if (read & !blocked) ar_open <= 1'b1;
      else if (arready) ar_open <= 1'b0;
      if (write & !blocked) waits_b <= 1'b1;
      else if (bvalid) waits_b <= 1'b0;
      if (read & !blocked) waits_r <= 1'b1;
      else if (rvalid) waits_r <= 1'b0;
      done <= ((write | read) & blocked) | (waits_b & bvalid) | (waits_r & rvalid);
    end
    found  <= rdata;
    failed <= waits_b ? bresp[1] : waits_r ? rresp[1] : 1'b1;
  end
  wire unused = &{1'b0, bresp[0], rresp[0]};
endmodule
`default_nettype wire
