// Read-only memory from a $readmemh image. A word is read one cycle after its address, with
// REGISTERED a second one later. BLOCK asks for block RAM, else it is made of look-up tables.
`default_nettype none
module ts_rom #(
    parameter W = 8,
    parameter DEPTH = 16,
    parameter FILE = "",
    parameter BLOCK = 0,
    parameter REGISTERED = 1,
    parameter AW = DEPTH > 1 ? $clog2(DEPTH) : 1
) (
    input  wire          clk,
    input  wire [AW-1:0] addr,
    output wire [ W-1:0] data
);
  logic [W-1:0] latch;

  if (BLOCK != 0) begin : block
    (* rom_style = "block" *)
    logic [W-1:0] mem[0:DEPTH-1];
    if (FILE != "") begin : image
      initial $readmemh(FILE, mem);
    end
    always_ff @(posedge clk) latch <= mem[addr];
  end else begin : tables
    // The tools name the same thing differently.
`ifdef YOSYS
    (* rom_style = "logic" *)
`else
    (* rom_style = "distributed", romstyle = "logic" *)
`endif
    logic [W-1:0] mem[0:DEPTH-1];
    if (FILE != "") begin : image
      initial $readmemh(FILE, mem);
    end
    always_ff @(posedge clk) latch <= mem[addr];
  end

  if (REGISTERED != 0) begin : registered
    logic [W-1:0] word;
    always_ff @(posedge clk) word <= latch;
    assign data = word;
  end else begin : direct
    assign data = latch;
  end
endmodule
`default_nettype wire
