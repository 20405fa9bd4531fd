// Read-only memory from a $readmemh image. A word is read one cycle after its address, with
// REGISTERED a second one later. STYLE is the vendor's attribute: "distributed" or "block".
`default_nettype none
module ts_rom #(
    parameter W = 8,
    parameter DEPTH = 16,
    parameter FILE = "",
    /* verilator lint_off UNUSEDPARAM */
    parameter STYLE = "distributed",
    /* verilator lint_on UNUSEDPARAM */
    parameter REGISTERED = 1,
    parameter AW = DEPTH > 1 ? $clog2(DEPTH) : 1
) (
    input  wire          clk,
    input  wire [AW-1:0] addr,
    output wire [ W-1:0] data
);
  (* rom_style = STYLE, ram_style = STYLE *)
  logic [W-1:0] mem[0:DEPTH-1];
  if (FILE != "") begin : image
    initial $readmemh(FILE, mem);
  end

  logic [W-1:0] latch;
  always_ff @(posedge clk) latch <= mem[addr];

  if (REGISTERED != 0) begin : registered
    logic [W-1:0] word;
    always_ff @(posedge clk) word <= latch;
    assign data = word;
  end else begin : direct
    assign data = latch;
  end
endmodule
`default_nettype wire
