// Serialises positions of IN_C collected channels: output channel i is channel MAP[i] (16 bits
// each) of the position.
`default_nettype none
module ts_route_out #(
    parameter IN_C = 4,
    parameter OUT_C = 4,
    parameter OUT_L = 2,
    parameter B = 8,
    parameter [OUT_C*16-1:0] MAP = '0
) (
    input  wire               clk,
    input  wire               rst,
    input  wire               pos_valid,
    output wire               pos_take,
    input  wire [ IN_C*B-1:0] pos_data,
    output wire               out_valid,
    input  wire               out_ready,
    output wire [OUT_L*B-1:0] out_data
);
  localparam BEATS = (OUT_C + OUT_L - 1) / OUT_L;

  logic [BEATS*OUT_L*B-1:0] mapped;
  logic                     room;

  assign pos_take = pos_valid & room;

  // Generated, not looped over: simulators see plain wires, however many channels there are.
  for (genvar i = 0; i < OUT_C; i = i + 1) begin : channel
    localparam [15:0] FROM = MAP[i*16+:16];
    assign mapped[i*B+:B] = pos_data[FROM*B+:B];
  end
  wire unused = &pos_data;  // channels that nobody selects
  if (OUT_C < BEATS * OUT_L) begin : partly
    assign mapped[BEATS*OUT_L*B-1:OUT_C*B] = '0;
  end

  ts_gear #(
      .W  (OUT_L * B),
      .IN (BEATS),
      .OUT(1)
  ) gear (
      .clk,
      .rst,
      .in_valid(pos_valid),
      .in_ready(room),
      .in_data(mapped),
      .out_valid,
      .out_ready,
      .out_data
  );
endmodule
`default_nettype wire
