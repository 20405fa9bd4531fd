// Line buffer that delivers every row REPLAY times in a row: KH banks hold the rows of the window.
// Column steps leave in raster order, row by row and walk by walk, each beat with KH values per lane;
// rows outside the frame are resolved.
//
// The first walk at row r follows the store of row r + LAG, if that lies in the frame, from a beat
// behind. A store may take the place of row r - PT as soon as the last walk has passed it, so that
// the next row comes in meanwhile. "ahead" counts the rows from that of the steps to that of the
// stores, through frames: the next frame's rows are stored below this one, of whatever width, because
// every row has a bank of its own.
`default_nettype none
module ts_line_replay #(
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
    parameter P = 1,
    parameter REPLAY = 2,
    parameter ULTRA = 0,
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
  localparam VW = $clog2(REPLAY + 1);
  localparam SW = KH > 1 ? $clog2(KH) : 1;
  localparam AW = $clog2(W * BI);
  localparam RW = $clog2(LAG + 3);

  // The next step: columns and rows left, dummy columns behind them, walks of the row before.
  logic [XW-1:0] x_left;
  logic [YW-1:0] y_left;
  logic [BW-1:0] b;
  logic [PW-1:0] phase;
  logic [VW-1:0] walk;
  logic          start;
  logic          dummy;
  logic          needs;
  logic          walk_last;
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

  // Rows and beats of steps and stores. The address of the steps stays behind the row until it ends.
  logic [RW-1:0] ahead;
  logic [  AW:0] rd_addr;
  logic [AW-1:0] wr_addr;
  wire           stored = ahead > RW'(LAG) || (ahead == RW'(LAG) && {1'b0, wr_addr} > rd_addr);
  wire           read_last = ahead == RW'(LAG + 1) && walk_last && {1'b0, wr_addr} < rd_addr;
  wire           room = ahead <= RW'(LAG) || read_last;

  wire          sized, begins, steps_ready, stores_ready;
  wire [XW-1:0] columns, head_columns;
  wire [YW-1:0] head_rows;
  wire          step = en1 & sized & (dummy | !needs | stored);
  wire          real_step = step & !dummy;
  wire          walk_end = step & last_b & last_x;
  wire          row_end = walk_end & walk_last;
  wire          frame_end = row_end & last_y;
  assign idle = start & !v1 & !v2 & !v3;
  assign col_valid = v3;
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
      walk <= '0;
      walk_last <= 1'b0;
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
        if (row_end) y_left <= y_left - 1'b1;
      end
      if (step) begin
        b <= last_b ? '0 : b + 1'b1;
        start <= frame_end;
      end
      if (step & last_b) begin
        phase <= last_phase ? '0 : phase + 1'b1;
        dummy <= (dummy | last_real) & !last_phase;
      end
      if (walk_end) begin
        walk <= walk_last ? '0 : walk + 1'b1;
        walk_last <= walk == VW'(REPLAY - 2);
        needs <= walk_last && (last_y || y_left > YW'(LAG + 1));
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

  // The next store.
  logic [XW-1:0] wx_left;
  logic [YW-1:0] wy_left;
  logic [BW-1:0] wb;
  wire           wr_sized, wr_begins;
  wire  [XW-1:0] wr_columns, wr_head_columns;
  wire  [YW-1:0] wr_head_rows;
  wire           wr_last_b = wb == BW'(BI - 1);
  wire           wr_last = wr_last_b && wx_left == XW'(1);
  wire           wr_last_y = wy_left == YW'(1);
  assign in_ready = room & wr_sized;
  wire           store = in_valid & in_ready;
  wire           wr_row_end = store & wr_last;
  wire           wr_frame_end = wr_row_end & wr_last_y;

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
    end else begin
      if (wr_begins) begin
        wx_left <= wr_head_columns;
        wy_left <= wr_head_rows;
      end else if (store & wr_last_b) begin
        wx_left <= wr_row_end ? wr_columns : wx_left - 1'b1;
        if (wr_row_end) wy_left <= wy_left - 1'b1;
      end
      if (store) wb <= wr_last_b ? '0 : wb + 1'b1;
    end
  end

  // Addresses; slot is the bank of the oldest row of the window.
  logic [SW-1:0] slot, wr_slot;
  always_ff @(posedge clk) begin
    if (rst) begin
      ahead <= '0;
      rd_addr <= '0;
      slot <= SW'((LAG + 1) % KH);
      wr_addr <= '0;
      wr_slot <= '0;
    end else begin
      if (wr_row_end != row_end) ahead <= wr_row_end ? ahead + 1'b1 : ahead - 1'b1;
      if (walk_end) rd_addr <= '0;
      else if (real_step) rd_addr <= rd_addr + 1'b1;
      if (row_end) slot <= slot == SW'(KH - 1) ? '0 : slot + 1'b1;
      if (store) wr_addr <= wr_row_end ? '0 : wr_addr + 1'b1;
      if (wr_row_end) wr_slot <= wr_slot == SW'(KH - 1) ? '0 : wr_slot + 1'b1;
    end
  end

  ts_line_rows #(
      .DEPTH(W * BI), .BI(BI), .LW(LW), .KH(KH), .BANKS(KH), .PT(PT), .BORDER(BORDER),
      .PADS((BI * LW)'(PAD)), .YW(YW), .AW(AW), .SW(SW), .ULTRA(ULTRA)
  ) banks (
      .clk, .rst, .en1, .en2, .en3, .read(real_step), .rd_addr(rd_addr[AW-1:0]), .slot, .b, .y_left,
      .row_end, .frame_end, .newest2('0), .store, .wr_addr, .wr_slot, .in_data, .column(col_data)
  );
endmodule
`default_nettype wire
