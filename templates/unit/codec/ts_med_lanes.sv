// Puts the substreams of L lanes into one stream of words, in the order in which the decoder needs them. Words wait in
// a memory, KEEP of them per lane, until it is their turn. After the fields of a frame's last beat nothing may
// come until "done" has told that the frame's last word is on its way.
`default_nettype none
module ts_med_lanes #(
    parameter L = 8,
    parameter FB = 17,
    parameter LB = 5,
    parameter WB = 64,
    parameter WORD = 128,
    parameter KEEP = 128,
    parameter ORDERS = 512
) (
    input  wire            clk,
    input  wire            rst,
    output wire            enable,
    input  wire            moving,
    input  wire            in_valid,
    input  wire            in_last,
    input  wire [L*FB-1:0] fields,
    input  wire [L*LB-1:0] lengths,
    output wire            done,
    output wire            out_valid,
    input  wire            out_ready,
    output wire [WORD-1:0] out_data,
    output wire            out_last
);
  localparam KW = $clog2(KEEP);
  localparam AW = $clog2(L * KEEP);
  localparam WAITING = 8;

  // The end of a frame: no field is under way, what is left is held, everything is in memory.
  logic [4:1] ending;
  logic       flushing, flushed, ended;
  wire [L-1:0] full, held;
  wire         flush = flushing & held == '0;
  wire         order_free;
  logic        roomy;
  wire         go = enable & moving;
  assign enable = order_free & roomy & (full & held) == '0;
  always_ff @(posedge clk) begin
    if (rst | done) begin
      ending <= '0;
      {flushing, flushed, ended} <= '0;
    end else begin
      if (go) ending <= {ending[3:1], in_valid & in_last};
      if (flush) flushing <= 1'b0;
      else if (ending[4] & !flushed) flushing <= 1'b1;
      if (flush) flushed <= 1'b1;
      if (flushed & held == '0) ended <= 1'b1;
    end
  end

  wire [L*WB-1:0] words;
  wire [   L-1:0] taken;
  for (genvar l = 0; l < L; l = l + 1) begin : lane
    ts_med_pack #(.FB(FB), .LB(LB), .WB(WB)) pack (
        .clk, .rst, .enable(go), .valid(in_valid), .field(fields[l*FB+:FB]),
        .length(lengths[l*LB+:LB]), .full(full[l]), .flush, .take(taken[l]), .held(held[l]),
        .word(words[l*WB+:WB])
    );
  end
  wire         order_valid, order_ready;
  wire [L-1:0] order;
  ts_med_order #(.L(L), .LB(LB), .WB(WB), .MOST(FB), .DEPTH(ORDERS)) orders (
      .clk, .rst, .restart(done), .step(in_valid & go), .lengths, .free(order_free),
      .valid(order_valid), .ready(order_ready), .lanes(order)
  );

  // One word a cycle goes to memory, and one comes from there when it is its turn.
  logic [ L-1:0] due;
  wire  [ L-1:0] turn = due & (~due + 1'b1);
  logic [ L-1:0] there;
  wire           word_there = (turn & there) != '0;
  logic [   3:0] free;
  wire           pick = due != '0 & (word_there | ended) & free != '0;
  assign taken = held & (~held + 1'b1);
  assign order_ready = due == '0 | (pick & due == turn);
  logic [L*KW-1:0] to, from;
  logic [L*(KW+1)-1:0] counts;
  logic [ L-1:0] near;
  logic          write;
  logic [AW-1:0] wr_addr, rd_addr;
  logic [WB-1:0] wr_data;
  always_ff @(posedge clk) begin
    due <= rst ? '0 : order_ready ? (order_valid ? order : '0) : pick ? due & ~turn : due;
    for (int l = 0; l < L; l = l + 1) begin : queues
      logic in, out;
      logic [KW:0] count;
      in = taken[l];
      out = pick & word_there & turn[l];
      count = counts[l*(KW+1)+:KW+1] + (KW + 1)'(in) - (KW + 1)'(out);
      if (rst) begin
        to[l*KW+:KW] <= '0;
        from[l*KW+:KW] <= '0;
        counts[l*(KW+1)+:KW+1] <= '0;
        there[l] <= 1'b0;
        near[l] <= 1'b0;
      end else begin
        to[l*KW+:KW] <= to[l*KW+:KW] + KW'(in);
        from[l*KW+:KW] <= from[l*KW+:KW] + KW'(out);
        counts[l*(KW+1)+:KW+1] <= count;
        there[l] <= count != '0;
        near[l] <= count >= (KW + 1)'(KEEP - 4);
      end
    end
    roomy <= near == '0;
    write <= !rst & held != '0;
    for (int l = 0; l < L; l = l + 1) begin
      if (taken[l]) wr_addr <= AW'(l * KEEP) + AW'(to[l*KW+:KW]);
      if (taken[l]) wr_data <= words[l*WB+:WB];
      if (turn[l]) rd_addr <= AW'(l * KEEP) + AW'(from[l*KW+:KW]);
    end
  end
  wire [WB-1:0] word;
  ts_ram #(.W(WB), .DEPTH(L * KEEP), .REGISTERED(1), .STYLE("block")) memory (
      .clk, .wr_en(write), .wr_addr, .wr_data, .rd_en(1'b1), .rd_addr, .out_en(1'b1), .rd_data(word)
  );

  // Address, latch, register; then words wait for the bus. Behind the end all that is due is zeros.
  logic [3:1] read, none;
  wire        wait_valid, wait_ready, wait_free;
  wire [WB-1:0] waiting;
  wire          moved = wait_valid & wait_ready;
  always_ff @(posedge clk) begin
    read <= rst ? '0 : {read[2:1], pick};
    none <= {none[2:1], !word_there};
    free <= rst ? 4'(WAITING) : free + 4'(moved) - 4'(pick);
  end
  ts_fifo #(.W(WB), .DEPTH(WAITING)) waits (
      .clk, .rst, .in_valid(read[3]), .in_ready(wait_free), .in_data(none[3] ? '0 : word),
      .out_valid(wait_valid), .out_ready(wait_ready), .out_data(waiting)
  );
  wire unused = wait_free;
  ts_med_join #(.WB(WB), .WORD(WORD)) bus (
      .clk, .rst, .in_valid(wait_valid), .in_ready(wait_ready), .in_data(waiting),
      .finish(ended & due == '0 & !order_valid & free == 4'(WAITING)), .finished(done), .out_valid,
      .out_ready, .out_data, .out_last
  );
endmodule
`default_nettype wire
