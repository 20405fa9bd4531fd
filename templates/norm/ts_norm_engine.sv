// The table of a frame from its sums, in integers and bit by bit, no multiplier needed. N pairs (square
// above sum) come, of K channels and their phases K apart; then N entries leave, an offset of 32 bits
// above a multiplier of 18:
//   D = COUNT * Q - S * S + ridge
//   m = +- mantissa * 2^20 / sqrt(D), the root of the first 40 bits of D, shifted by exponent
//   b = level - m * ((S << H) - centre) / DIVISOR
// with rounding, both saturating. A word of RULES is {negative, exponent (10), mantissa (20), centre (AB),
// level (40)}. Only the sums of frame TURN of every PERIOD make a table, those of others leave the one
// that is held; "cut" says with every frame whether a scene begins with it, from which frames then are
// counted, the typical table held. FIRST typical tables leave before any sums have come. With ALWAYS
// every frame's sums make its own table.
`default_nettype none
module ts_norm_engine #(
    parameter N = 4, K = 4,
    parameter SB = 32,
    parameter QB = 48,
    parameter DB = 64,
    parameter NB = 12,
    parameter [NB-1:0] COUNT = 1,
    parameter H = 0,
    parameter AB = 40,
    parameter VB = 24,
    parameter [VB-1:0] DIVISOR = 1,
    parameter ALWAYS = 0,
    parameter FIRST = 2, TURN = 0, PERIOD = 2, CUTS = 64,
    parameter RULES = "",
    parameter RIDGES = "",
    parameter TYPICAL = ""
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             cut_push,
    input  wire             cut,
    input  wire             in_valid,
    output wire             in_ready,
    input  wire [SB+QB-1:0] in_data,
    output wire             out_valid,
    input  wire             out_ready,
    output wire [     49:0] out_data
);
  localparam TB = (AB + 17 > VB ? AB + 17 : VB) + 1;  // entry times distance, and half a divisor
  localparam RB = DB > TB ? DB : TB;
  localparam YB = NB > SB ? NB : SB;
  localparam [VB-1:0] HALF_DIVISOR = VB'(DIVISOR >> 1);
  localparam NW = N > 1 ? $clog2(N) : 1;
  localparam KW = K > 1 ? $clog2(K) : 1;
  localparam CW = $clog2(RB + 1);
  localparam FW = $clog2(FIRST + 1);
  localparam WB = 71 + AB;
  localparam OB = (TB > 40 ? TB : 40) + 2;

  localparam [3:0] SEND_HELD = 0, ADD = 1, KEEP = 2, FETCH = 3, SCALE = 4, SUBTRACT = 5, STRIP = 6, ROOT = 7,
      DIVIDE = 8, ROUND = 9, APART = 10, MULTIPLY = 11, PART = 12, FINISH = 13, SEND = 14, DECIDE = 15;
  logic [   3:0] state;
  logic [CW-1:0] left;   // steps that the state still takes
  logic [NW-1:0] c;      // channel
  logic [KW-1:0] k;      // the same among the phases' channels
  logic          later;  // phases but the first
  logic [FW-1:0] first;  // tables to send before any sums
  wire c_last = c == NW'(N - 1);
  wire k_last = k == KW'(K - 1);
  wire done = left == '0;

  // Sums of all phases of a channel, and the constants of the channel.
  wire [   SB+QB-1:0] held, total;
  logic [  SB+QB-1:0] sums;
  wire [   DB-1:0] ridge;
  wire [   WB-1:0] rule;
  wire [     49:0] kept;
  assign total = later ? {held[SB+:QB] + sums[SB+:QB], held[SB-1:0] + sums[SB-1:0]} : sums;
  ts_ram #(.W(SB + QB), .DEPTH(K)) channels (
      .clk, .wr_en(state == KEEP && done), .wr_addr(k), .wr_data(total), .rd_en(1'b1),
      .rd_addr(k), .out_en(1'b1), .rd_data(held)
  );
  ts_rom #(.W(DB), .DEPTH(K), .FILE(RIDGES), .BLOCK(K > 64 ? 1 : 0)) ridges (
      .clk, .addr(k), .data(ridge)
  );
  ts_rom #(.W(WB), .DEPTH(N), .FILE(RULES), .BLOCK(N > 64 ? 1 : 0)) rules (
      .clk, .addr(c), .data(rule)
  );
  wire told, turn;
  if (ALWAYS == 0) begin : turns
    ts_norm_held #(.N(N), .TURN(TURN), .PERIOD(PERIOD), .CUTS(CUTS), .TYPICAL(TYPICAL)) tables (
        .clk, .rst, .cut_push, .cut, .ask(state == DECIDE), .told, .turn, .write(state == SEND),
        .index(c), .entry({b, entry}), .held(kept)
    );
  end else begin : own
    assign {told, turn} = '1;
    assign kept = '0;
    wire unused = &{1'b0, cut_push, cut};
  end
  wire negative = rule[70+AB];
  wire [9:0] exponent = rule[60+AB+:10];
  wire [19:0] mantissa = rule[40+AB+:20];
  wire signed [AB-1:0] centre = rule[40+:AB];
  wire signed [39:0] level = rule[39:0];

  // One register that adds, strips, and is divided; a multiplicand and a multiplier.
  logic [RB-1:0] acc, x;
  logic [YB-1:0] y;
  logic          low;   // the sum is negative, later the distance from the centre
  logic [AB-1:0] apart;
  logic [  19:0] root;
  logic [  21:0] rest;
  logic [  20:0] quotient;
  logic [   9:0] places;
  logic [VB-1:0] part;
  logic [  16:0] m;
  wire [SB-1:0] sum = held[SB-1:0];
  wire [SB-1:0] size = sum[SB-1] ? -sum : sum;
  wire signed [AB-1:0] distance = (AB'($signed(sum)) <<< H) - centre;

  wire [21:0] tried = {rest[19:0], acc[DB-1-:2]};
  wire [21:0] trial = {root, 2'b01};
  wire        root_bit = tried >= trial;
  wire        quotient_bit = rest >= 22'(root);
  wire [VB:0] more = {part, acc[TB-1]};
  wire        part_bit = more >= {1'b0, DIVISOR};
  wire        close = places[9] || places == '0;
  wire [20:0] rounded = (quotient >> 1) + 21'(quotient[0]);

  logic signed [OB-1:0] offset;
  logic [31:0] b;
  localparam signed [OB-1:0] MOST = OB'(32'h7fff_ffff);
  wire over = offset > MOST;
  wire under = offset < -MOST;
  wire [17:0] size_m = {1'b0, m};
  wire [17:0] entry = negative ? -size_m : size_m;
  assign in_ready = state == ADD;
  assign out_valid = state == SEND || (state == SEND_HELD && done);
  assign out_data = state == SEND ? {b, entry} : kept;

  task automatic go(input [3:0] next, input [CW-1:0] steps);
    state <= next;
    left  <= steps;
  endtask

  // The next channel, or the next table.
  task automatic advance(input [3:0] again, input [3:0] after);
    c <= c_last ? '0 : c + 1'b1;
    k <= k_last ? '0 : k + 1'b1;
    later <= c_last ? 1'b0 : later | k_last;
    go(c_last ? after : again, 2);
  endtask

  always_ff @(posedge clk) begin
    if (!done) left <= left - 1'b1;
    case (state)
      SEND_HELD:
      if (done && out_ready) begin
        advance(SEND_HELD, first > FW'(1) ? SEND_HELD : ADD);
        if (c_last && first != '0) first <= first - 1'b1;
      end
      ADD:
      if (in_valid) begin
        sums <= in_data;
        go(KEEP, 2);
      end
      KEEP: if (done) advance(ADD, DECIDE);
      DECIDE: if (told) go(turn ? FETCH : SEND_HELD, 2);
      FETCH: begin
        acc <= RB'(ridge);
        x <= RB'(held[SB+:QB]);
        y <= YB'(COUNT);
        if (done) go(SCALE, CW'(NB - 1));
      end
      SCALE, MULTIPLY: begin
        if (y[0]) acc <= acc + x;
        x <= x << 1;
        y <= y >> 1;
        if (done && state == SCALE) begin
          x <= RB'(size);
          y <= YB'(size);
          go(SUBTRACT, CW'(SB - 1));
        end else if (done) begin
          part <= '0;
          go(PART, CW'(TB - 1));
        end
      end
      SUBTRACT: begin
        if (y[0]) acc <= acc - x;
        x <= x << 1;
        y <= y >> 1;
        places <= exponent;
        root <= '0;
        rest <= '0;
        if (done) go(STRIP, 0);
      end
      STRIP:
      if (acc[DB-1-:2] != 2'b00) begin
        go(ROOT, 19);
      end else begin
        acc <= acc << 2;
        places <= places - 1'b1;
      end
      ROOT: begin
        acc <= acc << 2;
        rest <= root_bit ? tried - trial : tried;
        root <= {root[18:0], root_bit};
        quotient <= '0;
        if (done) begin
          rest <= 22'(mantissa);
          go(DIVIDE, 20);
        end
      end
      DIVIDE: begin
        rest <= (quotient_bit ? rest - 22'(root) : rest) << 1;
        quotient <= {quotient[19:0], quotient_bit};
        if (done) go(ROUND, 0);
      end
      ROUND:
      if (close || places == 10'd1 || quotient == '0) begin
        m <= quotient == '0 ? '0 : close || rounded[20:17] != '0 ? '1 : rounded[16:0];
        low <= distance[AB-1];
        apart <= distance[AB-1] ? -distance : distance;
        go(APART, 0);
      end else begin
        quotient <= quotient >> 1;
        places <= places - 1'b1;
      end
      APART: begin
        acc <= RB'(HALF_DIVISOR);
        x <= RB'(apart);
        y <= YB'(m);
        go(MULTIPLY, 16);
      end
      PART: begin
        acc <= {acc[RB-2:0], part_bit};
        part <= VB'(part_bit ? more - {1'b0, DIVISOR} : more);
        if (done) go(FINISH, 1);
      end
      FINISH: begin
        if (!done) offset <= low == negative ? OB'(level) - OB'(acc[TB-1:0]) : OB'(level) + OB'(acc[TB-1:0]);
        b <= over ? MOST[31:0] : under ? -MOST[31:0] : offset[31:0];
        if (done) go(SEND, 0);
      end
      default: if (out_ready) advance(FETCH, ADD);
    endcase
    if (rst) begin
      c <= '0;
      k <= '0;
      later <= 1'b0;
      first <= FW'(FIRST);
      go(ALWAYS != 0 ? ADD : SEND_HELD, 2);
    end
  end
endmodule
`default_nettype wire
