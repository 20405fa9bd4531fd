// First-word-fall-through FIFO of DEPTH words (2 or more, any number), full throughput.
// Up to 64 words: distributed RAM, latency 1. More: block RAM or UltraRAM behind a prefetch of its output
// latch and output register, latency 3; prefetched words count as stored.
`default_nettype none
module ts_fifo #(
    parameter W = 8,
    parameter DEPTH = 16,
    parameter BLOCK = DEPTH > 64,
    parameter ULTRA = 0
) (
    input  wire         clk,
    input  wire         rst,
    input  wire         in_valid,
    output wire         in_ready,
    input  wire [W-1:0] in_data,
    output wire         out_valid,
    input  wire         out_ready,
    output wire [W-1:0] out_data
);
  localparam AW = $clog2(DEPTH);
  localparam CW = $clog2(DEPTH + 1);
  localparam [AW-1:0] LAST = AW'(DEPTH - 1);
  localparam [CW-1:0] ALMOST = CW'(DEPTH - 1);

  logic          ready;
  logic [CW-1:0] count;
  logic [AW-1:0] wr_addr;
  logic [AW-1:0] rd_addr;
  logic          push;
  logic          pop;
  logic          read;

  assign in_ready = ready;
  assign push = in_valid & ready;
  assign pop = out_valid & out_ready;

  always_ff @(posedge clk) begin
    if (rst) begin
      ready <= 1'b1;
      count <= '0;
    end else if (push & !pop) begin
      ready <= count != ALMOST;
      count <= count + 1'b1;
    end else if (pop & !push) begin
      ready <= 1'b1;
      count <= count - 1'b1;
    end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      wr_addr <= '0;
      rd_addr <= '0;
    end else begin
      if (push) wr_addr <= wr_addr == LAST ? '0 : wr_addr + 1'b1;
      if (read) rd_addr <= rd_addr == LAST ? '0 : rd_addr + 1'b1;
    end
  end

  if (!BLOCK) begin : distributed
    (* ram_style = "distributed" *)
    logic [W-1:0] mem[0:DEPTH-1];
    logic valid;

    assign read = pop;
    assign out_valid = valid;
    assign out_data = mem[rd_addr];

    always_ff @(posedge clk) begin
      if (push) mem[wr_addr] <= in_data;
    end

    always_ff @(posedge clk) begin
      if (rst) valid <= 1'b0;
      else valid <= push | (pop ? count != CW'(1) : valid);
    end
  end else begin : block
    // Words written but not yet read into the latch; one more flop tells whether there are any.
    logic [CW-1:0] waiting;
    logic          any;
    logic          latch_valid;
    logic          data_valid;
    logic          move;

    assign out_valid = data_valid;
    assign move = latch_valid & (!data_valid | out_ready);
    assign read = any & (!latch_valid | move);

    always_ff @(posedge clk) begin
      if (rst) begin
        waiting <= '0;
        any <= 1'b0;
      end else if (push & !read) begin
        waiting <= waiting + 1'b1;
        any <= 1'b1;
      end else if (read & !push) begin
        waiting <= waiting - 1'b1;
        any <= waiting != CW'(1);
      end
    end

    always_ff @(posedge clk) begin
      if (rst) begin
        latch_valid <= 1'b0;
        data_valid  <= 1'b0;
      end else begin
        latch_valid <= read | (latch_valid & !move);
        data_valid  <= move | (data_valid & !out_ready);
      end
    end

    ts_ram #(
        .W(W),
        .DEPTH(DEPTH),
        .REGISTERED(1),
        .STYLE(ULTRA != 0 ? "ultra" : "block")
    ) ram (
        .clk,
        .wr_en(push),
        .wr_addr,
        .wr_data(in_data),
        .rd_en(read),
        .rd_addr,
        .out_en(move),
        .rd_data(out_data)
    );
  end
endmodule
`default_nettype wire
