// AXI4-Lite registers of the tables. Entry e of a bank lies at 8 * (bank << IW | e): first its multiplier,
// 18 bits, then its offset, 32 bits, whose write stores both; a write of less than a whole word is
// answered with SLVERR and changes nothing. Every read gives the layout:
// {banks[7:0], IW[7:0], entries[15:0]}.
`default_nettype none
module ts_norm_host #(
    parameter ENTRIES = 4,
    parameter BANKS = 2,
    parameter IW = 8,
    parameter BW = 1
) (
    input  wire             clk,
    input  wire             rst,
    input  wire [     31:0] awaddr,
    input  wire [      2:0] awprot,
    input  wire             awvalid,
    output wire             awready,
    input  wire [     31:0] wdata,
    input  wire [      3:0] wstrb,
    input  wire             wvalid,
    output wire             wready,
    output wire [      1:0] bresp,
    output wire             bvalid,
    input  wire             bready,
    input  wire [     31:0] araddr,
    input  wire [      2:0] arprot,
    input  wire             arvalid,
    output wire             arready,
    output wire [     31:0] rdata,
    output wire [      1:0] rresp,
    output wire             rvalid,
    input  wire             rready,
    output wire             write,
    output wire [BW+IW-1:0] address,
    output wire [     49:0] entry
);
  // Address and data are taken together, one write at a time.
  logic             take;
  logic             answer;
  logic             stored;
  logic             partial;
  logic [     17:0] multiplier;
  logic [BW+IW-1:0] place;
  logic [     49:0] both;
  assign awready = take;
  assign wready  = take;
  assign bresp   = {partial, 1'b0};
  assign bvalid  = answer;
  assign write   = stored;
  assign address = place;
  assign entry   = both;
  always_ff @(posedge clk) begin
    place <= awaddr[3+:BW+IW];
    both  <= {wdata, multiplier};
    if (take) partial <= !(&wstrb);
    if (take && !awaddr[2] && &wstrb) multiplier <= wdata[17:0];
    if (rst) begin
      take   <= 1'b0;
      answer <= 1'b0;
      stored <= 1'b0;
    end else begin
      take   <= awvalid & wvalid & !take & !answer;
      stored <= take & awaddr[2] & (&wstrb);
      if (take) answer <= 1'b1;
      else if (bready) answer <= 1'b0;
    end
  end

  logic given;
  assign arready = !given;
  assign rdata   = {8'(BANKS), 8'(IW), 16'(ENTRIES)};
  assign rresp   = 2'b00;
  assign rvalid  = given;
  always_ff @(posedge clk) begin
    if (rst) given <= 1'b0;
    else if (given) given <= !rready;
    else given <= arvalid;
  end
  wire unused = &{1'b0, awaddr, araddr, awprot, arprot};
endmodule
`default_nettype wire
