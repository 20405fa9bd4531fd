// AXI4-Stream video out: marks the first beat of a frame (TUSER) and the last of a line (TLAST).
// Latency 1. RESIZABLE: sizes of the frames arrive.
`default_nettype none
module ts_video_out #(
    parameter W = 24,
    parameter PPC = 1,
    parameter WIDTH = 64,
    parameter HEIGHT = 48,
    parameter RESIZABLE = 0
) (
    input  wire         clk,
    input  wire         rst,
    input  wire         size_valid,
    output wire         size_ready,
    input  wire [ 31:0] size_data,
    input  wire         in0_valid,
    output wire         in0_ready,
    input  wire [W-1:0] in0_data,
    output wire         m_axis_tvalid,
    input  wire         m_axis_tready,
    output wire [W-1:0] m_axis_tdata,
    output wire         m_axis_tuser,
    output wire         m_axis_tlast
);
  localparam XW = $clog2(WIDTH + 1);
  localparam YW = $clog2(HEIGHT + 1);

  logic          head_valid;
  logic [ W-1:0] head_data;
  logic          enable;
  logic          take;
  logic          end_of_line;
  logic          start;
  logic [XW-1:0] left;
  logic [YW-1:0] rows;
  logic          valid;
  logic [ W-1:0] data;
  logic          user;
  logic          last;

  wire          sized, begins;
  wire [XW-1:0] head_columns, columns;
  wire [YW-1:0] head_rows;
  wire          end_of_frame = end_of_line && rows == YW'(1);
  ts_frame #(
      .RESIZABLE(RESIZABLE),
      .WIDTH(WIDTH),
      .HEIGHT(HEIGHT)
  ) frame (
      .clk,
      .rst,
      .in_valid(size_valid),
      .in_ready(size_ready),
      .in_columns(XW'(size_data[15:0])),
      .in_rows(YW'(size_data[31:16])),
      .next(take & end_of_frame),
      .valid(sized),
      .load(begins),
      .head_columns,
      .head_rows,
      .columns
  );

  assign enable = !valid | m_axis_tready;
  assign take = enable & head_valid & sized;
  assign end_of_line = left == XW'(PPC);
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
      .out_ready(enable & sized),
      .out_data(head_data)
  );

  always_ff @(posedge clk) begin
    if (rst) begin
      valid <= 1'b0;
      start <= 1'b1;
      left  <= XW'(WIDTH);
      rows  <= YW'(HEIGHT);
    end else begin
      if (enable) valid <= head_valid & sized;
      if (take) start <= end_of_frame;
      if (begins) begin
        left <= head_columns;
        rows <= head_rows;
      end else if (take) begin
        left <= end_of_line ? columns : left - XW'(PPC);
        if (end_of_line) rows <= rows - 1'b1;
      end
    end
  end

  always_ff @(posedge clk) begin
    if (take) begin
      data <= head_data;
      user <= start;
      last <= end_of_line;
    end
  end
endmodule
`default_nettype wire
