// Window registers: staging collects the beats of the next P * SX columns; a shift moves them into the
// window, whose layout [group][column][row][channel] makes all taps of a position contiguous.
// Per cycle one chunk of S taps leaves for each of P positions and GP groups of outputs (two
// registers); columns outside the frame are resolved on the way. Group v of outputs reads the taps in
// list v % F of group v / F of channels.
`default_nettype none
module ts_window #(
    parameter RESIZABLE = 0,
    parameter W = 16,
    parameter C = 4,
    parameter LI = 2,
    parameter AB = 8,
    parameter KH = 3,
    parameter KW = 3,
    parameter G = 1,
    parameter PL = 1,
    parameter PR = 1,
    parameter BORDER = 0,
    parameter [C*AB-1:0] PAD = 0,
    parameter P = 1,
    parameter SX = 1,
    parameter F = 1,
    parameter DENSE = 1,
    parameter RUN = 4,
    parameter LISTS = 16'd0,
    parameter COUNTS = 16'd0,
    parameter KFS = 16'd9,
    parameter GP = 1,
    parameter S = 4,
    parameter ENTRIES = 9,
    parameter JW = 4,
    parameter XW = 8,
    parameter LW = LI * AB,
    parameter EW = ENTRIES > 1 ? $clog2(ENTRIES) : 1
) (
    input  wire                 clk,
    input  wire                 rst,
    input  wire                 col_valid,
    output wire                 col_ready,
    input  wire [    KH*LW-1:0] col_data,
    output wire                 full,
    output wire                 empty,
    input  wire                 take,
    input  wire                 shift,
    input  wire [       JW-1:0] slot,
    input  wire [       XW-1:0] left,
    input  wire [       EW-1:0] entry,
    output wire [P*GP*S*AB-1:0] taps
);
  localparam BI = (C + LI - 1) / LI;
  localparam CG = C / G;
  localparam K = KH * KW * CG;
  localparam V = G * F;
  localparam GS = (V + GP - 1) / GP;
  localparam PX = P * SX;
  localparam STEPS = KW - PL > SX ? (KW - PL - SX + PX - 1) / PX : 0;
  localparam COLS = (STEPS + 1) * PX + PL;
  localparam CB = KH * CG * AB;  // bits of a column of one group
  localparam SB = S * AB;
  localparam BEATS = PX * BI;
  localparam NW = $clog2(BEATS + 1);

  // Staging: a shift register of beats, so that each ends in its place.
  logic [BEATS*KH*LW-1:0] stage;
  logic [         NW-1:0] count;
  logic                   filled;
  wire accept = col_valid & col_ready;
  wire last = count == NW'(BEATS - 1);
  assign col_ready = !filled | take;
  assign full = filled;
  assign empty = !filled && count == '0;

  always_ff @(posedge clk) begin
    if (rst) begin
      count  <= '0;
      filled <= 1'b0;
    end else begin
      if (accept) count <= last ? '0 : count + 1'b1;
      if (accept & last) filled <= 1'b1;
      else if (take) filled <= 1'b0;
    end
  end

  if (BEATS == 1) begin : one
    always_ff @(posedge clk) if (accept) stage <= col_data;
  end else begin : many
    always_ff @(posedge clk) if (accept) stage <= {col_data, stage[BEATS*KH*LW-1:KH*LW]};
  end

  logic [G*COLS*CB-1:0] held;
  always_ff @(posedge clk) begin
    if (shift) begin
      for (int g = 0; g < G; g = g + 1) begin
        if (COLS > PX)
          held[g*COLS*CB+:(COLS>PX?COLS-PX:1)*CB] <= held[(g*COLS+PX)*CB+:(COLS>PX?COLS-PX:1)*CB];
      end
      for (int i = 0; i < PX * KH; i = i + 1) begin
        for (int c = 0; c < C; c = c + 1) begin
          held[(((c/CG)*COLS+COLS-PX+i/KH)*KH+i%KH)*CG*AB+(c%CG)*AB+:AB] <=
              stage[((i/KH*BI+c/LI)*KH+i%KH)*LW+(c%LI)*AB+:AB];
        end
      end
    end
  end

  // Columns beside the frame that show another column.
  logic [G*COLS*CB-1:0] resolved;
  if (BORDER == 0 || PL + PR == 0) begin : plain
    assign resolved = held;
  end else begin : mirrored
    ts_window_border #(
        .RESIZABLE(RESIZABLE), .W(W), .KW(KW), .G(G), .PL(PL), .PR(PR), .BORDER(BORDER), .P(P),
        .SX(SX), .COLS(COLS), .CB(CB), .JW(JW), .XW(XW)
    ) border (
        .clk, .shift, .slot, .left, .window(held), .resolved
    );
  end

  // Chunks in slots of a power of two, so that their selection is a plain multiplexer.
  localparam SN = $clog2(SB);
  localparam ELEMENTS = $bits(LISTS) / 16 / F;
  localparam integer KF = 32'(KFS[15:0]);
  function automatic integer taps_of(input integer v);
    taps_of = 32'(COUNTS[v%F*16+:16]);
  endfunction
  // Bit of tap j of the group v of outputs in the window of a position.
  function automatic integer bit_of(input integer v, input integer j);
    bit_of = v / F * COLS * CB + (32'(LISTS[(v%F*ELEMENTS+j/RUN)*16+:16]) * RUN + j % RUN) * AB;
  endfunction
  // First chunk of group step t.
  function automatic integer chunk_of(input integer t);
    chunk_of = 0;
    for (int i = 0; i < t; i = i + 1) chunk_of = chunk_of + 32'(KFS[i*16+:16]);
  endfunction

  logic [P*GP*SB-1:0] chunk;
  for (genvar i = 0; i < P * GP; i = i + 1) begin : select
    logic [(ENTRIES<<SN)-1:0] chunks;
    if (DENSE != 0) begin : whole
      always_comb begin
        chunks = '0;
        for (int g = 0; g < GS; g = g + 1) begin
          if (g * GP + i % GP < G) begin
            for (int k = 0; k < KF - 1; k = k + 1)
              chunks[((g*KF+k)<<SN)+:SB] = resolved[((g*GP+i%GP)*COLS+i/GP*SX)*CB+k*SB+:SB];
            chunks[((g*KF+KF-1)<<SN)+:(K-(KF-1)*S)*AB] =
                resolved[((g*GP+i%GP)*COLS+i/GP*SX)*CB+(KF-1)*SB+:(K-(KF-1)*S)*AB];
          end
        end
      end
    end else begin : listed
      for (genvar t = 0; t < GS; t = t + 1) begin : step
        localparam OWN = t * GP + i % GP < V ? taps_of(t * GP + i % GP) : 0;
        for (genvar j = 0; j < KFS[t*16+:16] * S; j = j + 1) begin : tap
          localparam TO = ((chunk_of(t) + j / S) << SN) + j % S * AB;
          if (j < OWN) begin : used
            localparam FROM = bit_of(t * GP + i % GP, j) + i / GP * SX * CB;
            assign chunks[TO+:AB] = resolved[FROM+:AB];
          end else begin : spare
            assign chunks[TO+:AB] = '0;
          end
        end
        for (genvar k = 0; k < KFS[t*16+:16]; k = k + 1) begin : gap
          if (SB < (1 << SN)) begin : filled
            assign chunks[((chunk_of(t)+k)<<SN)+SB+:(1<<SN)-SB] = '0;
          end
        end
      end
      wire unused = &{1'b0, resolved};
    end
    wire unused_gaps = &chunks;
    if (ENTRIES == 1) begin : single
      always_ff @(posedge clk) chunk[i*SB+:SB] <= chunks[SB-1:0];
    end else begin : several
      always_ff @(posedge clk) chunk[i*SB+:SB] <= chunks[{entry, {SN{1'b0}}}+:SB];
    end
  end

  wire unused_where = &{slot, left, entry};

  logic [P*GP*SB-1:0] operand;
  assign taps = operand;
  if (BORDER != 0 || PL + PR == 0) begin : unmasked
    always_ff @(posedge clk) operand <= chunk;
  end else begin : masked
    ts_window_mask #(
        .C(C), .AB(AB), .KH(KH), .KW(KW), .G(G), .PL(PL), .PAD(PAD), .P(P), .SX(SX), .F(F),
        .DENSE(DENSE), .RUN(RUN), .LISTS(LISTS), .COUNTS(COUNTS), .KFS(KFS), .GP(GP), .S(S),
        .ENTRIES(ENTRIES), .JW(JW), .XW(XW)
    ) mask (
        .clk, .shift, .slot, .left, .entry, .chunk, .operand
    );
  end
endmodule
`default_nettype wire
