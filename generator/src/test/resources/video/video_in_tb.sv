// Feeds ts_video_in with the words of words.hex (gap before the word, start of frame, end of line,
// data) and prints every position it delivers, then the error bits. RESIZABLE: with the sizes of
// sizes.hex (rows, columns), one per word; a size that is announced is printed as well.
`default_nettype none
module video_in_tb;
  parameter COMPONENTS = 1;
  parameter PPC = 1;
  parameter WIDTH = 8;
  parameter HEIGHT = 4;
  parameter LIVE = 0;
  parameter DEPTH = 4;
  parameter N = 1;
  parameter HOLD = 0;
  parameter SEED = 1;
  parameter RESIZABLE = 0;
  localparam W = PPC * COMPONENTS * 8;

  reg clk = 1'b0;
  reg rst = 1'b1;
  reg [W+15:0] words[0:N-1];
  reg [31:0] sizes[0:N-1];
  wire [31:0] size = RESIZABLE != 0 ? sizes[next] : 32'd0;
  wire size_valid;
  wire [31:0] size_data;
  integer next = 0;
  integer gap = 0;
  integer cycle = 0;
  integer quiet = 0;
  integer seed = SEED;
  reg valid = 1'b0;
  reg go = 1'b0;
  wire ready;
  wire [5:0] errors;
  wire out_valid;
  wire [COMPONENTS*8-1:0] out_data;

  ts_video_in #(
      .COMPONENTS(COMPONENTS),
      .PPC(PPC),
      .WIDTH(WIDTH),
      .HEIGHT(HEIGHT),
      .LIVE(LIVE),
      .DEPTH(DEPTH),
      .RESIZABLE(RESIZABLE),
      .MIN_WIDTH(2),
      .MIN_HEIGHT(2),
      .WIDTH_STEP(2)
  ) dut (
      .clk(clk),
      .rst(rst),
      .s_axis_tvalid(valid),
      .s_axis_tready(ready),
      .s_axis_tdata(words[next][W-1:0]),
      .s_axis_tlast(words[next][W]),
      .s_axis_tuser(words[next][W+1]),
      .frame_width(size[15:0]),
      .frame_height(size[31:16]),
      .video_in_error(errors),
      .size_valid(size_valid),
      .size_ready(go),
      .size_data(size_data),
      .out0_valid(out_valid),
      .out0_ready(go),
      .out0_data(out_data)
  );

  initial $readmemh("words.hex", words);
  initial if (RESIZABLE != 0) $readmemh("sizes.hex", sizes);

  always #1 clk = ~clk;

  always @(posedge clk) begin
    cycle <= cycle + 1;
    rst   <= cycle < 3;
    go    <= cycle >= HOLD && (LIVE || $random(seed) % 3 != 0);
    quiet <= valid || out_valid ? 0 : quiet + 1;
    if (size_valid && go && !rst) $display("size %0d x %0d", size_data[15:0], size_data[31:16]);
    if (out_valid && go && !rst) $display("%h", out_data);
    if (valid && ready) begin
      next  <= next + 1;
      valid <= 1'b0;
      gap   <= 0;
      // A word without a gap follows in the next cycle.
      if (next + 1 < N && words[next+1][W+15:W+2] == 0) valid <= 1'b1;
    end else if (!valid && !rst && cycle > 5 && next < N) begin
      gap   <= gap + 1;
      valid <= gap + 1 >= words[next][W+15:W+2];
    end
    if (quiet == 100 && next == N) begin
      $display("errors %b", errors);
      $finish;
    end
  end
endmodule
`default_nettype wire
