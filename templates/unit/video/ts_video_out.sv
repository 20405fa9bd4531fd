// AXI4-Stream video out: marks the first beat of a frame (TUSER) and the last of a line (TLAST).
// Latency 1.
`default_nettype none
module ts_video_out #(
    parameter W = 24,
    parameter LINE = 64,
    parameter HEIGHT = 48
) (
    input  wire         clk,
    input  wire         rst,
    input  wire         in0_valid,
    output wire         in0_ready,
    input  wire [W-1:0] in0_data,
    output wire         m_axis_tvalid,
    input  wire         m_axis_tready,
    output wire [W-1:0] m_axis_tdata,
    output wire         m_axis_tuser,
    output wire         m_axis_tlast
);
  localparam XW = LINE > 1 ? $clog2(LINE) : 1;
  localparam YW = HEIGHT > 1 ? $clog2(HEIGHT) : 1;

  logic          head_valid;
  logic [ W-1:0] head_data;
  logic          enable;
  logic          end_of_line;
  logic [XW-1:0] x;
  logic [YW-1:0] y;
  logic          valid;
  logic [ W-1:0] data;
  logic          user;
  logic          last;

  assign enable = !valid | m_axis_tready;
  assign end_of_line = x == XW'(LINE - 1);
  assign m_axis_tvalid = valid;
  assign m_axis_tdata = data;
  assign m_axis_tuser = user;
  assign m_axis_tlast = last;

  ts_skid #(
      .W(W)
  ) skid (
      .clk,
      .rst,
      .in_valid(in0_valid),
      .in_ready(in0_ready),
      .in_data(in0_data),
      .out_valid(head_valid),
      .out_ready(enable),
      .out_data(head_data)
  );

  always_ff @(posedge clk) begin
    if (rst) begin
      valid <= 1'b0;
      x <= '0;
      y <= '0;
    end else if (enable) begin
      valid <= head_valid;
      if (head_valid) begin
        x <= end_of_line ? '0 : x + 1'b1;
        if (end_of_line) y <= y == YW'(HEIGHT - 1) ? '0 : y + 1'b1;
      end
    end
  end

  always_ff @(posedge clk) begin
    if (enable & head_valid) begin
      data <= head_data;
      user <= x == '0 && y == '0;
      last <= end_of_line;
    end
  end
endmodule
`default_nettype wire
