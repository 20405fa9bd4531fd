// The tables of a unit for one frame after the other: BEFORE frames get the typical table, then one of N
// entries comes in, which BEHIND frames get, again and again. An entry is an offset of 32 bits above a
// multiplier of 18.
`default_nettype none
module ts_norm_send #(
    parameter N = 4,
    parameter BEFORE = 1,
    parameter BEHIND = 1,
    parameter TYPICAL = ""
) (
    input  wire        clk,
    input  wire        rst,
    input  wire        in_valid,
    output wire        in_ready,
    input  wire [49:0] in_data,
    output wire        out_valid,
    input  wire        out_ready,
    output wire [49:0] out_data
);
  localparam NW = N > 1 ? $clog2(N) : 1;
  localparam FW = $clog2((BEFORE > BEHIND ? BEFORE : BEHIND) + 1);

  // Typical tables leave, one's own comes, own tables leave.
  localparam [1:0] TYPICALS = 0, TAKE = 1, OWNS = 2;
  logic [   1:0] state;
  logic [   1:0] left;   // cycles until the entry is read
  logic [NW-1:0] at;
  logic [FW-1:0] frame;
  wire           last = at == NW'(N - 1);
  wire           frames_end = frame == (state == TYPICALS ? FW'(BEFORE - 1) : FW'(BEHIND - 1));
  wire           put = in_valid & in_ready;
  wire           sent = out_valid & out_ready;
  assign in_ready = state == TAKE;
  assign out_valid = state != TAKE && left == '0;
  always_ff @(posedge clk) begin
    if (rst) begin
      state <= TYPICALS;
      left <= 2'd2;
      at <= '0;
      frame <= '0;
    end else begin
      if (put | sent) begin
        at <= last ? '0 : at + 1'b1;
        left <= 2'd2;
      end else if (left != '0) begin
        left <= left - 1'b1;
      end
      if (put & last) state <= OWNS;
      if (sent & last) begin
        frame <= frames_end ? '0 : frame + 1'b1;
        if (frames_end) state <= state == TYPICALS ? TAKE : TYPICALS;
      end
    end
  end

  wire [49:0] typical, own;
  ts_rom #(.W(50), .DEPTH(N), .FILE(TYPICAL), .BLOCK(N > 64 ? 1 : 0)) typicals (
      .clk, .addr(at), .data(typical)
  );
  ts_ram #(.W(50), .DEPTH(N)) owns (
      .clk, .wr_en(put), .wr_addr(at), .wr_data(in_data), .rd_en(1'b1), .rd_addr(at),
      .out_en(1'b1), .rd_data(own)
  );
  assign out_data = state == OWNS ? own : typical;
endmodule
`default_nettype wire
