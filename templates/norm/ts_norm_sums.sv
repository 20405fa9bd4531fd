// Sums over each frame of what a convolution taps: per channel that of v = (acc + align + half) >> H, which has
// 18 bits whatever the frame, and that of its square. Beat "tap_word" holds channels LO * tap_word to
// LO * tap_word + LO - 1; "tap_end" comes with the last beat of a frame. While one frame is summed,
// the sums of the one before leave, channel by channel, the square above the sum; they must have left
// before that frame ends. "gone" marks that the last ones leave.
`default_nettype none
module ts_norm_sums #(
    parameter N = 4,
    parameter LO = 1,
    parameter ACC = 24,
    parameter ALIGNED = 0,
    parameter AB = 1,
    parameter H = 0,
    parameter SB = 32,
    parameter QB = 48,
    parameter ALIGN = ""
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             tap_valid,
    input  wire             tap_end,
    input  wire [     15:0] tap_word,
    input  wire [LO*ACC-1:0] tap_data,
    output wire             gone,
    output wire             out_valid,
    input  wire             out_ready,
    output wire [SB+QB-1:0] out_data
);
  localparam BO = (N + LO - 1) / LO;
  localparam WW = BO > 1 ? $clog2(BO) : 1;
  localparam LW = LO > 1 ? $clog2(LO) : 1;
  localparam TW = (ACC > AB ? ACC : AB) + 2;
  localparam signed [TW-1:0] HALF = H > 0 ? TW'(1) << (H > 0 ? H - 1 : 0) : '0;
  localparam DEPTH = 6;  // registers in front of the memory's word

  // What goes along: whether there is a beat, whether a frame ends, the word.
  logic [   DEPTH:1] valid, ends;
  logic [DEPTH*WW-1:0] words;
  wire  [   WW-1:0] old_word = words[(DEPTH-2)*WW+:WW];
  wire  [   WW-1:0] word = words[(DEPTH-1)*WW+:WW];
  always_ff @(posedge clk) begin
    valid <= rst ? '0 : {valid[DEPTH-1:1], tap_valid};
    ends  <= rst ? '0 : {ends[DEPTH-1:1], tap_end};
    words <= {words[(DEPTH-1)*WW-1:0], tap_word[WW-1:0]};
  end
  wire unused = &{1'b0, tap_word};

  // The bank that is summed, and which of its words hold something.
  logic          bank;
  logic [BO-1:0] seen;
  logic          held;   // the word has sums of this frame
  logic          again;  // which were made one cycle ago
  wire           same = valid[DEPTH] && old_word == word;
  always_ff @(posedge clk) begin
    if (rst) begin
      bank <= 1'b0;
      seen <= '0;
    end else begin
      if (ends[DEPTH]) begin
        bank <= !bank;
        seen <= '0;
      end else if (valid[DEPTH]) begin
        seen[word] <= 1'b1;
      end
    end
    held  <= !ends[DEPTH] && (seen[old_word] || same);
    again <= same;
  end

  // The bank that leaves.
  logic          full;
  logic [   1:0] age;
  logic [WW-1:0] place;
  logic [LW-1:0] lane;
  wire           lane_last = lane == LW'(LO - 1);
  wire           last = place == WW'(BO - 1) && lane == LW'((N - 1) % LO);
  wire           leave = out_valid & out_ready;
  assign out_valid = full & age[1];
  assign gone = leave & last;
  always_ff @(posedge clk) begin
    if (rst) begin
      full <= 1'b0;
      age <= '0;
      place <= '0;
      lane <= '0;
    end else begin
      if (ends[DEPTH]) full <= 1'b1;
      else if (leave & last) full <= 1'b0;
      age <= !full || leave ? '0 : {age[0], 1'b1};
      if (leave) begin
        lane <= lane_last | last ? '0 : lane + 1'b1;
        if (last) place <= '0;
        else if (lane_last) place <= place + 1'b1;
      end
    end
  end

  wire [LO*AB-1:0] aligning;
  if (ALIGNED != 0) begin : told
    ts_rom #(.W(LO * AB), .DEPTH(BO), .FILE(ALIGN), .BLOCK(BO > 64 ? 1 : 0)) align (
        .clk, .addr(tap_word[WW-1:0]), .data(aligning)
    );
  end else begin : none
    assign aligning = '0;
  end

  wire [LO*(SB+QB)-1:0] leaving;
  for (genvar l = 0; l < LO; l = l + 1) begin : lanes
    logic signed [ACC-1:0] acc1, acc2;
    logic signed [TW-1:0] aligned;
    logic signed [17:0] v4, v5, v6;
    logic [35:0] square5, square6;
    logic [SB+QB-1:0] made;
    wire signed [TW-1:0] shifted = aligned >>> H;
    always_ff @(posedge clk) begin
      acc1 <= tap_data[l*ACC+:ACC];
      acc2 <= acc1;
      aligned <= TW'(acc2) + TW'($signed(aligning[l*AB+:AB])) + HALF;
      v4 <= 18'(shifted);
      v5 <= v4;
      v6 <= v5;
      square5 <= v4 * v4;
      square6 <= square5;
    end
    wire unused_sign = &{1'b0, shifted};

    wire [SB+QB-1:0] sums;
    logic [SB+QB-1:0] read[2];
    for (genvar b = 0; b < 2; b = b + 1) begin : banks
      logic [SB+QB-1:0] mem[0:BO-1];
      wire own = bank == b[0];
      always_ff @(posedge clk) begin
        read[b] <= mem[own ? old_word : place];
        if (own && valid[DEPTH]) mem[word] <= sums;
      end
    end
    wire [SB+QB-1:0] old = !held ? '0 : again ? made : read[bank];
    assign sums = {old[SB+:QB] + QB'(square6), SB'($signed(old[SB-1:0])) + SB'(v6)};
    always_ff @(posedge clk) made <= sums;
    assign leaving[l*(SB+QB)+:SB+QB] = read[!bank];
  end
  logic [SB+QB-1:0] chosen;
  always_ff @(posedge clk) chosen <= leaving[lane*(SB+QB)+:SB+QB];
  assign out_data = chosen;
endmodule
`default_nettype wire
