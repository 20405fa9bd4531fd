// Writes the cores of tiles, given as AXI4-Stream video, to their places in a frame in memory: SCALE
// times as large as the frame that was read. A burst is announced only when all its words are there;
// "done" marks the cycle in which the last response of a frame has come,
// and "crc" then is that of the frame's pixels, tile by tile, if asked for.
`default_nettype none
module ts_mem_writer #(
    parameter B = 16,
    parameter C = 3,
    parameter PPC = 1,
    parameter SCALE = 2,
    parameter MOST = 64,
    parameter DEPTH = 512,
    parameter OUTSTANDING = 8,
    parameter CORE_W = 64,
    parameter CORE_H = 64,
    parameter BEFORE_X = 0,
    parameter AFTER_X = 0,
    parameter BEFORE_Y = 0,
    parameter AFTER_Y = 0,
    parameter CROPS = 0,
    parameter PASSES = 1,
    parameter CROP_W = 1,
    parameter CROP_H = 1,
    parameter [(CROPS>0?CROPS:1)*32-1:0] PLACES = '0,
    parameter CRC = 0,
    parameter [32*(PPC*C*8+32)-1:0] MASKS = '0
) (
    input  wire               clk,
    input  wire               rst,
    input  wire               start,
    output wire               start_ready,
    input  wire [       63:0] base,
    input  wire [       31:0] pitch,
    input  wire [       15:0] width,
    input  wire [       15:0] height,
    output wire               done,
    output wire               error,
    output wire [       31:0] crc,
    output wire [       63:0] awaddr,
    output wire [        7:0] awlen,
    output wire               awvalid,
    input  wire               awready,
    output wire [    B*8-1:0] wdata,
    output wire [      B-1:0] wstrb,
    output wire               wlast,
    output wire               wvalid,
    input  wire               wready,
    input  wire [        1:0] bresp,
    input  wire               bvalid,
    output wire               bready,
    input  wire               tvalid,
    output wire               tready,
    input  wire [PPC*C*8-1:0] tdata
);
  localparam FW = $clog2(DEPTH + 1);
  localparam OW = $clog2(OUTSTANDING + 1);
  localparam PS = $clog2(PPC);

  // Frames wait until the one before is written.
  wire        job_valid, job_take;
  wire [63:0] job_base;
  wire [31:0] job_pitch;
  wire [15:0] job_w, job_h;
  ts_fifo #(.W(128), .DEPTH(4)) jobs (
      .clk, .rst, .in_valid(start), .in_ready(start_ready), .in_data({base, pitch, width, height}),
      .out_valid(job_valid), .out_ready(job_take), .out_data({job_base, job_pitch, job_w, job_h})
  );
  logic walking, closing, finished;
  wire  walker_idle, tile_valid, tile_ready, tile_kept, tile_last;
  wire  [15:0] core_x, core_y, core_w, core_h, left, top, tile_w, tile_h;
  wire  begin_frame = job_valid & !walking & walker_idle;
  assign job_take = finished;
  ts_mem_walk #(
      .CORE_W(CORE_W), .CORE_H(CORE_H), .BEFORE_X(BEFORE_X), .AFTER_X(AFTER_X), .BEFORE_Y(BEFORE_Y),
      .AFTER_Y(AFTER_Y), .CROPS(CROPS), .PASSES(PASSES), .CROP_W(CROP_W), .CROP_H(CROP_H),
      .PLACES(PLACES)
  ) tiles (
      .clk, .rst, .start(begin_frame), .idle(walker_idle), .width(job_w), .height(job_h),
      .valid(tile_valid), .ready(tile_ready), .kept(tile_kept), .core_x, .core_y, .core_w, .core_h, .left, .top,
      .tile_w, .tile_h, .last(tile_last)
  );
  function automatic [15:0] scaled(input [15:0] pixels);
    scaled = 16'd0;
    for (int i = 0; i < 16; i = i + 1) begin
      if ((SCALE >> i) % 2 != 0) scaled = scaled + (pixels << i);
    end
  endfunction

  // A tile goes to the filter and to the bursts at once, a crop to the filter alone, which drops it.
  wire filter_ready, bursts_ready;
  assign tile_ready = filter_ready & (bursts_ready | !tile_kept);
  wire give = tile_valid & tile_ready;
  wire              kept_valid, kept_ready, kept_last;
  wire [PPC*C*8-1:0] kept;
  wire        cut_valid, cut_ready;
  wire [95:0] cut;
  ts_fifo #(.W(96), .DEPTH(2)) cuts (
      .clk, .rst, .in_valid(give), .in_ready(filter_ready),
      .in_data({scaled(core_x - left) >> PS, scaled(core_w) >> PS, scaled(tile_w) >> PS,
                scaled(core_y - top), scaled(core_h), scaled(tile_h)}),
      .out_valid(cut_valid), .out_ready(cut_ready), .out_data(cut)
  );
  ts_mem_filter #(.W(PPC * C * 8)) filter (
      .clk, .rst, .tile_valid(cut_valid), .tile_ready(cut_ready), .skip_x(cut[95:80]),
      .keep_x(cut[79:64]), .tile_x(cut[63:48]), .skip_y(cut[47:32]), .keep_y(cut[31:16]),
      .tile_y(cut[15:0]), .in_valid(tvalid), .in_ready(tready), .in_data(tdata),
      .out_valid(kept_valid), .out_ready(kept_ready), .out_data(kept), .out_last(kept_last)
  );

  wire        row_valid, row_ready, told, tell, burst_valid, burst_ready, burst_last;
  wire [ 5:0] row_offset, told_offset;
  wire [63:0] burst_address;
  wire [ 7:0] burst_length;
  ts_mem_bursts #(.B(B), .MOST(MOST), .C(C)) bursts (
      .clk, .rst, .in_valid(give & tile_kept), .in_ready(bursts_ready), .base(job_base), .pitch(job_pitch),
      .x(scaled(core_x)), .y(scaled(core_y)), .columns(scaled(core_w)), .rows(scaled(core_h)),
      .closing(tile_last),
      .row_valid, .row_ready, .row_offset, .valid(burst_valid), .ready(burst_ready),
      .address(burst_address), .length(burst_length), .last(burst_last)
  );
  ts_fifo #(.W(6), .DEPTH(32)) rows (
      .clk, .rst, .in_valid(row_valid), .in_ready(row_ready), .in_data(row_offset),
      .out_valid(told), .out_ready(tell), .out_data(told_offset)
  );
  wire             full_valid, full_ready, word_valid, word_ready;
  wire [  B*8-1:0] full;
  wire [    B-1:0] full_strobe;
  ts_mem_pack #(.B(B), .N(C * PPC)) pack (
      .clk, .rst, .row_valid(told), .row_ready(tell), .row_offset(told_offset),
      .in_valid(kept_valid), .in_ready(kept_ready), .in_data(kept), .in_last(kept_last),
      .out_valid(full_valid), .out_ready(full_ready), .out_data(full), .out_strobe(full_strobe)
  );
  ts_fifo #(.W(B * 9), .DEPTH(DEPTH)) buffer (
      .clk, .rst, .in_valid(full_valid), .in_ready(full_ready), .in_data({full_strobe, full}),
      .out_valid(word_valid), .out_ready(word_ready), .out_data({wstrb, wdata})
  );

  if (CRC != 0) begin : checked
    ts_crc32 #(.W(PPC * C * 8), .MASKS(MASKS)) check (
        .clk, .begins(begin_frame), .valid(kept_valid & kept_ready), .data(kept), .crc
    );
  end else begin : unchecked
    assign crc = '0;
  end

  // Bursts, against words in the buffer.
  logic          aw_valid;
  logic [  63:0] aw_address;
  logic [   7:0] aw_length;
  logic [FW-1:0] stored;
  logic [OW-1:0] open;
  wire  [FW-1:0] wanted = FW'(burst_length) + 1'b1;
  assign burst_ready = !closing && (!aw_valid | awready) && stored >= wanted
      && open != OW'(OUTSTANDING);
  wire ask = burst_valid & burst_ready;
  wire filled = full_valid & full_ready;
  wire frame_end = ask & burst_last;
  assign awvalid = aw_valid;
  assign awaddr = aw_address;
  assign awlen = aw_length;
  assign bready = 1'b1;
  assign done = finished;
  always_ff @(posedge clk) begin
    finished <= !rst & closing & !finished && open == '0;
    if (rst) begin
      walking <= 1'b0;
      closing <= 1'b0;
      aw_valid <= 1'b0;
      stored <= '0;
      open <= '0;
    end else begin
      if (begin_frame) walking <= 1'b1;
      else if (finished) walking <= 1'b0;
      if (frame_end) closing <= 1'b1;
      else if (finished) closing <= 1'b0;
      if (ask) aw_valid <= 1'b1;
      else if (awready) aw_valid <= 1'b0;
      stored <= stored + FW'(filled) - (ask ? wanted : '0);
      open <= open + OW'(ask) - OW'(bvalid);
    end
    if (ask) begin
      aw_address <= burst_address;
      aw_length  <= burst_length;
    end
  end
  logic failed;
  assign error = failed;
  always_ff @(posedge clk) begin
    if (rst) failed <= 1'b0;
    else if (bvalid & bresp[1]) failed <= 1'b1;
  end

  // Words of the bursts whose addresses were taken.
  wire       length_valid, length_room;
  wire [7:0] length;
  logic [7:0] count;
  wire send = wvalid & wready;
  assign wvalid = word_valid & length_valid;
  assign wlast = count == length;
  assign word_ready = length_valid & wready;
  ts_fifo #(.W(8), .DEPTH(OUTSTANDING + 1)) lengths (
      .clk, .rst, .in_valid(awvalid & awready), .in_ready(length_room), .in_data(aw_length),
      .out_valid(length_valid), .out_ready(send & wlast), .out_data(length)
  );
  always_ff @(posedge clk) begin
    if (rst) count <= '0;
    else if (send) count <= wlast ? '0 : count + 8'd1;
  end
  wire unused = &{1'b0, bresp[0], length_room};
endmodule
`default_nettype wire
