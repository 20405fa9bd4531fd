// Wires channels of 7 streams to one stream. Input k has Ck channels in Lk lanes of Bk bits,
// signed if Sk. A position leaves while the next is collected.
`default_nettype none
module ts_route7 #(
    parameter C0 = 4,
    parameter L0 = 2,
    parameter B0 = 8,
    parameter S0 = 0,
    parameter C1 = 4,
    parameter L1 = 2,
    parameter B1 = 8,
    parameter S1 = 0,
    parameter C2 = 4,
    parameter L2 = 2,
    parameter B2 = 8,
    parameter S2 = 0,
    parameter C3 = 4,
    parameter L3 = 2,
    parameter B3 = 8,
    parameter S3 = 0,
    parameter C4 = 4,
    parameter L4 = 2,
    parameter B4 = 8,
    parameter S4 = 0,
    parameter C5 = 4,
    parameter L5 = 2,
    parameter B5 = 8,
    parameter S5 = 0,
    parameter C6 = 4,
    parameter L6 = 2,
    parameter B6 = 8,
    parameter S6 = 0,
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
    input  wire                   in1_valid,
    output wire                   in1_ready,
    input  wire [      L1*B1-1:0] in1_data,
    input  wire                   in2_valid,
    output wire                   in2_ready,
    input  wire [      L2*B2-1:0] in2_data,
    input  wire                   in3_valid,
    output wire                   in3_ready,
    input  wire [      L3*B3-1:0] in3_data,
    input  wire                   in4_valid,
    output wire                   in4_ready,
    input  wire [      L4*B4-1:0] in4_data,
    input  wire                   in5_valid,
    output wire                   in5_ready,
    input  wire [      L5*B5-1:0] in5_data,
    input  wire                   in6_valid,
    output wire                   in6_ready,
    input  wire [      L6*B6-1:0] in6_data,
    output wire                   out0_valid,
    input  wire                   out0_ready,
    output wire [OUT_L*OUT_B-1:0] out0_data
);
  localparam IN_C = C0 + C1 + C2 + C3 + C4 + C5 + C6;

  logic [6:0] valid;
  logic take;
  logic [C0*OUT_B-1:0] data0;
  logic [C1*OUT_B-1:0] data1;
  logic [C2*OUT_B-1:0] data2;
  logic [C3*OUT_B-1:0] data3;
  logic [C4*OUT_B-1:0] data4;
  logic [C5*OUT_B-1:0] data5;
  logic [C6*OUT_B-1:0] data6;

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

  ts_gather #(
      .C(C1),
      .L(L1),
      .B(B1),
      .S(S1),
      .OUT_B(OUT_B)
  ) gather1 (
      .clk,
      .rst,
      .in_valid(in1_valid),
      .in_ready(in1_ready),
      .in_data(in1_data),
      .pos_valid(valid[1]),
      .pos_take(take),
      .pos_data(data1)
  );

  ts_gather #(
      .C(C2),
      .L(L2),
      .B(B2),
      .S(S2),
      .OUT_B(OUT_B)
  ) gather2 (
      .clk,
      .rst,
      .in_valid(in2_valid),
      .in_ready(in2_ready),
      .in_data(in2_data),
      .pos_valid(valid[2]),
      .pos_take(take),
      .pos_data(data2)
  );

  ts_gather #(
      .C(C3),
      .L(L3),
      .B(B3),
      .S(S3),
      .OUT_B(OUT_B)
  ) gather3 (
      .clk,
      .rst,
      .in_valid(in3_valid),
      .in_ready(in3_ready),
      .in_data(in3_data),
      .pos_valid(valid[3]),
      .pos_take(take),
      .pos_data(data3)
  );

  ts_gather #(
      .C(C4),
      .L(L4),
      .B(B4),
      .S(S4),
      .OUT_B(OUT_B)
  ) gather4 (
      .clk,
      .rst,
      .in_valid(in4_valid),
      .in_ready(in4_ready),
      .in_data(in4_data),
      .pos_valid(valid[4]),
      .pos_take(take),
      .pos_data(data4)
  );

  ts_gather #(
      .C(C5),
      .L(L5),
      .B(B5),
      .S(S5),
      .OUT_B(OUT_B)
  ) gather5 (
      .clk,
      .rst,
      .in_valid(in5_valid),
      .in_ready(in5_ready),
      .in_data(in5_data),
      .pos_valid(valid[5]),
      .pos_take(take),
      .pos_data(data5)
  );

  ts_gather #(
      .C(C6),
      .L(L6),
      .B(B6),
      .S(S6),
      .OUT_B(OUT_B)
  ) gather6 (
      .clk,
      .rst,
      .in_valid(in6_valid),
      .in_ready(in6_ready),
      .in_data(in6_data),
      .pos_valid(valid[6]),
      .pos_take(take),
      .pos_data(data6)
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
      .pos_data({data6, data5, data4, data3, data2, data1, data0}),
      .out_valid(out0_valid),
      .out_ready(out0_ready),
      .out_data(out0_data)
  );
endmodule
`default_nettype wire
