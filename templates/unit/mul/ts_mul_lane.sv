// One product of ts_mul: registers for codes, operands and product. The zeros arrive with the codes'
// registers; latency 3 with enable.
`default_nettype none
module ts_mul_lane #(
    parameter B0 = 8,
    parameter S0 = 0,
    parameter B1 = 8,
    parameter S1 = 0,
    parameter Z0_W = 9,
    parameter Z1_W = 9,
    parameter X0_W = 9,
    parameter X1_W = 9,
    parameter P_W = 18
) (
    input  wire            clk,
    input  wire            enable,
    input  wire [  B0-1:0] left,
    input  wire [  B1-1:0] right,
    input  wire [Z0_W-1:0] zero0,
    input  wire [Z1_W-1:0] zero1,
    output wire [ P_W-1:0] product
);
  // Differences are taken modulo a width that holds codes, zeros and differences alike.
  localparam W0 = (X0_W > Z0_W ? X0_W : Z0_W) > B0 ? (X0_W > Z0_W ? X0_W : Z0_W) : B0 + 1;
  localparam W1 = (X1_W > Z1_W ? X1_W : Z1_W) > B1 ? (X1_W > Z1_W ? X1_W : Z1_W) : B1 + 1;

  logic [B0-1:0] code0;
  logic [B1-1:0] code1;
  logic [X0_W-1:0] x0;
  logic [X1_W-1:0] x1;
  logic signed [P_W-1:0] p;

  wire signed [W0-1:0] wide0 = S0 != 0 ? W0'($signed(code0)) : W0'(code0);
  wire signed [W1-1:0] wide1 = S1 != 0 ? W1'($signed(code1)) : W1'(code1);

  assign product = p;

  always_ff @(posedge clk) begin
    if (enable) begin
      code0 <= left;
      code1 <= right;
      x0    <= X0_W'(wide0 - W0'($signed(zero0)));
      x1    <= X1_W'(wide1 - W1'($signed(zero1)));
      p     <= P_W'($signed(x0)) * P_W'($signed(x1));
    end
  end
endmodule
`default_nettype wire
