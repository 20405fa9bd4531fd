// Normalises a stored map: clamp((x * m + b) >> SHIFT, LO, HI), multiplier and offset per channel and,
// with TOLD, per frame: a table of N entries arrives for every frame (an offset of 32 bits above a
// multiplier of 18), and a frame is taken only when its table is there. Two tables are held, so that
// the next one arrives while one is in use. Without TOLD the table is the memory's first contents.
// Registers: memory latch and output, then those of the requantiser. Latency 6.
`default_nettype none
module ts_norm #(
    parameter TOLD = 0,
    parameter N = 4,
    parameter LANES = 1,
    parameter POSITIONS = 16,
    parameter IN_B = 8,
    parameter IN_S = 1,
    parameter OUT_B = 8,
    parameter OFFSET_SHIFT = 0,
    parameter SHIFT = 8,
    parameter signed [31:0] LO = 0,
    parameter signed [31:0] HI = 255,
    parameter FILE = ""
) (
    input  wire                   clk,
    input  wire                   rst,
    input  wire                   table_valid,
    output wire                   table_ready,
    input  wire [           49:0] table_data,
    input  wire                   in0_valid,
    output wire                   in0_ready,
    input  wire [ LANES*IN_B-1:0] in0_data,
    output wire                   out0_valid,
    input  wire                   out0_ready,
    output wire [LANES*OUT_B-1:0] out0_data
);
  localparam BEATS = (N + LANES - 1) / LANES;
  localparam SW = BEATS > 1 ? $clog2(BEATS) : 1;
  localparam PW = POSITIONS > 1 ? $clog2(POSITIONS) : 1;
  localparam OFF_W = 32 + OFFSET_SHIFT;
  localparam K_W = 18 + OFF_W;

  wire                  head_valid, enable, open;
  wire [LANES*IN_B-1:0] head;
  logic [          5:0] valid;
  logic [LANES*IN_B-1:0] late;
  logic [       SW-1:0] beat;
  logic [       PW-1:0] position;
  logic                 bank;
  wire take = head_valid & open;
  wire beat_last = beat == SW'(BEATS - 1);
  wire frame_last = beat_last && position == PW'(POSITIONS - 1);
  wire done = take & enable & frame_last;
  assign enable = !valid[5] | out0_ready;
  assign out0_valid = valid[5];
  ts_skid #(.W(LANES * IN_B)) skid (
      .clk, .rst, .in_valid(in0_valid), .in_ready(in0_ready), .in_data(in0_data),
      .out_valid(head_valid), .out_ready(enable & open), .out_data(head)
  );
  always_ff @(posedge clk) begin
    if (enable) late <= head;
    if (rst) begin
      valid <= '0;
      beat <= '0;
      position <= '0;
      bank <= 1'b0;
    end else if (enable) begin
      valid <= {valid[4:0], take};
      if (take) begin
        beat <= beat_last ? '0 : beat + 1'b1;
        if (beat_last) position <= frame_last ? '0 : position + 1'b1;
        if (frame_last) bank <= TOLD != 0 && !bank;
      end
    end
  end

  // Tables as they arrive, and how many are held.
  localparam LW = LANES > 1 ? $clog2(LANES) : 1;
  logic [LW-1:0] lane;
  logic [SW-1:0] word;
  logic          fill;
  logic [   1:0] held;
  wire           put = TOLD != 0 && table_valid && table_ready;
  wire           lane_last = lane == LW'(LANES - 1);
  wire           whole = put && word == SW'(BEATS - 1) && lane == LW'((N - 1) % LANES);
  assign table_ready = !held[1];
  assign open = TOLD == 0 || held != '0;
  always_ff @(posedge clk) begin
    if (rst) begin
      lane <= '0;
      word <= '0;
      fill <= 1'b0;
      held <= '0;
    end else begin
      if (put) begin
        lane <= lane_last | whole ? '0 : lane + 1'b1;
        if (whole) word <= '0;
        else if (lane_last) word <= word + 1'b1;
        if (whole) fill <= !fill;
      end
      if (TOLD != 0) held <= held + 2'(whole) - 2'(done);
    end
  end

  // The entries of the beat, two cycles behind it.
  wire [LANES*50-1:0] entries;
  if (TOLD == 0) begin : constant
    logic [LANES*50-1:0] rom[0:BEATS-1];
    logic [LANES*50-1:0] latch, data;
    if (FILE != "") begin : image
      initial $readmemh(FILE, rom);
    end
    always_ff @(posedge clk) begin
      if (enable) latch <= rom[beat];
      if (enable) data <= latch;
    end
    assign entries = data;
    wire unused = &{1'b0, table_data, bank, fill, word, lane};
  end else begin : told
    for (genvar l = 0; l < LANES; l = l + 1) begin : factors
      ts_ram #(.W(50), .DEPTH(2 << SW)) ram (
          .clk, .wr_en(put && lane == LW'(l)), .wr_addr({fill, word}), .wr_data(table_data),
          .rd_en(enable), .rd_addr({bank, beat}), .out_en(enable), .rd_data(entries[l*50+:50])
      );
    end
  end

  for (genvar l = 0; l < LANES; l = l + 1) begin : lanes
    wire [ 49:0] entry = entries[l*50+:50];
    wire [K_W-1:0] k = {OFF_W'($signed(entry[49:18])) << OFFSET_SHIFT, entry[17:0]};
    ts_scale_lane #(
        .IN_B(IN_B), .IN_S(IN_S), .OUT_B(OUT_B), .A_W(IN_S != 0 ? IN_B : IN_B + 1), .M_W(18),
        .OFF_W(OFF_W), .SUM_W(48), .SHIFT(SHIFT), .LO(LO), .HI(HI)
    ) scale (
        .clk, .enable, .x(late[l*IN_B+:IN_B]), .k, .code(out0_data[l*OUT_B+:OUT_B])
    );
  end
endmodule
`default_nettype wire
