// Collects the C channels of a position from beats of L lanes. The last beat is not stored: it is
// shown together with the stored ones until the position is taken, so that positions follow each
// other without a gap. Values are widened from B to OUT_B bits.
`default_nettype none
module ts_gather #(
    parameter C = 4,
    parameter L = 2,
    parameter B = 8,
    parameter S = 0,
    parameter OUT_B = 8
) (
    input  wire               clk,
    input  wire               rst,
    input  wire               in_valid,
    output wire               in_ready,
    input  wire [    L*B-1:0] in_data,
    output wire               pos_valid,
    input  wire               pos_take,
    output wire [C*OUT_B-1:0] pos_data
);
  localparam BEATS = (C + L - 1) / L;
  localparam LAST = (C - (BEATS - 1) * L) * B;

  logic           head_valid;
  logic           head_ready;
  logic [L*B-1:0] head_data;
  logic [C*B-1:0] position;

  ts_skid #(
      .W(L * B)
  ) skid (
      .clk,
      .rst,
      .in_valid,
      .in_ready,
      .in_data,
      .out_valid(head_valid),
      .out_ready(head_ready),
      .out_data (head_data)
  );

  if (BEATS == 1) begin : whole
    assign pos_valid  = head_valid;
    assign head_ready = pos_take;
    assign position   = head_data;
  end else begin : parts
    localparam KW = $clog2(BEATS);
    logic [            KW-1:0] beat;
    logic [(BEATS-1)*L*B-1:0] stored;
    logic                      last;

    assign last = beat == KW'(BEATS - 1);
    assign pos_valid = head_valid & last;
    assign head_ready = !last | pos_take;
    assign position = {head_data[LAST-1:0], stored};

    always_ff @(posedge clk) begin
      if (rst) beat <= '0;
      else if (head_valid & head_ready) beat <= last ? '0 : beat + 1'b1;
    end

    for (genvar b = 0; b < BEATS - 1; b = b + 1) begin : part
      always_ff @(posedge clk) begin
        if (head_valid && beat == KW'(b)) stored[b*L*B+:L*B] <= head_data;
      end
    end
    if (LAST < L * B) begin : partly
      wire unused = &head_data[L*B-1:LAST];
    end
  end

  if (OUT_B == B) begin : same
    assign pos_data = position;
  end else begin : widen
    logic [C*OUT_B-1:0] wide;
    always_comb begin
      for (int c = 0; c < C; c = c + 1) begin
        wide[c*OUT_B+:OUT_B] = {{(OUT_B - B) {S != 0 && position[c*B+B-1]}}, position[c*B+:B]};
      end
    end
    assign pos_data = wide;
  end
endmodule
`default_nettype wire
