// Wires channels of one stream to one stream. Input k has Ck channels in Lk lanes of Bk bits,
// signed if Sk. A position leaves while the next is collected.
`default_nettype none
module ts_route1 #(
    parameter C0 = 4,
    parameter L0 = 2,
    parameter B0 = 8,
    parameter S0 = 0,
    parameter OUT_C = 4,
    parameter OUT_L = 2,
    parameter OUT_B = 8,
    parameter [OUT_C*16-1:0] MAP = '0
) (
    input  wire                   clk,
    input  wire                   rst,
    input  wire                   in0_valid,
    output wire                   in0_ready,
    input  wire [      L0*B0-1:0] in0_data,
    output wire                   out0_valid,
    input  wire                   out0_ready,
    output wire [OUT_L*OUT_B-1:0] out0_data
);
  localparam IN_C = C0;

  logic [0:0] valid;
  logic take;
  logic [C0*OUT_B-1:0] data0;

  ts_gather #(
      .C(C0),
      .L(L0),
      .B(B0),
      .S(S0),
      .OUT_B(OUT_B)
  ) gather0 (
      .clk,
      .rst,
      .in_valid(in0_valid),
      .in_ready(in0_ready),
      .in_data(in0_data),
      .pos_valid(valid[0]),
      .pos_take(take),
      .pos_data(data0)
  );

  ts_route_out #(
      .IN_C(IN_C),
      .OUT_C(OUT_C),
      .OUT_L(OUT_L),
      .B(OUT_B),
      .MAP(MAP)
  ) serialiser (
      .clk,
      .rst,
      .pos_valid(&valid),
      .pos_take(take),
      .pos_data(data0),
      .out_valid(out0_valid),
      .out_ready(out0_ready),
      .out_data(out0_data)
  );
endmodule
`default_nettype wire
