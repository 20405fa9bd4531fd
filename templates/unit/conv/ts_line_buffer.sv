// Line buffer in place: KH - 1 banks hold the rows above the newest one. Column steps leave in
// raster order, each beat with KH values per lane; rows outside the frame are resolved here.
//
// The step at row r reads the banks and, while row r + LAG lies in the frame, takes the newest
// value from the input and stores it where row r - PT was. Below the frame no input is needed, but
// the next frame's rows are stored if they are there. "owed" counts the beats by which the steps
// are ahead of the stored input; storing alone catches up.
`default_nettype none
module ts_line_buffer #(
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
    parameter LW = LI * AB
) (
    input  wire             clk,
    input  wire             rst,
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
  localparam COLUMNS = (W + P - 1) / P * P;
  localparam XW = $clog2(COLUMNS + 1);
  localparam YW = $clog2(H + 1);
  localparam BW = $clog2(BI + 1);

  // Position of the next step.
  logic [XW-1:0] x;
  logic [YW-1:0] y;
  logic [BW-1:0] b;
  logic          start;
  logic          dummy;
  logic          needs;
  logic          last_b;
  logic          last_x;
  logic          last_y;

  // Column pipeline: v1 behind the memory latch, v2 behind its output register, v3 resolved.
  logic v1, v2, v3;
  wire en3 = !v3 | col_ready;
  wire en2 = !v2 | en3;
  wire en1 = !v1 | en2;

  wire caught_up;
  wire step = en1 & (dummy | !needs | (in_valid & caught_up));
  wire real_step = step & !dummy;
  wire store = in_valid & (!caught_up | real_step);
  assign in_ready = !caught_up | real_step;

  assign last_b = b == BW'(BI - 1);
  assign last_x = x == XW'(COLUMNS - 1);
  assign last_y = y == YW'(H - 1);
  assign dummy = x >= XW'(W);
  assign idle = start & !v1 & !v2 & !v3;

  always_ff @(posedge clk) begin
    if (rst) begin
      x <= '0;
      y <= '0;
      b <= '0;
      start <= 1'b1;
      needs <= 1'b1;
    end else if (step) begin
      b <= last_b ? '0 : b + 1'b1;
      start <= last_b & last_x & last_y;
      if (last_b) x <= last_x ? '0 : x + 1'b1;
      if (last_b & last_x) begin
        y <= last_y ? '0 : y + 1'b1;
        if (last_y) needs <= 1'b1;
        else if (y == YW'(H - 1 - LAG)) needs <= 1'b0;
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

  logic [KH*LW-1:0] column;
  assign col_valid = v3;
  assign col_data  = column;

  if (KH == 1) begin : single
    assign caught_up = 1'b1;
    always_ff @(posedge clk) if (en3) column <= newest2;
    wire unused = store;
  end else begin : rows
    localparam SW = $clog2(KH);
    localparam AW = $clog2(W * BI);
    localparam OW = $clog2(W * BI * (LAG + 1) + 1);
    localparam [AW-1:0] LAST = AW'(W * BI - 1);

    // Distance between steps and stored beats.
    logic [OW-1:0] owed;
    logic          even;
    assign caught_up = even;
    always_ff @(posedge clk) begin
      if (rst) begin
        owed <= OW'(LAG * W * BI);
        even <= LAG == 0;
      end else if (real_step & !store) begin
        owed <= owed + 1'b1;
        even <= 1'b0;
      end else if (store & !real_step) begin
        owed <= owed - 1'b1;
        even <= owed == OW'(1);
      end
    end

    // Addresses of steps and stores; slot is the bank of the oldest row and of the newest alike.
    logic [AW-1:0] rd_addr, wr_addr, wr_addr1;
    logic [SW-1:0] slot, wr_slot, wr_slot1;
    logic          wr1;
    logic [LW-1:0] wr_data1;
    always_ff @(posedge clk) begin
      if (rst) begin
        rd_addr <= '0;
        slot <= SW'(LAG % (KH - 1));
        wr_addr <= '0;
        wr_slot <= '0;
        wr1 <= 1'b0;
      end else begin
        if (real_step) rd_addr <= rd_addr == LAST ? '0 : rd_addr + 1'b1;
        if (step & last_b & last_x) slot <= slot == SW'(KH - 2) ? '0 : slot + 1'b1;
        if (store) wr_addr <= wr_addr == LAST ? '0 : wr_addr + 1'b1;
        if (store && wr_addr == LAST) wr_slot <= wr_slot == SW'(KH - 2) ? '0 : wr_slot + 1'b1;
        wr1 <= store;
      end
    end
    always_ff @(posedge clk) begin
      wr_addr1 <= wr_addr;
      wr_slot1 <= wr_slot;
      wr_data1 <= in_data;
    end

    logic [KH*LW-1:0] stack;
    assign stack[(KH-1)*LW+:LW] = newest2;
    for (genvar i = 0; i < KH - 1; i = i + 1) begin : bank
      ts_ram #(
          .W(LW),
          .DEPTH(W * BI),
          .REGISTERED(1),
          .STYLE(W * BI <= 64 ? "distributed" : ULTRA != 0 ? "ultra" : "block")
      ) ram (
          .clk,
          .wr_en(wr1 && wr_slot1 == SW'(i)),
          .wr_addr(wr_addr1),
          .wr_data(wr_data1),
          .rd_en(real_step),
          .rd_addr,
          .out_en(en2),
          .rd_data(stack[i*LW+:LW])
      );
    end

    // Where the rows of the window come from: a bank, the newest row (KH - 1), or the pad code.
    logic [YW-1:0] y1;
    logic [SW-1:0] slot1;
    logic [BW-1:0] b1, b2;
    logic [KH*SW-1:0] from;
    logic [   KH-1:0] outside;
    logic [KH*SW-1:0] source;
    logic [   KH-1:0] above_below;

    always_comb begin
      above_below = '0;
      for (int i = 0; i < KH; i = i + 1) begin
        source[i*SW+:SW] = SW'(i);
        for (int r = 0; r < PT; r = r + 1) begin
          if (y1 == YW'(r) && r + i < PT) begin
            above_below[i] = 1'b1;
            source[i*SW+:SW] = BORDER == 1 ? SW'(PT - r) : SW'(2 * (PT - r) - i);
          end
        end
        for (int r = 0; r < LAG; r = r + 1) begin
          if (y1 == YW'(H - LAG + r) && i > KH - 2 - r) begin
            above_below[i] = 1'b1;
            source[i*SW+:SW] = BORDER == 1 ? SW'(KH - 2 - r) : SW'(2 * (KH - 2 - r) - i);
          end
        end
      end
    end

    function automatic [SW-1:0] bank_of(input [SW-1:0] row, input [SW-1:0] oldest);
      logic [SW:0] sum;
      sum = {1'b0, row} + {1'b0, oldest};
      if (row == SW'(KH - 1)) bank_of = row;
      else if (sum >= (SW + 1)'(KH - 1)) bank_of = SW'(sum - (SW + 1)'(KH - 1));
      else bank_of = SW'(sum);
    endfunction

    always_ff @(posedge clk) begin
      if (en1) begin
        y1 <= y;
        slot1 <= slot;
        b1 <= b;
      end
      if (en2) begin
        b2 <= b1;
        outside <= BORDER == 0 ? above_below : '0;
        for (int i = 0; i < KH; i = i + 1) from[i*SW+:SW] <= bank_of(source[i*SW+:SW], slot1);
      end
    end

    localparam [BI*LW-1:0] PADS = (BI * LW)'(PAD);
    logic [LW-1:0] pad;
    always_comb begin
      pad = PADS[LW-1:0];
      for (int i = 1; i < BI; i = i + 1) if (b2 == BW'(i)) pad = PADS[i*LW+:LW];
    end

    always_ff @(posedge clk) begin
      if (en3) begin
        for (int i = 0; i < KH; i = i + 1) begin
          for (int j = 0; j < KH; j = j + 1) begin
            if (from[i*SW+:SW] == SW'(j)) column[i*LW+:LW] <= stack[j*LW+:LW];
          end
          if (outside[i]) column[i*LW+:LW] <= pad;
        end
      end
    end
  end
endmodule
`default_nettype wire
