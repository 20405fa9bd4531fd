// Simple dual port memory. A word is read one enabled cycle after its address, with REGISTERED a
// second one (its own enable) later, which is the output register of a block RAM. What a read of
// the address being written returns is undefined.
`default_nettype none
module ts_ram #(
    parameter W = 8,
    parameter DEPTH = 512,
    parameter REGISTERED = 1,
    /* verilator lint_off UNUSEDPARAM */
    parameter STYLE = "auto",
    /* verilator lint_on UNUSEDPARAM */
    parameter AW = DEPTH > 1 ? $clog2(DEPTH) : 1
) (
    input  wire          clk,
    input  wire          wr_en,
    input  wire [AW-1:0] wr_addr,
    input  wire [ W-1:0] wr_data,
    input  wire          rd_en,
    input  wire [AW-1:0] rd_addr,
    input  wire          out_en,
    output wire [ W-1:0] rd_data
);
  (* ram_style = STYLE *)
  logic [W-1:0] mem[0:DEPTH-1];
  logic [W-1:0] latch;

  always_ff @(posedge clk) begin
    if (wr_en) mem[wr_addr] <= wr_data;
  end

  always_ff @(posedge clk) begin
    if (rd_en) latch <= mem[rd_addr];
  end

  if (REGISTERED != 0) begin : registered
    logic [W-1:0] data;
    always_ff @(posedge clk) begin
      if (out_en) data <= latch;
    end
    assign rd_data = data;
  end else begin : direct
    wire unused = out_en;
    assign rd_data = latch;
  end
endmodule
`default_nettype wire
