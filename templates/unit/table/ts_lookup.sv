// One table with a registered output, two cycles after its address; both stand still without
// enable.
`default_nettype none
module ts_lookup #(
    parameter IN_B = 8,
    parameter OUT_B = 8,
    parameter BLOCK = 0,
    parameter FILE = ""
) (
    input  wire             clk,
    input  wire             enable,
    input  wire [ IN_B-1:0] code,
    output wire [OUT_B-1:0] entry
);
  logic [OUT_B-1:0] latch;
  logic [OUT_B-1:0] data;

  assign entry = data;

  if (BLOCK != 0) begin : block
    (* rom_style = "block" *)
    logic [OUT_B-1:0] rom[0:2**IN_B-1];
    if (FILE != "") begin : image
      initial $readmemh(FILE, rom);
    end
    always_ff @(posedge clk) if (enable) latch <= rom[code];
  end else begin : tables
    // The tools name the same thing differently.
`ifdef YOSYS
    (* rom_style = "logic" *)
`else
    (* rom_style = "distributed", romstyle = "logic" *)
`endif
    logic [OUT_B-1:0] rom[0:2**IN_B-1];
    if (FILE != "") begin : image
      initial $readmemh(FILE, rom);
    end
    always_ff @(posedge clk) if (enable) latch <= rom[code];
  end

  always_ff @(posedge clk) if (enable) data <= latch;
endmodule
`default_nettype wire
