// Convolution with requantisation: line buffer, window, MAC array, drain, requantiser, output buffer.
// P positions, GP groups, PE outputs of a group and S taps are computed per cycle. W and H are the
// walked frame: a 1x1 kernel without strides walks one row of all its pixels. RESIZABLE: the sizes of
// the input frames arrive.
// The outputs of each of G groups fall into F classes with lists of taps of their own (LISTS, in
// elements of RUN channels; COUNTS taps; DENSE: one class, all taps): groups of outputs are group
// times class. A pass over group step t takes KFS[t] cycles, which differ if UNEVEN.
// "tap": what leaves the sums, beat by beat of output channels, and with the last beat of a frame its end.
// REPLAY above 1: rows are walked so often, each time for a part of the classes; the window tells
// SELECTED classes apart, those of one walk if they are the same in all.
`default_nettype none
module ts_conv #(
    parameter RESIZABLE = 0,
    parameter W = 16,
    parameter H = 16,
    parameter C = 4,
    parameter LI = 2,
    parameter AB = 8,
    parameter ASIGNED = 0,
    parameter N = 8,
    parameter LO = 2,
    parameter OB = 8,
    parameter KH = 3, KW = 3,
    parameter G = 1, F = 1,
    parameter REPLAY = 1, SELECTED = 1,
    parameter DENSE = 1,
    parameter RUN = 4,
    parameter LISTS = 16'd0,
    parameter COUNTS = 16'd0,
    parameter KFS = 16'd9,
    parameter UNEVEN = 0,
    parameter ENTRIES = 9,
    parameter WORDS = 36,
    parameter SX = 1, SY = 1,
    parameter PT = 1, PL = 1, PB = 1, PR = 1,
    parameter BORDER = 0,
    parameter [C*AB-1:0] PAD = 0,
    parameter P = 1,
    parameter GP = 1,
    parameter PE = 2,
    parameter S = 4,
    parameter WB = 8, ACC = 24, PAIRED = 0,
    parameter PRE = 0, SHIFT = 16,
    parameter LOW = 0, HIGH = 255,
    parameter FW = 18,
    parameter TWO_SIDED = 0,
    parameter CLASSES = 1,
    parameter FIFO = 16, SLOTS = 2,
    parameter WEIGHTS = "",
    parameter SCALES = "",
    parameter OFFSETS = "",
    parameter ULTRA = 0, NORM = 0, OFFSET_SHIFT = 0
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             size_valid,
    output wire             size_ready,
    input  wire [     31:0] size_data,
    input  wire             table_valid,
    output wire             table_ready,
    input  wire [     49:0] table_data,
    output wire             tap_valid, tap_end, tap_step,
    output wire [     15:0] tap_word,
    output wire [LO*ACC-1:0] tap_data,
    input  wire             in0_valid,
    output wire             in0_ready,
    input  wire [LI*AB-1:0] in0_data,
    output wire             out0_valid,
    input  wire             out0_ready,
    output wire [LO*OB-1:0] out0_data
);
  localparam V = G * F;
  localparam NG = N / V;
  localparam NF = (NG + PE - 1) / PE;
  localparam GS = (V + GP - 1) / GP;
  localparam RS = GS / REPLAY;
  localparam LOSS_X = KW - 1 - PL - PR;
  localparam LOSS_Y = KH - 1 - PT - PB;
  localparam PX = P * SX;
  localparam STEPS = KW - PL > SX ? (KW - PL - SX + PX - 1) / PX : 0;
  localparam BO = (N + LO - 1) / LO;
  localparam RUN_BEATS = ((NF == 1 ? GP * NG : PE) + LO - 1) / LO;
  localparam PASS_BEATS = P * (NF == 1 ? 1 : GP) * RUN_BEATS;
  localparam REORDER = (P > 1 && RS * NF > 1) || (NF > 1 && GP > 1);

  localparam XW = $clog2(W + PX + 1);
  localparam YW = $clog2(H * REPLAY + SY + 1);
  localparam JW = $clog2((W + PL) / PX + 3);
  localparam EW = ENTRIES > 1 ? $clog2(ENTRIES) : 1;
  localparam AW = WORDS > 1 ? $clog2(WORDS) : 1;
  localparam PW = P > 1 ? $clog2(P) : 1;
  localparam BEATW = $clog2(2 * BO + 2 * RUN_BEATS + 2);
  localparam SW = BO > 1 ? $clog2(BO) : 1;
  localparam OFFW = CLASSES * BO > 1 ? $clog2(CLASSES * BO) : 1;
  localparam MW = TWO_SIDED != 0 ? 2 * FW + 26 : FW;
  localparam BW = TWO_SIDED != 0 ? 96 : 48;

  // Every part of the unit gets the size of every frame.
  wire size_given, lines_told, sequencer_told, drain_told, reorder_told;
  wire all_told = lines_told & sequencer_told & drain_told & reorder_told;
  wire give = size_given & all_told;
  wire [XW-1:0] columns;
  wire [YW-1:0] rows;
  ts_conv_size #(
      .RESIZABLE(RESIZABLE), .FLAT(KH * KW * SX * SY * REPLAY == 1 ? 1 : 0), .XW(XW), .YW(YW)
  ) walk (
      .clk, .rst, .size_valid, .size_ready, .size_data, .out_valid(size_given),
      .out_ready(all_told), .columns, .rows
  );

  wire             head_valid, head_ready;
  wire [LI*AB-1:0] head_data;
  ts_slice #(.W(LI * AB)) input_slice (
      .clk, .rst, .in_valid(in0_valid), .in_ready(in0_ready), .in_data(in0_data),
      .out_valid(head_valid), .out_ready(head_ready), .out_data(head_data)
  );

  wire                col_valid, col_ready, lines_idle;
  wire [KH*LI*AB-1:0] col_data;
  wire [YW-1:0] walks = YW'(rows * REPLAY);
  ts_lines #(
      .RESIZABLE(RESIZABLE), .W(W), .H(H), .C(C), .LI(LI), .AB(AB), .KH(KH), .PT(PT), .BORDER(BORDER),
      .PAD(PAD), .P(PX), .REPLAY(REPLAY), .ULTRA(ULTRA), .XW(XW), .YW(YW)
  ) lines (
      .clk, .rst,
      .size_valid(give), .size_ready(lines_told), .size_columns(columns), .size_rows(rows),
      .in_valid(head_valid), .in_ready(head_ready), .in_data(head_data),
      .col_valid, .col_ready, .col_data, .idle(lines_idle)
  );

  wire                 full, empty, take, shift, first, last, paid, spared, open, step, step_last;
  wire [       JW-1:0] slot;
  wire [       XW-1:0] left;
  wire [       EW-1:0] entry;
  wire [       AW-1:0] word;
  wire [P*GP*S*AB-1:0] taps;
  ts_window #(
      .RESIZABLE(RESIZABLE), .W(W), .C(C), .LI(LI), .AB(AB), .KH(KH), .KW(KW), .G(G), .PL(PL),
      .PR(PR), .BORDER(BORDER), .PAD(PAD), .P(P), .SX(SX), .F(SELECTED), .DENSE(DENSE), .RUN(RUN),
      .LISTS(LISTS), .COUNTS(COUNTS), .KFS(KFS), .GP(GP), .S(S), .ENTRIES(ENTRIES), .JW(JW), .XW(XW)
  ) window (
      .clk, .rst, .col_valid, .col_ready, .col_data, .full, .empty, .take, .shift, .slot, .left,
      .entry, .taps
  );

  ts_conv_sequencer #(
      .RESIZABLE(RESIZABLE), .W(W), .H(H * REPLAY), .PX(PX), .SY(SY), .LOSS_X(LOSS_X),
      .LOSS_Y(LOSS_Y * REPLAY), .STEPS(STEPS), .KFS(KFS), .UNEVEN(UNEVEN), .NF(NF), .GS(GS),
      .REPLAY(REPLAY), .SHARED(SELECTED < F ? 1 : 0), .CREDITS(REORDER ? SLOTS : FIFO), .PRICE(REORDER ? 1 : PASS_BEATS),
      .BY_GROUP(REORDER ? 1 : 0), .JW(JW), .EW(EW), .AW(AW), .XW(XW), .YW(YW)
  ) sequencer (
      .clk, .rst,
      .size_valid(give), .size_ready(sequencer_told), .size_columns(columns), .size_rows(walks),
      .full, .quiet(lines_idle & empty), .open, .paid, .spared, .take, .shift, .step, .step_last, .slot,
      .left, .entry, .word, .first, .last
  );

  wire [GP*PE*S*WB-1:0] weights;
  ts_rom #(
      .W(GP * PE * S * WB), .DEPTH(WORDS), .FILE(WEIGHTS), .BLOCK(WORDS > 64 ? 1 : 0)
  ) weight_rom (
      .clk, .addr(word), .data(weights)
  );

  wire                   load;
  wire [P*GP*PE*ACC-1:0] sums;
  ts_mac_array #(
      .P(P), .GP(GP), .PE(PE), .S(S), .AB(AB), .ASIGNED(ASIGNED), .WB(WB), .ACC(ACC), .PAIRED(PAIRED)
  ) array (
      .clk, .rst, .first, .last, .taps, .weights, .load, .sums
  );

  wire              code_valid, beat_spared, group_end, bank, done;
  wire [    PW-1:0] position;
  wire [ BEATW-1:0] beat, table_word;
  wire [  OFFW-1:0] offset;
  wire [LO*ACC-1:0] drained;
  ts_drain #(
      .RESIZABLE(RESIZABLE), .W(W), .H(H), .N(N), .LO(LO), .KH(KH), .KW(KW), .G(V), .REPLAY(REPLAY), .SX(SX),
      .SY(SY), .PT(PT), .PL(PL), .PB(PB), .PR(PR), .P(P), .GP(GP), .PE(PE), .ACC(ACC), .CLASSES(CLASSES),
      .BEATW(BEATW), .OFFW(OFFW), .XW(XW), .YW(YW)
  ) drain (
      .clk, .rst,
      .size_valid(give), .size_ready(drain_told), .size_columns(columns), .size_rows(rows),
      .load, .sums, .valid(code_valid), .spared(beat_spared), .group_end, .bank, .done, .position,
      .beat, .word(table_word), .offset, .data(drained)
  );

  assign tap_valid = code_valid, tap_step = group_end, tap_data = drained;
  wire [LO*MW-1:0] scales;
  wire [LO*BW-1:0] offsets;
  wire [LO*OB-1:0] codes;
  ts_conv_factors #(
      .NORM(NORM), .OFFSET_SHIFT(OFFSET_SHIFT), .N(N), .LO(LO), .CLASSES(CLASSES), .MW(MW), .BW(BW),
      .SCALES(SCALES), .OFFSETS(OFFSETS)
  ) factors (
      .clk, .rst, .table_valid, .table_ready, .table_data, .step, .step_last, .open, .bank, .done,
      .beat(table_word[SW-1:0]), .offset, .scales, .offsets, .tap_end, .tap_word
  );
  ts_requant #(
      .L(LO), .ACC(ACC), .PRE(PRE), .SHIFT(SHIFT), .LOW(LOW), .HIGH(HIGH), .OB(OB),
      .FW(FW), .TWO_SIDED(TWO_SIDED)
  ) requant (
      .clk, .acc(drained), .scales, .offsets, .codes
  );

  // What goes with a code through the five registers of the requantiser.
  logic [4:0] valid_pipe, end_pipe;
  always_ff @(posedge clk) begin
    valid_pipe <= rst ? '0 : {valid_pipe[3:0], code_valid};
    end_pipe   <= rst ? '0 : {end_pipe[3:0], group_end};
  end

  if (REORDER) begin : reordered
    logic [6*BEATW-1:0] beat_pipe;
    logic [   5*PW-1:0] position_pipe;
    always_ff @(posedge clk) begin
      beat_pipe <= {beat_pipe[5*BEATW-1:0], beat};
      position_pipe <= {position_pipe[4*PW-1:0], position};
    end
    ts_reorder #(
        .RESIZABLE(RESIZABLE), .WIDTH(W), .HEIGHT(H * REPLAY), .LOSS_X(LOSS_X),
        .LOSS_Y(LOSS_Y * REPLAY), .SX(SX), .SY(SY), .W(LO * OB), .POSITIONS(P), .BEATS(BO / REPLAY),
        .GROUPS(SLOTS), .BEATW(BEATW), .XW(XW), .YW(YW)
    ) reorder (
        .clk, .rst,
        .size_valid(give), .size_ready(reorder_told), .size_columns(columns), .size_rows(walks),
        .wr_valid(valid_pipe[4]), .wr_done(end_pipe[4]),
        .wr_position(position_pipe[5*PW-1-:PW]), .wr_beat(beat_pipe[6*BEATW-1-:BEATW]),
        .wr_data(codes), .freed(paid),
        .out_valid(out0_valid), .out_ready(out0_ready), .out_data(out0_data)
    );
    assign spared = 1'b0;
    wire unused = &{beat_spared, beat, table_word};
  end else begin : ordered
    wire room;
    assign reorder_told = 1'b1;
    ts_fifo #(.W(LO * OB), .DEPTH(FIFO)) fifo (
        .clk, .rst, .in_valid(valid_pipe[4]), .in_ready(room), .in_data(codes),
        .out_valid(out0_valid), .out_ready(out0_ready), .out_data(out0_data)
    );
    assign paid = out0_valid & out0_ready;
    assign spared = beat_spared;
    wire unused = &{room, beat, table_word, position, end_pipe[4]};
  end
endmodule
`default_nettype wire
