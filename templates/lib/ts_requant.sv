// L requantisers, each shaped like one DSP (two if FW > 18): code = clamp(((acc >> PRE) * m + b) >> SHIFT). In the
// two-sided form m and b are the second pair where acc >> PRE is below a threshold.
// "acc" at cycle t goes with "scales" at t + 1 and "offsets" at t + 2; "codes" are at t + 5.
// A lane of scales is m (FW bits), then the other m and the threshold (26 bits); a lane of offsets
// b (48 bits), then the other b.
`default_nettype none
module ts_requant #(
    parameter L = 2,
    parameter ACC = 20,
    parameter PRE = 0,
    parameter SHIFT = 16,
    parameter LOW = 0,
    parameter HIGH = 255,
    parameter OB = 8,
    parameter FW = 18,
    parameter TWO_SIDED = 0,
    parameter MW = TWO_SIDED != 0 ? 2 * FW + 26 : FW,
    parameter BW = TWO_SIDED != 0 ? 96 : 48
) (
    input  wire             clk,
    input  wire [L*ACC-1:0] acc,
    input  wire [ L*MW-1:0] scales,
    input  wire [ L*BW-1:0] offsets,
    output wire [ L*OB-1:0] codes
);
  // No register is wider than its value: Yosys 0.23 loses the repeated sign bits of a register that
  // it takes into a DSP. The exact range of the product fits 48 bits.
  localparam AW = ACC - PRE < 25 ? ACC - PRE : 25;
  localparam PW = FW + AW > 48 ? 48 : FW + AW;
  logic [L*AW-1:0] shifted, operand;
  logic [L*FW-1:0] factor;
  logic [L*PW-1:0] product;
  logic [L*48-1:0] addend, sum;
  logic [   L-1:0] below;
  logic [L*OB-1:0] code;
  assign codes = code;

  always_ff @(posedge clk) begin
    for (int l = 0; l < L; l = l + 1) begin
      shifted[l*AW+:AW] <= acc[l*ACC+PRE+:AW];
    end
  end

  if (TWO_SIDED != 0) begin : two
    always_ff @(posedge clk) begin
      for (int l = 0; l < L; l = l + 1) begin
        logic is_below;
        is_below = 26'($signed(shifted[l*AW+:AW])) < $signed(scales[l*MW+2*FW+:26]);
        below[l] <= is_below;
        factor[l*FW+:FW] <= is_below ? scales[l*MW+FW+:FW] : scales[l*MW+:FW];
        addend[l*48+:48] <= below[l] ? offsets[l*BW+48+:48] : offsets[l*BW+:48];
      end
    end
  end else begin : one
    always_ff @(posedge clk) begin
      below  <= '0;
      factor <= scales;
      addend <= offsets;
    end
    wire unused = |below;
  end

  always_ff @(posedge clk) begin
    operand <= shifted;
    for (int l = 0; l < L; l = l + 1) begin
      product[l*PW+:PW] <= PW'($signed(operand[l*AW+:AW])) * PW'($signed(factor[l*FW+:FW]));
      sum[l*48+:48] <= 48'($signed(product[l*PW+:PW])) + addend[l*48+:48];
    end
  end

  localparam signed [47:0] LO48 = 48'(LOW);
  localparam signed [47:0] HI48 = 48'(HIGH);
  always_ff @(posedge clk) begin
    for (int l = 0; l < L; l = l + 1) begin
      logic signed [47:0] value;
      value = $signed(sum[l*48+:48]) >>> SHIFT;
      code[l*OB+:OB] <= value < LO48 ? OB'(LO48) : value > HI48 ? OB'(HI48) : OB'(value);
    end
  end
endmodule
`default_nettype wire
