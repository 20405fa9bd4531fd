// Looks every value up in a table; the bits of a code are its address. One memory per lane with a
// registered output. Latency 2.
`default_nettype none
module ts_table #(
    parameter LANES = 1,
    parameter IN_B = 8,
    parameter OUT_B = 8,
    parameter BLOCK = 0,
    parameter FILE = ""
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
    ts_lookup #(
        .IN_B (IN_B),
        .OUT_B(OUT_B),
        .BLOCK(BLOCK),
        .FILE (FILE)
    ) lookup (
        .clk,
        .enable,
        .code (head[l*IN_B+:IN_B]),
        .entry(out0_data[l*OUT_B+:OUT_B])
    );
  end
endmodule
`default_nettype wire
