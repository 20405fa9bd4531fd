// Arithmetic shift right and saturation of LANES sums; combinational.
`default_nettype none
module ts_clamp #(
    parameter LANES = 1,
    parameter SUM_W = 32,
    parameter SHIFT = 8,
    parameter signed [31:0] LO = 0,
    parameter signed [31:0] HI = 255,
    parameter OUT_B = 8
) (
    input  wire [LANES*SUM_W-1:0] sums,
    output wire [LANES*OUT_B-1:0] codes
);
  // Wide enough for sums, bounds and codes alike.
  localparam XW = SUM_W > 34 ? SUM_W : 34;
  localparam signed [XW-1:0] LOW = XW'(LO);
  localparam signed [XW-1:0] HIGH = XW'(HI);
  localparam [OUT_B-1:0] LOW_CODE = OUT_B'(LO);
  localparam [OUT_B-1:0] HIGH_CODE = OUT_B'(HI);

  logic [LANES*OUT_B-1:0] clamped;

  function automatic [OUT_B-1:0] saturate(input signed [XW-1:0] code);
    saturate = code < LOW ? LOW_CODE : code > HIGH ? HIGH_CODE : OUT_B'(code);
  endfunction

  always_comb begin
    for (int l = 0; l < LANES; l = l + 1) begin
      clamped[l*OUT_B+:OUT_B] = saturate(XW'($signed(sums[l*SUM_W+:SUM_W])) >>> SHIFT);
    end
  end

  assign codes = clamped;
endmodule
`default_nettype wire
