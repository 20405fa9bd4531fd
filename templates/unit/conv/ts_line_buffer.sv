// Line buffer in place: KH - 1 banks hold the rows above the newest one. Column steps leave in
// raster order, each beat with KH values per lane; rows outside the frame are resolved.
//
// The step at row r reads the banks and, while row r + LAG lies in the frame, takes the newest
// value from the input and stores it where row r - PT was. Below the frame no input is needed, but
// the next frame's rows are stored if they are there and as wide. "owed" counts the beats by which
// the steps are ahead of the stored input, "lead" the rows to be stored before the first step of a
// frame of which nothing was stored beforehand; storing alone catches up.
`default_nettype none
module ts_line_buffer #(
    parameter RESIZABLE = 0,
    parameter W = 16,
    parameter H = 16,
    parameter C = 4,
    parameter LI = 2,
    parameter AB = 8,
    parameter KH = 3,
    parameter PT = 1,
    parameter BORDER = 0,
    parameter [C*AB-1:0] PAD = 0,
    parameter P = 1, ULTRA = 0,
    parameter XW = 8,
    parameter YW = 8,
    parameter LW = LI * AB
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             size_valid,
    output wire             size_ready,
    input  wire [   XW-1:0] size_columns,
    input  wire [   YW-1:0] size_rows,
    input  wire             in_valid,
    output wire             in_ready,
    input  wire [   LW-1:0] in_data,
    output wire             col_valid,
    input  wire             col_ready,
    output wire [KH*LW-1:0] col_data,
    output wire             idle
);
  localparam BI = (C + LI - 1) / LI;
  localparam LAG = KH - 1 - PT;
  localparam BW = $clog2(BI + 1);
  localparam PW = $clog2(P + 1);

  // Position of the next step: columns and rows left, dummy columns behind them.
  logic [XW-1:0] x_left;
  logic [YW-1:0] y_left;
  logic [BW-1:0] b;
  logic [PW-1:0] phase;
  logic          start;
  logic          dummy;
  logic          needs;
  wire last_b = b == BW'(BI - 1);
  wire last_real = x_left == XW'(1);
  wire last_phase = phase == PW'(P - 1);
  wire last_x = (dummy | last_real) & last_phase;
  wire last_y = y_left == YW'(1);

  // Column pipeline: v1 behind the memory latch, v2 behind its output register, v3 resolved.
  logic v1, v2, v3;
  wire en3 = !v3 | col_ready;
  wire en2 = !v2 | en3;
  wire en1 = !v1 | en2;

  wire          sized, begins, steps_ready, stores_ready;
  wire [XW-1:0] columns, head_columns;
  wire [YW-1:0] head_rows;
  wire          caught_up, may_store;
  wire          offered = in_valid & may_store;
  wire          step = en1 & sized & (dummy | !needs | (offered & caught_up));
  wire          real_step = step & !dummy;
  wire          row_end = step & last_b & last_x;
  wire          frame_end = row_end & last_y;
  assign in_ready = may_store & (!caught_up | real_step);
  assign idle = start & !v1 & !v2 & !v3;
  assign size_ready = steps_ready & stores_ready;
  wire told = size_valid & size_ready;

  ts_frame #(
      .RESIZABLE(RESIZABLE), .WIDTH(W), .HEIGHT(H), .XW(XW), .YW(YW)
  ) steps (
      .clk, .rst, .in_valid(told), .in_ready(steps_ready), .in_columns(size_columns),
      .in_rows(size_rows), .next(frame_end), .valid(sized), .load(begins), .head_columns,
      .head_rows, .columns
  );

  always_ff @(posedge clk) begin
    if (rst) begin
      x_left <= XW'(W);
      y_left <= YW'(H);
      b <= '0;
      phase <= '0;
      dummy <= 1'b0;
      start <= 1'b1;
      needs <= 1'b1;
    end else begin
      if (begins) begin
        x_left <= head_columns;
        y_left <= head_rows;
      end else if (step & last_b) begin
        if (last_x) x_left <= columns;
        else if (!dummy & !last_real) x_left <= x_left - 1'b1;
        if (last_x) y_left <= y_left - 1'b1;
      end
      if (step) begin
        b <= last_b ? '0 : b + 1'b1;
        start <= last_b & last_x & last_y;
      end
      if (step & last_b) begin
        phase <= last_phase ? '0 : phase + 1'b1;
        dummy <= (dummy | last_real) & !last_phase;
      end
      if (row_end) begin
        if (last_y) needs <= 1'b1;
        else if (y_left == YW'(LAG + 1)) needs <= 1'b0;
      end
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      v1 <= 1'b0;
      v2 <= 1'b0;
      v3 <= 1'b0;
    end else begin
      if (en1) v1 <= step;
      if (en2) v2 <= v1;
      if (en3) v3 <= v2;
    end
  end

  logic [LW-1:0] newest1, newest2;
  always_ff @(posedge clk) begin
    if (en1) newest1 <= in_data;
    if (en2) newest2 <= newest1;
  end

  assign col_valid = v3;

  if (KH == 1) begin : single
    logic [KH*LW-1:0] column;
    assign caught_up = 1'b1;
    assign may_store = 1'b1;
    assign stores_ready = 1'b1;
    assign col_data = column;
    always_ff @(posedge clk) if (en3) column <= newest2;
  end else begin : rows
    localparam SW = $clog2(KH);
    localparam AW = $clog2(W * BI);
    localparam OW = $clog2(W * BI * LAG + 2);
    localparam RW = $clog2(LAG + 2);

    // The next store; "ahead": it belongs to the frame behind that of the steps.
    logic [XW-1:0] wx_left;
    logic [YW-1:0] wy_left;
    logic [BW-1:0] wb;
    logic          ahead, same, fresh;
    wire           wr_sized, wr_begins;
    wire  [XW-1:0] wr_columns, wr_head_columns;
    wire  [YW-1:0] wr_head_rows;
    wire           store = offered & (!caught_up | real_step);
    wire           wr_last_b = wb == BW'(BI - 1);
    wire           wr_row_end = store && wr_last_b && wx_left == XW'(1);
    wire           wr_frame_end = wr_row_end && wy_left == YW'(1);
    assign may_store = RESIZABLE == 0 || (wr_sized && (!ahead || same));
    // Nothing of the next frame is stored yet: it may have any width.
    wire restart = RESIZABLE != 0 && frame_end && fresh && !store;

    ts_frame #(
        .RESIZABLE(RESIZABLE), .WIDTH(W), .HEIGHT(H), .XW(XW), .YW(YW)
    ) stores (
        .clk, .rst, .in_valid(told), .in_ready(stores_ready), .in_columns(size_columns),
        .in_rows(size_rows), .next(wr_frame_end), .valid(wr_sized), .load(wr_begins),
        .head_columns(wr_head_columns), .head_rows(wr_head_rows), .columns(wr_columns)
    );

    always_ff @(posedge clk) begin
      if (rst) begin
        wx_left <= XW'(W);
        wy_left <= YW'(H);
        wb <= '0;
        ahead <= 1'b0;
        fresh <= 1'b1;
        same <= 1'b1;
      end else begin
        if (wr_begins) begin
          wx_left <= wr_head_columns;
          wy_left <= wr_head_rows;
          same <= wr_head_columns == wr_columns;
        end else if (store & wr_last_b) begin
          wx_left <= wr_row_end ? wr_columns : wx_left - 1'b1;
          if (wr_row_end) wy_left <= wy_left - 1'b1;
        end
        if (store) wb <= wr_last_b ? '0 : wb + 1'b1;
        if (store) fresh <= wr_frame_end;
        if (wr_frame_end != frame_end) ahead <= wr_frame_end;
      end
    end

    // Distance between steps and stored beats.
    logic [OW-1:0] owed;
    logic [RW-1:0] lead;
    logic          even;
    assign caught_up = even && lead == '0;
    always_ff @(posedge clk) begin
      if (rst | restart) begin
        owed <= '0;
        even <= 1'b1;
        lead <= RW'(LAG);
      end else if (lead != '0) begin
        if (wr_row_end) lead <= lead - 1'b1;
      end else if (real_step & !store) begin
        owed <= owed + 1'b1;
        even <= 1'b0;
      end else if (store & !real_step) begin
        owed <= owed - 1'b1;
        even <= owed == OW'(1);
      end
    end

    // Addresses of steps and stores; slot is the bank of the oldest row and of the newest alike.
    logic [AW-1:0] rd_addr, wr_addr;
    logic [SW-1:0] slot, wr_slot;
    always_ff @(posedge clk) begin
      if (rst | restart) begin
        rd_addr <= '0;
        slot <= SW'(LAG % (KH - 1));
        wr_addr <= '0;
        wr_slot <= '0;
      end else begin
        if (real_step) rd_addr <= last_b & last_real ? '0 : rd_addr + 1'b1;
        if (row_end) slot <= slot == SW'(KH - 2) ? '0 : slot + 1'b1;
        if (store) wr_addr <= wr_row_end ? '0 : wr_addr + 1'b1;
        if (wr_row_end) wr_slot <= wr_slot == SW'(KH - 2) ? '0 : wr_slot + 1'b1;
      end
    end

    ts_line_rows #(
        .DEPTH(W * BI), .BI(BI), .LW(LW), .KH(KH), .PT(PT), .BORDER(BORDER),
        .PADS((BI * LW)'(PAD)), .YW(YW), .AW(AW), .ULTRA(ULTRA)
    ) banks (
        .clk, .rst, .en1, .en2, .en3, .read(real_step), .rd_addr, .slot, .b, .y_left,
        .row_end, .frame_end, .newest2, .store, .wr_addr, .wr_slot, .in_data, .column(col_data)
    );
  end
endmodule
`default_nettype wire
