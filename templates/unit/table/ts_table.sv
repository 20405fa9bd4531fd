// Looks every value up in a table; the bits of a code are its address. One memory per lane with a
// registered output. Latency 2.
`default_nettype none
module ts_table #(
    parameter LANES = 1,
    parameter IN_B = 8,
    parameter OUT_B = 8,
    /* verilator lint_off UNUSEDPARAM */
    parameter STYLE = "distributed",
    /* verilator lint_on UNUSEDPARAM */
    parameter FILE = "table.hex"
) (
    input  wire                   clk,
    input  wire                   rst,
    input  wire                   in0_valid,
    output wire                   in0_ready,
    input  wire [ LANES*IN_B-1:0] in0_data,
    output wire                   out0_valid,
    input  wire                   out0_ready,
    output wire [LANES*OUT_B-1:0] out0_data
);
  logic [LANES*IN_B-1:0] head;
  logic head_valid;
  logic enable;
  logic [1:0] valid;

  assign enable = !valid[1] | out0_ready;
  assign out0_valid = valid[1];

  ts_skid #(
      .W(LANES * IN_B)
  ) skid (
      .clk,
      .rst,
      .in_valid(in0_valid),
      .in_ready(in0_ready),
      .in_data(in0_data),
      .out_valid(head_valid),
      .out_ready(enable),
      .out_data(head)
  );

  always_ff @(posedge clk) begin
    if (rst) valid <= '0;
    else if (enable) valid <= {valid[0], head_valid};
  end

  for (genvar l = 0; l < LANES; l = l + 1) begin : lane
    (* rom_style = STYLE, ram_style = STYLE *)
    logic [OUT_B-1:0] rom[0:2**IN_B-1];
    logic [OUT_B-1:0] latch;
    logic [OUT_B-1:0] data;

    initial $readmemh(FILE, rom);
    assign out0_data[l*OUT_B+:OUT_B] = data;

    always_ff @(posedge clk) begin
      if (enable) begin
        latch <= rom[head[l*IN_B+:IN_B]];
        data  <= latch;
      end
    end
  end
endmodule
`default_nettype wire
