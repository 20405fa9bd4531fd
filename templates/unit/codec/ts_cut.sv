// Stores every frame of a map and gives it again later: encoder, memory, decoder. With MEMORY the coded
// frames lie in SLOTS places behind a memory port of requests and words; else a few words are buffered
// on the way. With TAP the LANES values of the beats that are stored are shown, as many signed bits each,
// as ts_norm_sums takes them; the last beat of a frame then waits until the sums of the frame before
// have left ("tap_gone").
`default_nettype none
module ts_cut #(
    parameter W = 8,
    parameter B = 16,
    parameter CODEC = 0,
    parameter UNIT = 8,
    parameter BEATS = 16,
    parameter FILL = 0,
    parameter WORDS = 1,
    parameter V = 8,
    parameter Q0 = 3,
    parameter Q = 3,
    parameter D = 0,
    parameter MUL = 1,
    parameter SHIFT = 0,
    parameter LEVELS = 256,
    parameter ZERO = 0,
    parameter WIDTH = 8,
    parameter HEIGHT = 2,
    parameter FIRST = 8,
    parameter WB = 64,
    parameter KEEP = 128,
    parameter ORDERS = 512,
    parameter CB = 32,
    parameter signed [CB-1:0] CREDIT = 0,
    parameter signed [CB-1:0] HALF = 0,
    parameter signed [CB-1:0] NEED = 0,
    parameter PER_POSITION = 1,
    parameter LANES = 1,
    parameter SIGNED = 1,
    parameter TAP = 0,
    parameter MEMORY = 0,
    parameter MOST = 16,
    parameter DEPTH = 64,
    parameter SLOTS = 3,
    parameter [31:0] STRIDE = 4096,
    parameter [31:0] OFFSET = 0,
    parameter TW = TAP != 0 ? LANES * TAP : 1
) (
    input  wire           clk,
    input  wire           rst,
    input  wire           in0_valid,
    output wire           in0_ready,
    input  wire [  W-1:0] in0_data,
    output wire           out0_valid,
    input  wire           out0_ready,
    output wire [  W-1:0] out0_data,
    input  wire           tap_gone,
    output wire           tap_valid,
    output wire           tap_end,
    output wire [   15:0] tap_word,
    output wire [ TW-1:0] tap_data,
    output wire           aw_valid,
    input  wire           aw_ready,
    output wire [   31:0] aw_place,
    output wire [    7:0] aw_length,
    output wire           w_valid,
    input  wire           w_ready,
    output wire [B*8-1:0] w_data,
    input  wire           b_valid,
    output wire           ar_valid,
    input  wire           ar_ready,
    output wire [   31:0] ar_place,
    output wire [    7:0] ar_length,
    input  wire           r_valid,
    input  wire [B*8-1:0] r_data
);
  localparam PW = PER_POSITION > 1 ? $clog2(PER_POSITION) : 1;
  localparam BW = $clog2(BEATS + 1);
  wire          head_valid, code_ready, hold;
  wire [ W-1:0] head;
  logic [BW-1:0] beat;
  wire          head_last = beat == BW'(BEATS - 1);
  wire          held = hold & head_last;
  wire          take = head_valid & code_ready & !held;
  ts_skid #(.W(W)) skid (
      .clk, .rst, .in_valid(in0_valid), .in_ready(in0_ready), .in_data(in0_data),
      .out_valid(head_valid), .out_ready(code_ready & !held), .out_data(head)
  );
  always_ff @(posedge clk) begin
    if (rst) beat <= '0;
    else if (take) beat <= head_last ? '0 : beat + 1'b1;
  end
  wire           coded_valid, coded_ready, coded_last, word_valid, word_ready, word_last;
  wire [B*8-1:0] coded, word;
  ts_encoder #(
      .CODEC(CODEC), .W(W), .WORD(B * 8), .UNIT(UNIT), .BEATS(BEATS), .FILL(FILL), .WORDS(WORDS),
      .LANES(LANES), .SIGNED(SIGNED), .V(V), .Q0(Q0), .Q(Q), .D(D), .MUL(MUL), .SHIFT(SHIFT),
      .LEVELS(LEVELS), .ZERO(ZERO), .PER(PER_POSITION), .WIDTH(WIDTH), .HEIGHT(HEIGHT),
      .FIRST(FIRST), .WB(WB), .KEEP(KEEP), .ORDERS(ORDERS), .CB(CB), .CREDIT(CREDIT), .HALF(HALF),
      .NEED(NEED)
  ) encoder (
      .clk, .rst, .in0_valid(head_valid & !held), .in0_ready(code_ready), .in0_data(head),
      .out0_valid(coded_valid), .out0_ready(coded_ready), .out0_data(coded), .out0_last(coded_last)
  );
  ts_decoder #(
      .CODEC(CODEC), .W(W), .WORD(B * 8), .UNIT(UNIT), .BEATS(BEATS), .FILL(FILL), .LANES(LANES),
      .SIGNED(SIGNED), .V(V), .Q0(Q0), .Q(Q), .D(D), .LEVELS(LEVELS), .ZERO(ZERO),
      .PER(PER_POSITION), .WIDTH(WIDTH), .HEIGHT(HEIGHT), .FIRST(FIRST), .WB(WB), .CB(CB),
      .CREDIT(CREDIT), .HALF(HALF), .NEED(NEED)
  ) decoder (
      .clk, .rst, .in_valid(word_valid), .in_ready(word_ready), .in_data(word), .in_last(word_last),
      .out_valid(out0_valid), .out_ready(out0_ready), .out_data(out0_data)
  );

  if (TAP != 0) begin : shown
    localparam B1 = W / LANES;
    logic          valid, ends, pending;
    logic [PW-1:0] place, at;
    logic [TW-1:0] data;
    assign hold = pending;
    assign tap_valid = valid;
    assign tap_end = ends;
    assign tap_word = 16'(place);
    assign tap_data = data;
    always_ff @(posedge clk) begin
      for (int l = 0; l < LANES; l = l + 1) begin
        data[l*TAP+:TAP] <= SIGNED != 0 ? TAP'($signed(head[l*B1+:B1])) : TAP'(head[l*B1+:B1]);
      end
      place <= at;
      if (rst) begin
        valid <= 1'b0;
        ends <= 1'b0;
        at <= '0;
        pending <= 1'b0;
      end else begin
        valid <= take;
        ends  <= take & head_last;
        if (take) at <= at == PW'(PER_POSITION - 1) ? '0 : at + 1'b1;
        if (take & head_last) pending <= 1'b1;
        else if (tap_gone) pending <= 1'b0;
      end
    end
  end else begin : hidden
    assign hold = 1'b0;
    assign tap_valid = 1'b0;
    assign tap_end = 1'b0;
    assign tap_word = '0;
    assign tap_data = '0;
    wire unused = &{1'b0, tap_gone};
  end

  if (MEMORY != 0) begin : memory
    wire        stored, freed;
    wire [31:0] stored_words;
    ts_cut_write #(
        .B(B), .MOST(MOST), .DEPTH(DEPTH), .SLOTS(SLOTS), .STRIDE(STRIDE), .OFFSET(OFFSET)
    ) write (
        .clk, .rst, .in_valid(coded_valid), .in_ready(coded_ready), .in_data(coded),
        .in_last(coded_last), .aw_valid, .aw_ready, .aw_place, .aw_length, .w_valid, .w_ready,
        .w_data, .b_valid, .freed, .stored, .stored_words
    );
    ts_cut_read #(
        .B(B), .MOST(MOST), .DEPTH(DEPTH), .SLOTS(SLOTS), .STRIDE(STRIDE), .OFFSET(OFFSET)
    ) read (
        .clk, .rst, .stored, .stored_words, .freed, .ar_valid, .ar_ready, .ar_place, .ar_length,
        .r_valid, .r_data, .out_valid(word_valid), .out_ready(word_ready), .out_data(word),
        .out_last(word_last)
    );
  end else begin : here
    ts_fifo #(.W(B * 8 + 1), .DEPTH(MOST)) buffer (
        .clk, .rst, .in_valid(coded_valid), .in_ready(coded_ready), .in_data({coded_last, coded}),
        .out_valid(word_valid), .out_ready(word_ready), .out_data({word_last, word})
    );
    assign {aw_valid, w_valid, ar_valid} = '0;
    assign {aw_place, aw_length, w_data, ar_place, ar_length} = '0;
    wire unused = &{1'b0, aw_ready, w_ready, b_valid, ar_ready, r_valid, r_data};
  end
endmodule
`default_nettype wire
