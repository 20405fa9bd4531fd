// Adds a constant to every lane; faults can be switched on.
`default_nettype none

module ts_test_offset #(
    parameter int LANES  = 1,
    parameter int BITS   = 8,
    parameter int OFFSET = 1,
    parameter int SLOW   = 0,  // idle cycles after every beat
    parameter int WRONG  = 0,  // beat whose lowest bit is flipped; 0: none
    parameter int STOP   = 0,  // beat after which nothing is taken; 0: never
    parameter int ENDLESS = 0,  // from then on beats leave for ever
    parameter int BYPASS = 0   // valid passes through within the cycle
) (
    input  wire                  clk,
    input  wire                  rst,
    input  wire                  in0_valid,
    output wire                  in0_ready,
    input  wire [LANES*BITS-1:0] in0_data,
    output wire                  out0_valid,
    input  wire                  out0_ready,
    output wire [LANES*BITS-1:0] out0_data
);

  logic full, stopped;
  logic [LANES*BITS-1:0] held;
  logic [31:0] count, idle;

  assign in0_ready  = !full && !stopped && idle == 0;
  assign out0_valid = full || (ENDLESS != 0 && stopped) || (BYPASS != 0 && in0_valid && in0_ready);
  assign out0_data  = held;

  always_ff @(posedge clk) begin
    if (idle != 0) idle <= idle - 1;
    if (out0_valid && out0_ready) full <= 1'b0;
    if (in0_valid && in0_ready) begin
      full <= 1'b1;
      idle <= SLOW;
      count <= count + 1;
      if (STOP != 0 && count == STOP) stopped <= 1'b1;
      for (int i = 0; i < LANES; i++) begin
        held[i*BITS +: BITS] <= in0_data[i*BITS +: BITS] + BITS'(OFFSET)
            + BITS'((WRONG != 0 && count == WRONG && i == LANES - 1) ? 1 : 0);
      end
    end
    if (rst) begin
      full <= 1'b0;
      stopped <= 1'b0;
      count <= '0;
      idle <= '0;
    end
  end

endmodule

`default_nettype wire
