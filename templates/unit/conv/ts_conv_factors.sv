// What the requantiser multiplies by and adds: from memories that never change, or, with NORM, from a table
// that arrives for every frame, an entry per output channel (an offset of 32 bits above a multiplier of
// 18). Two tables are held, so that the next one arrives while one is in use. "open": the frame of the
// group at hand has its table; "step" and "step_last" mark that a group, and the last one of a frame,
// enters the window. "bank" changes with the frame that is drained, "done" marks its last beat.
// "tap_word" and "tap_end" are "beat" and "done" when their sums are there.
// "beat" goes with "scales" two cycles and "offset" with "offsets" two cycles later.
`default_nettype none
module ts_conv_factors #(
    parameter NORM = 0,
    parameter OFFSET_SHIFT = 0,
    parameter N = 8,
    parameter LO = 2,
    parameter CLASSES = 1,
    parameter MW = 18,
    parameter BW = 48,
    parameter SCALES = "",
    parameter OFFSETS = "",
    parameter BO = (N + LO - 1) / LO,
    parameter SW = BO > 1 ? $clog2(BO) : 1,
    parameter OFFW = CLASSES * BO > 1 ? $clog2(CLASSES * BO) : 1
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             table_valid,
    output wire             table_ready,
    input  wire [     49:0] table_data,
    input  wire             step,
    input  wire             step_last,
    output wire             open,
    input  wire             bank,
    input  wire             done,
    input  wire [   SW-1:0] beat,
    input  wire [ OFFW-1:0] offset,
    output wire [LO*MW-1:0] scales,
    output wire [LO*BW-1:0] offsets,
    output wire             tap_end,
    output wire [     15:0] tap_word
);
  logic        end1;
  logic [15:0] word1;
  assign tap_end  = end1;
  assign tap_word = word1;
  always_ff @(posedge clk) begin
    end1  <= done;
    word1 <= 16'(beat);
  end

  if (NORM == 0) begin : constant
    assign table_ready = 1'b1;
    assign open = 1'b1;
    ts_rom #(.W(LO * MW), .DEPTH(BO), .FILE(SCALES), .BLOCK(BO > 64 ? 1 : 0)) scale_rom (
        .clk, .addr(beat), .data(scales)
    );
    ts_rom #(
        .W(LO * BW), .DEPTH(CLASSES * BO), .FILE(OFFSETS), .BLOCK(CLASSES * BO > 64 ? 1 : 0)
    ) offset_rom (
        .clk, .addr(offset), .data(offsets)
    );
    wire unused = &{rst, table_valid, table_data, step, step_last, bank};
  end else begin : told
    localparam LW = LO > 1 ? $clog2(LO) : 1;

    logic [LW-1:0] lane;
    logic [SW-1:0] word;
    logic          fill;
    wire           take = table_valid & table_ready;
    wire           lane_last = lane == LW'(LO - 1);
    wire           whole = take && word == SW'(BO - 1) && lane == LW'((N - 1) % LO);
    always_ff @(posedge clk) begin
      if (rst) begin
        lane <= '0;
        word <= '0;
        fill <= 1'b0;
      end else if (take) begin
        lane <= lane_last | whole ? '0 : lane + 1'b1;
        if (whole) word <= '0;
        else if (lane_last) word <= word + 1'b1;
        if (whole) fill <= !fill;
      end
    end

    // Tables that are held, and those of frames whose groups are not all begun.
    logic [1:0] held, ahead;
    logic       ended;
    wire        leave = step & ended;
    assign table_ready = !held[1];
    assign open = ahead != '0;
    always_ff @(posedge clk) begin
      if (rst) begin
        held  <= '0;
        ahead <= '0;
        ended <= 1'b0;
      end else begin
        held  <= held + 2'(whole) - 2'(done);
        ahead <= ahead + 2'(whole) - 2'(leave);
        if (step) ended <= step_last;
      end
    end

    for (genvar l = 0; l < LO; l = l + 1) begin : lanes
      wire  [49:0] entry;
      logic [31:0] behind;
      ts_ram #(
          .W(50),
          .DEPTH(2 << SW)
      ) factors (
          .clk,
          .wr_en(take && lane == LW'(l)),
          .wr_addr({fill, word}),
          .wr_data(table_data),
          .rd_en(1'b1),
          .rd_addr({bank, beat}),
          .out_en(1'b1),
          .rd_data(entry)
      );
      always_ff @(posedge clk) behind <= entry[49:18];
      assign scales[l*MW+:MW] = entry[17:0];
      assign offsets[l*BW+:BW] = 48'($signed(behind)) << OFFSET_SHIFT;
    end
    wire unused = &offset;
  end
endmodule
`default_nettype wire
