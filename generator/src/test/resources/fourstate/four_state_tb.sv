// Frames of 8 bit luma through the module "net" in four states: every register begins unknown. Once reset is over,
// no handshake and nothing that is handed on may be unknown. A second reset comes in mid-frame; then the
// frames begin anew, and every pixel is compared.
`default_nettype none
module four_state_tb;
  parameter IN = 1, OUT = 1, W = 1, H = 1, OW = 1, OH = 1, MOST = 1000;
  localparam HELD = 20;
  reg clk = 1'b0;
  reg rstn = 1'b0;
  reg [7:0] in[0:IN-1];
  reg [7:0] out[0:OUT-1];
  integer i = 0, o = 0, held = 0, resets = 0, cycles = 0;
  wire ready, valid, user, last;
  wire [7:0] data;
  wire [5:0] error;
  // A master may send from the edge on at which it sees the reset gone.
  reg live = 1'b0;
  wire sends = live && i < IN;
  wire [7:0] now = in[i < IN ? i : 0];
  net dut (
      .aclk(clk), .aresetn(rstn), .s_axis_tvalid(sends), .s_axis_tready(ready), .s_axis_tdata(now),
      .s_axis_tuser(i % (W * H) == 0), .s_axis_tlast(i % W == W - 1), .video_in_error(error),
      .m_axis_tvalid(valid), .m_axis_tready(1'b1), .m_axis_tdata(data), .m_axis_tuser(user),
      .m_axis_tlast(last)
  );
  always #1 clk = !clk;
  initial begin
    $readmemh("in.hex", in);
    $readmemh("out.hex", out);
  end

  task fail(input [8*16-1:0] what);
    begin
      $display("%0s at pixel %0d of %0d, cycle %0d: %b %b %b %h", what, o, OUT, cycles, ready, valid,
               error, data);
      $finish;
    end
  endtask

  always @(posedge clk) begin
    cycles <= cycles + 1;
    live <= rstn;
    if (cycles == MOST) fail("too late");
    if (!rstn) begin
      held <= held + 1;
      i <= 0;
      o <= 0;
      if (held == HELD) rstn <= 1'b1;
    end else if (live) begin
      if (^{ready, valid, error} === 1'bx) fail("unknown signal");
      if (error !== 0) fail("error");
      if (sends && ready) i <= i + 1;
      if (valid) begin
        if (^{data, user, last} === 1'bx) fail("unknown value");
        if (data !== out[o] || user !== (o % (OW * OH) == 0) || last !== (o % OW == OW - 1))
          fail("wrong value");
        o <= o + 1;
        if (o == OUT - 1) begin
          $display("passed %0d pixels", OUT);
          $finish;
        end
      end
      if (resets == 0 && i == W * H + W * H / 3) begin
        rstn <= 1'b0;
        held <= 0;
        resets <= 1;
      end
    end
  end
endmodule
`default_nettype wire
