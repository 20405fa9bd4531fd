// Depth to space by S. A whole position is written into S FIFOs at once, FIFO a taking the S * C
// values of phase row a; an output row is one FIFO read for WIDTH positions. The words leave as
// PPC pixels or as OUT_L lanes per beat.
`default_nettype none
module ts_d2s #(
    parameter S = 2,
    parameter C = 3,
    parameter B = 8,
    parameter IN_L = 12,
    parameter OUT_L = 3,
    parameter PPC = 1,
    parameter WIDTH = 64,
    parameter CRD = 0,
    parameter [S*32-1:0] DEPTHS = {S{32'd65}}
) (
    input  wire                   clk,
    input  wire                   rst,
    input  wire                   in0_valid,
    output wire                   in0_ready,
    input  wire [     IN_L*B-1:0] in0_data,
    output wire                   out0_valid,
    input  wire                   out0_ready,
    output wire [PPC*OUT_L*B-1:0] out0_data
);
  localparam WORD = S * C * B;
  localparam PARTS = (C + OUT_L - 1) / OUT_L;
  localparam GRANULE = OUT_L * B;
  localparam XW = WIDTH > 1 ? $clog2(WIDTH) : 1;

  logic                         pos_valid;
  logic [        S*S*C*B-1:0]   position;
  logic [         S*WORD-1:0]   words;
  logic [         S*WORD-1:0]   heads;
  logic [              S-1:0]   ready;
  logic [              S-1:0]   valid;
  logic [              S-1:0]   row;
  logic [             XW-1:0]   column;
  logic [           WORD-1:0]   head;
  logic                         head_valid;
  logic                         head_ready;
  logic                         pop;
  logic [S*PARTS*GRANULE-1:0]   granules;

  assign head_valid = |(valid & row);
  assign pop = head_valid & head_ready;

  ts_gather #(
      .C(S * S * C),
      .L(IN_L),
      .B(B),
      .S(0),
      .OUT_B(B)
  ) gather (
      .clk,
      .rst,
      .in_valid(in0_valid),
      .in_ready(in0_ready),
      .in_data(in0_data),
      .pos_valid,
      .pos_take(&ready),
      .pos_data(position)
  );

  always_comb begin
    for (int a = 0; a < S; a = a + 1) begin
      for (int b = 0; b < S; b = b + 1) begin
        for (int c = 0; c < C; c = c + 1) begin
          words[((a*S+b)*C+c)*B+:B] =
              position[(CRD != 0 ? (c * S + a) * S + b : (a * S + b) * C + c) * B+:B];
        end
      end
    end
  end

  for (genvar a = 0; a < S; a = a + 1) begin : phase
    ts_fifo #(
        .W(WORD),
        .DEPTH(DEPTHS[a*32+:32])
    ) fifo (
        .clk,
        .rst,
        .in_valid(pos_valid & (&ready)),
        .in_ready(ready[a]),
        .in_data(words[a*WORD+:WORD]),
        .out_valid(valid[a]),
        .out_ready(row[a] & head_ready),
        .out_data(heads[a*WORD+:WORD])
    );
  end

  // The phase row is one-hot: it gates the words of its FIFO.
  always_comb begin
    head = '0;
    for (int a = 0; a < S; a = a + 1) begin
      head = head | (heads[a*WORD+:WORD] & {WORD{row[a]}});
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      row <= S'(1);
      column <= '0;
    end else if (pop) begin
      column <= column == XW'(WIDTH - 1) ? '0 : column + 1'b1;
      if (column == XW'(WIDTH - 1)) row <= {row[S-2:0], row[S-1]};
    end
  end

  always_comb begin
    granules = '0;
    for (int b = 0; b < S; b = b + 1) begin
      granules[b*PARTS*GRANULE+:C*B] = head[b*C*B+:C*B];
    end
  end

  ts_gear #(
      .W  (GRANULE),
      .IN (S * PARTS),
      .OUT(PPC)
  ) gear (
      .clk,
      .rst,
      .in_valid(head_valid),
      .in_ready(head_ready),
      .in_data(granules),
      .out_valid(out0_valid),
      .out_ready(out0_ready),
      .out_data(out0_data)
  );
endmodule
`default_nettype wire
