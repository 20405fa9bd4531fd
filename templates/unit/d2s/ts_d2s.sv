// Depth to space by S. A whole position is written into S FIFOs at once, FIFO a taking the S * C
// values of phase row a; an output row is one FIFO read for the positions of a row. The words leave
// as PPC pixels or as OUT_L lanes per beat. RESIZABLE: sizes of the input frames arrive.
`default_nettype none
module ts_d2s #(
    parameter S = 2,
    parameter C = 3,
    parameter B = 8,
    parameter IN_L = 12,
    parameter OUT_L = 3,
    parameter PPC = 1,
    parameter WIDTH = 64,
    parameter HEIGHT = 48,
    parameter RESIZABLE = 0,
    parameter CRD = 0,
    parameter ULTRA = 0,
    parameter [S*32-1:0] DEPTHS = {S{32'd65}}
) (
    input  wire                   clk,
    input  wire                   rst,
    input  wire                   size_valid,
    output wire                   size_ready,
    input  wire [           31:0] size_data,
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
  localparam XW = $clog2(WIDTH + 1);
  localparam YW = $clog2(HEIGHT + 1);

  logic                         pos_valid;
  logic [        S*S*C*B-1:0]   position;
  logic [         S*WORD-1:0]   words;
  logic [         S*WORD-1:0]   heads;
  logic [              S-1:0]   ready;
  logic [              S-1:0]   valid;
  logic [              S-1:0]   row;
  logic [             XW-1:0]   left;
  logic [             YW-1:0]   rows;
  logic [           WORD-1:0]   head;
  logic                         head_valid;
  logic                         head_ready;
  logic                         pop;
  logic [S*PARTS*GRANULE-1:0]   granules;

  wire          sized, begins;
  wire [XW-1:0] head_columns, columns;
  wire [YW-1:0] head_rows;
  wire          row_last = left == XW'(1);
  wire          frame_last = row_last && row[S-1] && rows == YW'(1);
  ts_frame #(
      .RESIZABLE(RESIZABLE),
      .WIDTH(WIDTH),
      .HEIGHT(HEIGHT)
  ) frame (
      .clk,
      .rst,
      .in_valid(size_valid),
      .in_ready(size_ready),
      .in_columns(XW'(size_data[15:0])),
      .in_rows(YW'(size_data[31:16])),
      .next(pop & frame_last),
      .valid(sized),
      .load(begins),
      .head_columns,
      .head_rows,
      .columns
  );

  assign head_valid = |(valid & row) & sized;
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
        .DEPTH(DEPTHS[a*32+:32]),
        .ULTRA(ULTRA)
    ) fifo (
        .clk,
        .rst,
        .in_valid(pos_valid & (&ready)),
        .in_ready(ready[a]),
        .in_data(words[a*WORD+:WORD]),
        .out_valid(valid[a]),
        .out_ready(row[a] & head_ready & sized),
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
      row  <= S'(1);
      left <= XW'(WIDTH);
      rows <= YW'(HEIGHT);
    end else begin
      if (pop & row_last) row <= {row[S-2:0], row[S-1]};
      if (begins) begin
        left <= head_columns;
        rows <= head_rows;
      end else if (pop) begin
        left <= row_last ? columns : left - 1'b1;
        if (row_last & row[S-1]) rows <= rows - 1'b1;
      end
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
