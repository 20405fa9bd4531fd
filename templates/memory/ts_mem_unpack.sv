// Words of B bytes to beats of N: the words of a row follow each other, its first byte lies at
// "offset" of the first word, and what is behind its last byte is dropped.
`default_nettype none
module ts_mem_unpack #(
    parameter B = 16,
    parameter N = 3
) (
    input  wire           clk,
    input  wire           rst,
    input  wire           row_valid,
    output wire           row_ready,
    input  wire [    5:0] row_offset,
    input  wire [   15:0] row_beats,
    input  wire           row_first,
    input  wire           in_valid,
    output wire           in_ready,
    input  wire [B*8-1:0] in_data,
    output wire           out_valid,
    input  wire           out_ready,
    output wire [N*8-1:0] out_data,
    output wire           out_first,
    output wire           out_last
);
  localparam PW = $clog2(2 * B + 1);

  // Two words of the row, the byte of the next beat, and beats left in the row.
  logic [B*8-1:0] word, next_word;
  logic           have, have_next, in_row, first;
  logic [ PW-1:0] place;
  logic [   15:0] left;
  wire  [ PW-1:0] behind = place + PW'(N);
  wire            straddles = behind > PW'(B);
  wire            uses_up = behind >= PW'(B);

  logic           valid, mark_first, mark_last;
  logic [N*8-1:0] data;
  wire            enable = !valid | out_ready;
  wire            beat = in_row & have & (have_next | !straddles) & enable;
  wire            row_end = beat && left == 16'd1;
  assign row_ready = !in_row | row_end;
  wire            begins = row_valid & row_ready;

  // Words used up by the beat: at the end of a row also the one that is left over.
  wire            one = beat & (row_end ? !straddles : uses_up);
  wire            two = row_end & straddles;
  assign in_ready = !have | !have_next | one | two;
  wire            load = in_valid & in_ready;
  wire            moved = one & have_next;
  wire            have_now = two ? 1'b0 : one ? have_next : have;
  wire            next_now = one | two ? 1'b0 : have_next;

  logic [N*8-1:0] chosen;
  wire [2*B*8-1:0] both = {next_word, word};
  always_comb begin
    chosen = '0;
    for (int i = 0; i < B; i = i + 1) if (place == PW'(i)) chosen = both[i*8+:N*8];
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      have <= 1'b0;
      have_next <= 1'b0;
      in_row <= 1'b0;
      valid <= 1'b0;
    end else begin
      have <= have_now | load;
      have_next <= next_now | (have_now & load);
      if (begins) in_row <= 1'b1;
      else if (row_end) in_row <= 1'b0;
      if (enable) valid <= beat;
    end
    if (moved) word <= next_word;
    else if (load & !have_now) word <= in_data;
    if (load) next_word <= in_data;
    if (begins) begin
      place <= PW'(row_offset);
      left  <= row_beats;
      first <= row_first;
    end else if (beat) begin
      place <= uses_up ? behind - PW'(B) : behind;
      left  <= left - 16'd1;
      first <= 1'b0;
    end
    if (beat) begin
      data <= chosen;
      mark_first <= first;
      mark_last <= row_end;
    end
  end
  assign out_valid = valid;
  assign out_data = data;
  assign out_first = mark_first;
  assign out_last = mark_last;
  wire unused_offset = &row_offset;
endmodule
`default_nettype wire
