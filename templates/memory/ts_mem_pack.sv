// Beats of N bytes to words of B bytes with strobes: the first byte of a row goes to "offset" of its
// first word, and its last word leaves however full it is.
`default_nettype none
module ts_mem_pack #(
    parameter B = 16,
    parameter N = 3
) (
    input  wire           clk,
    input  wire           rst,
    input  wire           row_valid,
    output wire           row_ready,
    input  wire [    5:0] row_offset,
    input  wire           in_valid,
    output wire           in_ready,
    input  wire [N*8-1:0] in_data,
    input  wire           in_last,
    output wire           out_valid,
    input  wire           out_ready,
    output wire [B*8-1:0] out_data,
    output wire [  B-1:0] out_strobe
);
  localparam PW = $clog2(2 * B + 1);

  // The word being filled and the bytes beyond it; "rest": these still have to leave.
  logic [2*B*8-1:0] bytes;
  logic [  2*B-1:0] strobe;
  logic [   PW-1:0] place;
  logic             in_row, rest;

  logic             valid;
  logic [  B*8-1:0] data;
  logic [    B-1:0] mask;
  wire              enable = !valid | out_ready;
  wire              take = in_row & !rest & in_valid & enable;
  assign in_ready = in_row & !rest & enable;
  wire              flush = rest & enable;
  wire  [   PW-1:0] behind = place + PW'(N);
  wire              fills = behind >= PW'(B);
  wire              spills = behind > PW'(B);
  wire              row_end = (take & in_last & !spills) | flush;
  assign row_ready = !in_row | row_end;
  wire              begins = row_valid & row_ready;

  logic [2*B*8-1:0] bytes_next;
  logic [  2*B-1:0] strobe_next;
  always_comb begin
    bytes_next  = bytes;
    strobe_next = strobe;
    for (int i = 0; i < B; i = i + 1) begin
      if (place == PW'(i)) begin
        bytes_next[i*8+:N*8] = in_data;
        strobe_next[i+:N] = '1;
      end
    end
  end

  wire leave = (take & (fills | in_last)) | flush;
  always_ff @(posedge clk) begin
    if (rst) begin
      in_row <= 1'b0;
      rest   <= 1'b0;
      valid  <= 1'b0;
      strobe <= '0;
    end else begin
      if (begins) in_row <= 1'b1;
      else if (row_end) in_row <= 1'b0;
      if (take & in_last & spills) rest <= 1'b1;
      else if (flush) rest <= 1'b0;
      if (enable) valid <= leave;
      if (row_end) strobe <= '0;
      else if (take) strobe <= fills ? {B'(0), strobe_next[2*B-1:B]} : strobe_next;
    end
    if (take) bytes <= fills ? {bytes_next[2*B*8-1:B*8], bytes_next[2*B*8-1:B*8]} : bytes_next;
    if (begins) place <= PW'(row_offset);
    else if (take) place <= fills ? behind - PW'(B) : behind;
    if (leave) begin
      data <= flush ? bytes[B*8-1:0] : bytes_next[B*8-1:0];
      mask <= flush ? strobe[B-1:0] : strobe_next[B-1:0];
    end
  end
  assign out_valid = valid;
  assign out_data = data;
  assign out_strobe = mask;
  wire unused_offset = &row_offset;
endmodule
`default_nettype wire
