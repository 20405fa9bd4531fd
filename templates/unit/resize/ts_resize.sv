// Resizes a map, nearest or LINEAR, by any factors of 1 or more: rows are written into slots while
// those before are read as often as the larger map needs them. Sums go through a requantiser; with
// PLAIN, codes leave as they are. RESIZABLE: sizes of the frames arrive. With MADE_X frames are tiles
// of a larger one.
`default_nettype none
module ts_resize #(
    parameter WIDTH = 8,
    parameter HEIGHT = 8,
    parameter OUT_W = 16,
    parameter OUT_H = 16,
    parameter LANES = 1,
    parameter BEATS = 1,
    parameter B = 8,
    parameter S = 0,
    parameter LINEAR = 1,
    parameter SLOTS = 4,
    parameter BITS = 8,
    parameter FACTOR_X = 2,
    parameter FACTOR_Y = 2,
    parameter LENGTH_X = 3,
    parameter LENGTH_Y = 3,
    parameter LEAD_X = 1,
    parameter LEAD_Y = 1,
    parameter FILE_X = "",
    parameter FILE_Y = "",
    parameter TILES_X = 1,
    parameter TILES_Y = 1,
    parameter [TILES_X*32-1:0] STARTS_X = '0,
    parameter [TILES_Y*32-1:0] STARTS_Y = '0,
    parameter [TILES_X*32-1:0] MADE_X = '0,
    parameter [TILES_Y*32-1:0] MADE_Y = '0,
    parameter RESIZABLE = 0,
    parameter PLAIN = 0,
    parameter OUT_B = 8,
    parameter PRE = 0,
    parameter A_W = 25,
    parameter M_W = 18,
    parameter OFF_W = 32,
    parameter SUM_W = 48,
    parameter TWO_SIDED = 0,
    parameter SHIFT = 8,
    parameter signed [31:0] LO = 0,
    parameter signed [31:0] HI = 255,
    parameter FILE = ""
) (
    input  wire                   clk,
    input  wire                   rst,
    input  wire                   size_valid,
    output wire                   size_ready,
    input  wire [           31:0] size_data,
    input  wire                   in0_valid,
    output wire                   in0_ready,
    input  wire [    LANES*B-1:0] in0_data,
    output wire                   out0_valid,
    input  wire                   out0_ready,
    output wire [LANES*OUT_B-1:0] out0_data
);
  localparam W = LANES * B;
  localparam SW = $clog2(SLOTS);
  localparam DEPTH = (LINEAR != 0 ? (WIDTH + 1) / 2 : WIDTH) * BEATS;
  localparam AW = DEPTH > 1 ? $clog2(DEPTH) : 1;
  localparam WEIGHT_W = BITS + 1;
  localparam SUMS = LINEAR != 0 ? 9 : 2;
  localparam LATENCY = SUMS + (PLAIN != 0 ? 0 : 5);
  localparam ACC_W = LINEAR != 0 ? (S != 0 ? B : B + 1) + 2 * BITS : B;

  wire write_sized, read_sized;
  assign size_ready = write_sized & read_sized;

  logic [LATENCY-1:0] valid;
  wire enable = !valid[LATENCY-1] | out0_ready;
  wire step;
  assign out0_valid = valid[LATENCY-1];
  always_ff @(posedge clk) begin
    if (rst) valid <= '0;
    else if (enable) valid <= {valid[LATENCY-2:0], step};
  end

  wire head_valid, take, release_row, wr_en, wr_odd, complete, rd_odd;
  wire [W-1:0] head, wr_data;
  wire [SW-1:0] wr_slot, rd_slot;
  wire [AW-1:0] wr_place, even_place, odd_place;
  wire [WEIGHT_W-1:0] weight_x, weight_y;

  ts_skid #(
      .W(W)
  ) skid (
      .clk, .rst, .in_valid(in0_valid), .in_ready(in0_ready), .in_data(in0_data),
      .out_valid(head_valid), .out_ready(take), .out_data(head)
  );

  ts_resize_write #(
      .WIDTH(WIDTH), .HEIGHT(HEIGHT), .BEATS(BEATS), .W(W), .LINEAR(LINEAR), .SLOTS(SLOTS),
      .RESIZABLE(RESIZABLE), .DEPTH(DEPTH)
  ) write (
      .clk, .rst, .size_valid(size_valid & read_sized), .size_ready(write_sized), .size_data,
      .head_valid, .take, .head, .release_row, .wr_en, .bank(wr_slot), .odd(wr_odd),
      .address(wr_place), .data(wr_data), .complete
  );

  ts_resize_read #(
      .WIDTH(WIDTH), .HEIGHT(HEIGHT), .OUT_W(OUT_W), .OUT_H(OUT_H), .BEATS(BEATS), .LINEAR(LINEAR),
      .SLOTS(SLOTS), .RESIZABLE(RESIZABLE), .DEPTH(DEPTH), .WEIGHT_W(WEIGHT_W),
      .FACTOR_X(FACTOR_X), .FACTOR_Y(FACTOR_Y), .LENGTH_X(LENGTH_X), .LENGTH_Y(LENGTH_Y),
      .LEAD_X(LEAD_X), .LEAD_Y(LEAD_Y), .FILE_X(FILE_X), .FILE_Y(FILE_Y), .TILES_X(TILES_X),
      .TILES_Y(TILES_Y), .STARTS_X(STARTS_X), .STARTS_Y(STARTS_Y), .MADE_X(MADE_X), .MADE_Y(MADE_Y)
  ) read (
      .clk, .rst, .size_valid(size_valid & write_sized), .size_ready(read_sized), .size_data,
      .enable, .complete, .release_row, .step, .slot(rd_slot), .odd(rd_odd),
      .even_address(even_place), .odd_address(odd_place), .weight_x, .weight_y
  );

  wire [LANES*ACC_W-1:0] acc;
  if (LINEAR == 0) begin : nearest
    ts_resize_bank #(
        .W(W), .DEPTH(DEPTH), .SLOTS(SLOTS)
    ) bank (
        .clk, .enable, .wr_en, .wr_slot, .wr_place, .wr_data, .rd_slot, .rd_place(even_place), .rd_data(acc)
    );
    wire unused = &{wr_odd, rd_odd, odd_place, weight_x, weight_y};
  end else begin : linear
    // Memories of even and odd rows, of even and odd columns.
    wire [4*W-1:0] words;
    for (genvar i = 0; i < 4; i = i + 1) begin : bank
      ts_resize_bank #(
          .W(W), .DEPTH(DEPTH)
      ) bank (
          .clk,
          .enable,
          .wr_en(wr_en && {wr_slot[0], wr_odd} == 2'(i)),
          .wr_slot(wr_slot[1]),
          .wr_place,
          .wr_data,
          .rd_slot(i / 2 == 0 ? rd_slot[1] ^ rd_slot[0] : rd_slot[1]),
          .rd_place(i % 2 == 0 ? even_place : odd_place),
          .rd_data(words[i*W+:W])
      );
    end

    // Which memory holds the first row and column, and the weights, on their way with the words.
    logic [1:0] odd_row, odd_column;
    logic [3*WEIGHT_W-1:0] wy;
    logic [6*WEIGHT_W-1:0] wx;
    always_ff @(posedge clk) begin
      if (enable) begin
        odd_row <= {odd_row[0], rd_slot[0]};
        odd_column <= {odd_column[0], rd_odd};
        wy <= {wy[2*WEIGHT_W-1:0], weight_y};
        wx <= {wx[5*WEIGHT_W-1:0], weight_x};
      end
    end
    wire second_row = wy[WEIGHT_W+:WEIGHT_W] != '0;
    wire second_column = wx[WEIGHT_W+:WEIGHT_W] != '0;
    wire [2*W-1:0] row0 = odd_row[1] ? words[2*W+:2*W] : words[0+:2*W];
    wire [2*W-1:0] row1 = odd_row[1] ^ second_row ? words[2*W+:2*W] : words[0+:2*W];
    wire other = odd_column[1] ^ second_column;
    wire [W-1:0] code00 = odd_column[1] ? row0[W+:W] : row0[0+:W];
    wire [W-1:0] code01 = other ? row0[W+:W] : row0[0+:W];
    wire [W-1:0] code10 = odd_column[1] ? row1[W+:W] : row1[0+:W];
    wire [W-1:0] code11 = other ? row1[W+:W] : row1[0+:W];
    for (genvar l = 0; l < LANES; l = l + 1) begin : lane
      ts_resize_blend #(
          .B(B), .S(S), .BITS(BITS)
      ) blend (
          .clk, .enable, .code00(code00[l*B+:B]), .code01(code01[l*B+:B]),
          .code10(code10[l*B+:B]), .code11(code11[l*B+:B]), .weight_y(wy[2*WEIGHT_W+:WEIGHT_W]),
          .weight_x(wx[5*WEIGHT_W+:WEIGHT_W]), .acc(acc[l*ACC_W+:ACC_W])
      );
    end
  end

  if (PLAIN != 0) begin : plain
    for (genvar l = 0; l < LANES; l = l + 1) begin : lane
      assign out0_data[l*OUT_B+:OUT_B] =
          S != 0 ? OUT_B'($signed(acc[l*ACC_W+:ACC_W])) : OUT_B'(acc[l*ACC_W+:ACC_W]);
    end
  end else begin : requantised
    localparam N_W = M_W + OFF_W;
    localparam K_W = TWO_SIDED != 0 ? 2 * N_W + A_W + 1 : N_W;
    localparam BW = BEATS > 1 ? $clog2(BEATS) : 1;
    logic [LANES*K_W-1:0] rom[0:BEATS-1];
    logic [LANES*K_W-1:0] k;
    logic [BW-1:0] beat;
    if (FILE != "") begin : image
      initial $readmemh(FILE, rom);
    end
    always_ff @(posedge clk) begin
      if (rst) beat <= '0;
      else if (enable & valid[SUMS-1]) beat <= beat == BW'(BEATS - 1) ? '0 : beat + 1'b1;
      if (enable) k <= rom[beat];
    end
    for (genvar l = 0; l < LANES; l = l + 1) begin : lane
      ts_scale_lane #(
          .IN_B(ACC_W), .IN_S(LINEAR != 0 ? 1 : S), .OUT_B(OUT_B), .PRE(PRE), .A_W(A_W), .M_W(M_W),
          .OFF_W(OFF_W), .SUM_W(SUM_W), .TWO_SIDED(TWO_SIDED), .SHIFT(SHIFT), .LO(LO), .HI(HI)
      ) scale (
          .clk,
          .enable,
          .x(acc[l*ACC_W+:ACC_W]),
          .k(k[l*K_W+:K_W]),
          .code(out0_data[l*OUT_B+:OUT_B])
      );
    end
  end
endmodule
`default_nettype wire
