// Order of work: shifts of the window and the cycles of its passes.
//
// W and H are columns and rows of the frame, PX columns of a step; windows begin at every SYth row and
// not at the last LOSS_X columns and LOSS_Y rows. Where rows are walked REPLAY times, each walk counts
// as a row.
// A shift loads a column step and completes the window of the slot STEPS steps before. Slots that
// yield no output (beside or below a shrunken frame) are skipped. The last slots of a frame are
// completed by the first steps of the next one or, if that has not begun, by empty shifts (flush);
// then the next frame's first steps complete nothing (warm).
// A pass begins only if the output has room for all of it and the frame is "open"; from there on
// nothing stalls.
`default_nettype none
module ts_conv_sequencer #(
    parameter RESIZABLE = 0,
    parameter W = 4,
    parameter H = 4,
    parameter PX = 1,
    parameter SY = 1,
    parameter LOSS_X = 0,
    parameter LOSS_Y = 0,
    parameter STEPS = 1,
    parameter KFS = 16'd9,
    parameter UNEVEN = 0,
    parameter NF = 1,
    parameter GS = 1,
    parameter REPLAY = 1,
    parameter SHARED = 0,
    parameter CREDITS = 8,
    parameter PRICE = 1,
    parameter BY_GROUP = 0,
    parameter JW = 4,
    parameter EW = 4,
    parameter AW = 4,
    parameter XW = 8,
    parameter YW = 8
) (
    input  wire          clk,
    input  wire          rst,
    input  wire          size_valid,
    output wire          size_ready,
    input  wire [XW-1:0] size_columns,
    input  wire [YW-1:0] size_rows,
    input  wire          full,
    input  wire          quiet,
    input  wire          open,
    input  wire          paid,
    input  wire          spared,
    output wire          take,
    output wire          shift,
    output wire          step,
    output wire          step_last,
    output wire [JW-1:0] slot,
    output wire [XW-1:0] left,
    output wire [EW-1:0] entry,
    output wire [AW-1:0] word,
    output wire          first,
    output wire          last
);
  localparam TW = $clog2(STEPS + 2);
  localparam CW = $clog2(CREDITS + 2);
  localparam VW = REPLAY > 1 ? $clog2(REPLAY) : 1;

  // Cycle of the group in the window.
  logic busy;
  logic affordable;
  wire  group_begins;
  logic [VW-1:0] walk;
  wire  k_first, k_last, pass_first, group_last;
  wire  may_begin = open & (affordable | (BY_GROUP != 0 & !pass_first));
  wire  issue = busy & (!k_first | may_begin);
  assign first = issue & k_first;
  assign last  = issue & k_last;
  ts_conv_passes #(
      .KFS(KFS), .UNEVEN(UNEVEN), .NF(NF), .GS(GS), .REPLAY(REPLAY), .SHARED(SHARED), .VW(VW),
      .EW(EW), .AW(AW)
  ) passes (
      .clk, .rst, .begins(group_begins), .walk, .issue, .k_first, .k_last, .pass_first, .group_last, .entry, .word
  );

  // Credits of the output buffer.
  logic [CW-1:0] credits;
  wire           spend = first & (BY_GROUP == 0 | pass_first);
  wire  [CW-1:0] credits_next = credits + CW'(paid) + CW'(spared) - (spend ? CW'(PRICE) : '0);
  always_ff @(posedge clk) begin
    if (rst) begin
      credits <= CW'(CREDITS);
      affordable <= 1'b1;
    end else begin
      credits <= credits_next;
      affordable <= credits_next >= CW'(PRICE);
    end
  end

  // Shifts.
  wire  free = !busy | (issue & group_last);
  wire  flushing;
  wire  flush;
  wire  execute;
  assign take  = free & full & !flushing;
  assign shift = take | flush;

  // The slot that the next shift completes; columns and rows left from it on.
  logic [JW-1:0] column;
  logic [XW-1:0] x_left;
  logic [YW-1:0] y_left;
  logic [   1:0] row_phase;
  assign slot = column;
  assign left = x_left;
  wire          slots_ready, loads_ready, begins;
  wire [XW-1:0] columns, head_columns;
  wire [YW-1:0] head_rows;
  wire          column_last = x_left <= XW'(PX);
  wire          slot_last = column_last && y_left == YW'(1);
  wire yields = (LOSS_X == 0 || x_left > XW'(LOSS_X)) && (LOSS_Y == 0 || y_left > YW'(LOSS_Y))
      && row_phase == '0;
  assign step = execute;
  assign step_last = slot_last;
  assign group_begins = execute & yields;
  assign size_ready = slots_ready & loads_ready;
  wire told = size_valid & size_ready;
  wire unused_sized;
  ts_frame #(
      .RESIZABLE(RESIZABLE), .WIDTH(W), .HEIGHT(H), .XW(XW), .YW(YW)
  ) slots (
      .clk, .rst, .in_valid(told), .in_ready(slots_ready), .in_columns(size_columns),
      .in_rows(size_rows), .next(execute & slot_last), .valid(unused_sized), .load(begins),
      .head_columns, .head_rows, .columns
  );
  always_ff @(posedge clk) begin
    if (rst) begin
      busy <= 1'b0;
      column <= '0;
      row_phase <= '0;
      walk <= '0;
      x_left <= XW'(W);
      y_left <= YW'(H);
    end else begin
      if (shift) busy <= execute & yields;
      else if (issue & group_last) busy <= 1'b0;
      if (execute) column <= column_last ? '0 : column + 1'b1;
      if (SY > 1 && execute && column_last)
        row_phase <= slot_last || row_phase == 2'(SY - 1) ? '0 : row_phase + 1'b1;
      if (REPLAY > 1 && execute && column_last)
        walk <= walk == VW'(REPLAY - 1) ? '0 : walk + 1'b1;
      if (begins) begin
        x_left <= head_columns;
        y_left <= head_rows;
      end else if (execute) begin
        x_left <= column_last ? columns : x_left - XW'(PX);
        if (column_last) y_left <= y_left - 1'b1;
      end
    end
  end

  if (STEPS == 0) begin : level
    assign flush   = 1'b0;
    assign execute = shift;
    assign flushing = 1'b0;
    assign loads_ready = 1'b1;
    wire unused = quiet;
  end else begin : ahead
    // The step that the next shift loads; tail: all steps of the slot's frame are loaded.
    logic [XW-1:0] load_left;
    logic [YW-1:0] load_rows;
    logic [TW-1:0] warm;
    logic          tail;
    logic          tail_first;
    logic          emptying;
    wire           load_begins, unused_load_sized;
    wire  [XW-1:0] load_columns, load_head_columns;
    wire  [YW-1:0] load_head_rows;
    assign flushing = emptying;
    wire load_last = load_left <= XW'(PX);
    wire frame_loaded = take && load_last && load_rows == YW'(1);
    assign flush   = free & tail & (flushing | (tail_first & quiet));
    assign execute = shift && warm == '0;

    ts_frame #(
        .RESIZABLE(RESIZABLE), .WIDTH(W), .HEIGHT(H), .XW(XW), .YW(YW)
    ) loads (
        .clk, .rst, .in_valid(told), .in_ready(loads_ready), .in_columns(size_columns),
        .in_rows(size_rows), .next(frame_loaded), .valid(unused_load_sized), .load(load_begins),
        .head_columns(load_head_columns), .head_rows(load_head_rows), .columns(load_columns)
    );

    always_ff @(posedge clk) begin
      if (rst) begin
        load_left <= XW'(W);
        load_rows <= YW'(H);
      end else if (load_begins) begin
        load_left <= load_head_columns;
        load_rows <= load_head_rows;
      end else if (take) begin
        load_left <= load_last ? load_columns : load_left - XW'(PX);
        if (load_last) load_rows <= load_rows - 1'b1;
      end
    end

    always_ff @(posedge clk) begin
      if (rst) begin
        tail <= 1'b0;
        tail_first <= 1'b0;
        emptying <= 1'b0;
        warm <= TW'(STEPS);
      end else if (shift) begin
        tail_first <= frame_loaded;
        if (frame_loaded) tail <= 1'b1;
        else if (execute & slot_last) tail <= 1'b0;
        emptying <= flush & !slot_last;
        if (flush & slot_last) warm <= TW'(STEPS);
        else if (warm != '0) warm <= warm - 1'b1;
      end
    end
  end
endmodule
`default_nettype wire
