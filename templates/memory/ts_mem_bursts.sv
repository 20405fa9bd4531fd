// Bursts that cover a rectangle in memory, row by row: at most MOST words, never across 4 KiB. A row
// begins at any byte; its bursts are of whole words of B bytes. One burst per beat; "last" marks the
// last one of a rectangle that is "closing", such as the last tile of a frame.
`default_nettype none
module ts_mem_bursts #(
    parameter B = 16,
    parameter MOST = 64,
    parameter C = 3
) (
    input  wire        clk,
    input  wire        rst,
    input  wire        in_valid,
    output wire        in_ready,
    input  wire [63:0] base,
    input  wire [31:0] pitch,
    input  wire [15:0] x,
    input  wire [15:0] y,
    input  wire [15:0] columns,
    input  wire [15:0] rows,
    input  wire        closing,
    output wire        row_valid,
    input  wire        row_ready,
    output wire [ 5:0] row_offset,
    output wire        valid,
    input  wire        ready,
    output wire [63:0] address,
    output wire [ 7:0] length,
    output wire        last
);
  localparam BW = $clog2(B);
  localparam KW = 12 - BW;  // words of 4 KiB

  // Address of the first row: a product, then sums, a register behind each.
  logic [ 3:0] step;
  logic [15:0] y_in, rows_left;
  logic [31:0] pitch_in;
  logic [47:0] product, rows_above;
  logic [63:0] row_base, place;
  logic [17:0] bytes;
  logic        busy, fresh, closes;
  assign in_ready = !busy;

  // The row at hand: its words are counted from the word of its first byte.
  logic        in_row;
  logic [17:0] words;
  logic [63:0] word_address;
  wire  [17:0] span = bytes + 18'(place[BW-1:0]) + 18'(B - 1);
  wire  [KW:0] to_edge = (KW+1)'(1 << KW) - (KW+1)'(word_address[11:BW]);
  wire  [17:0] room = to_edge < (KW+1)'(MOST) ? 18'(to_edge) : 18'(MOST);

  logic        burst_valid, burst_last, row_end;
  logic [63:0] burst_address;
  logic [17:0] burst_words;
  assign valid = burst_valid;
  assign address = burst_address;
  assign length = 8'(burst_words - 18'd1);
  assign last = burst_last;
  wire make = in_row & !fresh & (!burst_valid | ready);
  wire row_done = make & row_end;

  // Whether the burst at hand is the row's last, known one cycle before it is made.
  assign row_end = words <= room;
  assign row_valid = in_row & fresh;
  assign row_offset = 6'(place[BW-1:0]);
  wire unused = &{1'b0, burst_words, product};

  // Bytes of so many pixels: shifts and additions, for which no tool takes a multiplier.
  function automatic [17:0] in_bytes(input [15:0] pixels);
    in_bytes = 18'd0;
    for (int i = 0; i < 3; i = i + 1) begin
      if ((C >> i) % 2 != 0) in_bytes = in_bytes + (18'(pixels) << i);
    end
  endfunction

  always_ff @(posedge clk) begin
    product <= y_in * pitch_in;
    rows_above <= product;
    if (rst) begin
      busy <= 1'b0;
      step <= '0;
      in_row <= 1'b0;
      fresh <= 1'b0;
      burst_valid <= 1'b0;
    end else begin
      step <= {step[2:0], in_valid & in_ready};
      if (in_valid & in_ready) busy <= 1'b1;
      else if (row_done && rows_left == 16'd1) busy <= 1'b0;
      if (step[3]) begin
        in_row <= 1'b1;
        fresh  <= 1'b1;
      end else if (row_valid & row_ready) begin
        fresh <= 1'b0;
      end else if (row_done) begin
        in_row <= rows_left != 16'd1;
        fresh  <= 1'b1;
      end
      if (make) burst_valid <= 1'b1;
      else if (ready) burst_valid <= 1'b0;
    end
    if (in_valid & in_ready) begin
      y_in <= y;
      pitch_in <= pitch;
      rows_left <= rows;
      closes <= closing;
      bytes <= in_bytes(columns);
      row_base <= base + 64'(in_bytes(x));
    end
    if (step[3]) begin
      place <= row_base + 64'(rows_above);
    end else if (row_done) begin
      place <= place + 64'(pitch_in);
      rows_left <= rows_left - 16'd1;
    end
    if (row_valid & row_ready) begin
      words <= span >> BW;
      word_address <= {place[63:BW], BW'(0)};
    end else if (make) begin
      words <= words - room;
      word_address <= word_address + (64'(room) << BW);
    end
    if (make) begin
      burst_address <= word_address;
      burst_words <= row_end ? words : room;
      burst_last <= closes && row_end && rows_left == 16'd1;
    end
  end
endmodule
`default_nettype wire
