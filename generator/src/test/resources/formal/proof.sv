// What every stream cell promises. The data sent are sequence numbers, so that a beat that is lost,
// doubled or out of order shows up as a wrong number.
`default_nettype none
module proof #(
    parameter W = 3,
    parameter IN = 1,
    parameter OUT = 1,
    parameter N = 1,
    parameter CAPACITY = 2,
    parameter LATENCY = 1,
    parameter FULL_RATE = 1
) (
    input wire clk,
    input wire rst,
    input wire in_valid,
    input wire [N-1:0] out_ready
);
  reg first = 1'b1;
  reg [W-1:0] sent;
  reg waited;
  reg free;
  wire in_ready;
  wire [IN*W-1:0] in_data;
  wire [N-1:0] out_valid;
  wire [N*OUT*W-1:0] out_data;
  wire [N-1:0] empty;

  for (genvar i = 0; i < IN; i = i + 1) begin : number
    assign in_data[i*W+:W] = sent + i;
  end

  CELL

  // One reset, then none; a sender that has offered a beat does not withdraw it.
  always @* assume (rst == first);
  always @* if (!rst && waited) assume (in_valid);

  always @(posedge clk) begin
    first  <= 1'b0;
    waited <= !rst && in_valid && !in_ready;
    free   <= rst ? 1'b1 : free & (&out_ready);
    if (rst) sent <= '0;
    else if (in_valid && in_ready) sent <= sent + IN;
    if (!rst && FULL_RATE && free) assert (in_ready);
    if (!rst && &empty) assert (in_ready);
    cover (!rst && !in_ready);
  end

  for (genvar k = 0; k < N; k = k + 1) begin : reader
    reg [W-1:0] got;
    reg [OUT*W-1:0] shown;
    reg stalled;
    reg [3:0] late;
    wire [W-1:0] level = sent - got;
    wire [OUT*W-1:0] now = out_data[k*OUT*W+:OUT*W];

    assign empty[k] = level == 0 && late == 0;

    always @(posedge clk) begin
      stalled <= !rst && out_valid[k] && !out_ready[k];
      shown   <= now;
      // A reader may have to wait for the others.
      late    <= rst || |out_valid || level < OUT ? 4'd0 : late + 4'd1;
      if (rst) got <= '0;
      else if (out_valid[k] && out_ready[k]) got <= got + OUT;
      if (!rst) begin
        assert (level <= CAPACITY);
        assert (late < LATENCY);
        if (stalled) assert (out_valid[k] && now == shown);
        cover (level == CAPACITY);
      end
    end

    for (genvar i = 0; i < OUT; i = i + 1) begin : granule
      always @(posedge clk)
        if (!rst && out_valid[k]) assert (now[i*W+:W] == got + i && level > i);
    end
  end
endmodule
`default_nettype wire
