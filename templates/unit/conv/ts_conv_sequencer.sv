// Order of work: shifts of the window and the cycles of its passes.
//
// A shift loads a column step and completes the window of the slot STEPS steps before. Slots that
// yield no output (beside or below a shrunken frame) are skipped. The last slots of a frame are
// completed by the first steps of the next one or, if that has not begun, by empty shifts (flush);
// then the next frame's first steps complete nothing (warm).
// A pass begins only if the output has room for all of it; from there on nothing stalls.
`default_nettype none
module ts_conv_sequencer #(
    parameter ROWS = 4,
    parameter COLUMNS = 4,
    parameter OUT_ROWS = 4,
    parameter OUT_COLUMNS = 4,
    parameter STEPS = 1,
    parameter KF = 9,
    parameter NF = 1,
    parameter GS = 1,
    parameter CREDITS = 8,
    parameter PRICE = 1,
    parameter BY_GROUP = 0,
    parameter JW = 4,
    parameter EW = 4,
    parameter AW = 4
) (
    input  wire          clk,
    input  wire          rst,
    input  wire          full,
    input  wire          quiet,
    input  wire          paid,
    input  wire          spared,
    output wire          take,
    output wire          shift,
    output wire [JW-1:0] slot,
    output wire [EW-1:0] entry,
    output wire [AW-1:0] word,
    output wire          first,
    output wire          last
);
  localparam YW = $clog2(ROWS + 1);
  localparam TW = $clog2(STEPS + 2);
  localparam KW = $clog2(KF + 1);
  localparam NW = $clog2(NF + 1);
  localparam GW = $clog2(GS + 1);
  localparam CW = $clog2(CREDITS + 2);

  // Cycle of the group in the window.
  logic          busy;
  logic [KW-1:0] k;
  logic [NW-1:0] n;
  logic [GW-1:0] g;
  logic          k_first, k_last, n_last, g_last, pass_first;
  logic          affordable;
  wire           may_begin = affordable | (BY_GROUP != 0 & !pass_first);
  wire           issue = busy & (!k_first | may_begin);
  wire           group_last = k_last & n_last & g_last;
  assign first = issue & k_first;
  assign last  = issue & k_last;

  wire [KW-1:0] k_next = k_last ? '0 : k + 1'b1;
  wire [NW-1:0] n_next = n_last ? '0 : n + 1'b1;
  wire [GW-1:0] g_next = g_last ? '0 : g + 1'b1;
  always_ff @(posedge clk) begin
    if (rst) begin
      k <= '0;
      n <= '0;
      g <= '0;
      k_first <= 1'b1;
      k_last <= KF == 1;
      n_last <= NF == 1;
      g_last <= GS == 1;
      pass_first <= 1'b1;
    end else if (issue) begin
      k <= k_next;
      k_first <= k_last;
      k_last <= k_next == KW'(KF - 1);
      if (k_last) begin
        n <= n_next;
        n_last <= n_next == NW'(NF - 1);
        pass_first <= n_last & g_last;
      end
      if (k_last & n_last) begin
        g <= g_next;
        g_last <= g_next == GW'(GS - 1);
      end
    end
  end

  // Chunk of the window, and word of the weights. Outputs of one group share its chunks.
  logic [EW-1:0] chunk;
  logic [EW-1:0] group_chunk;
  logic [AW-1:0] address;
  assign entry = chunk;
  assign word  = address;
  always_ff @(posedge clk) begin
    if (rst) begin
      chunk <= '0;
      group_chunk <= '0;
      address <= '0;
    end else if (issue) begin
      address <= group_last ? '0 : address + 1'b1;
      if (group_last) begin
        chunk <= '0;
        group_chunk <= '0;
      end else if (k_last & n_last) begin
        chunk <= chunk + 1'b1;
        group_chunk <= chunk + 1'b1;
      end else begin
        chunk <= k_last ? group_chunk : chunk + 1'b1;
      end
    end
  end

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

  // The slot that the next shift completes.
  logic [JW-1:0] column;
  logic [YW-1:0] row;
  assign slot = column;
  wire column_last = column == JW'(COLUMNS - 1);
  wire row_last = row == YW'(ROWS - 1);
  wire yields = (OUT_COLUMNS == COLUMNS || column < JW'(OUT_COLUMNS))
      && (OUT_ROWS == ROWS || row < YW'(OUT_ROWS));
  always_ff @(posedge clk) begin
    if (rst) begin
      busy <= 1'b0;
      column <= '0;
      row <= '0;
    end else begin
      if (shift) busy <= execute & yields;
      else if (issue & group_last) busy <= 1'b0;
      if (execute) column <= column_last ? '0 : column + 1'b1;
      if (execute & column_last) row <= row_last ? '0 : row + 1'b1;
    end
  end

  if (STEPS == 0) begin : level
    assign flush   = 1'b0;
    assign execute = shift;
    assign flushing = 1'b0;
    wire unused = quiet;
  end else begin : ahead
    // The step that the next shift loads; tail: all steps of the slot's frame are loaded.
    logic [JW-1:0] load_column;
    logic [YW-1:0] load_row;
    logic [TW-1:0] warm;
    logic          tail;
    logic          tail_first;
    logic          emptying;
    assign flushing = emptying;
    wire load_last = load_column == JW'(COLUMNS - 1);
    wire slot_last = column_last & row_last;
    assign flush   = free & tail & (flushing | (tail_first & quiet));
    assign execute = shift && warm == '0;

    always_ff @(posedge clk) begin
      if (rst) begin
        load_column <= '0;
        load_row <= '0;
        tail <= 1'b0;
        tail_first <= 1'b0;
        emptying <= 1'b0;
        warm <= TW'(STEPS);
      end else if (shift) begin
        if (take) load_column <= load_last ? '0 : load_column + 1'b1;
        if (take & load_last) load_row <= load_row == YW'(ROWS - 1) ? '0 : load_row + 1'b1;
        tail_first <= take & load_last && load_row == YW'(ROWS - 1);
        if (take & load_last && load_row == YW'(ROWS - 1)) tail <= 1'b1;
        else if (execute & slot_last) tail <= 1'b0;
        emptying <= flush & !slot_last;
        if (flush & slot_last) warm <= TW'(STEPS);
        else if (warm != '0) warm <= warm - 1'b1;
      end
    end
  end
endmodule
`default_nettype wire
