// What software is promised of orders: one waits, a second is lost, a wrong size is refused, "repeat" gives the last
// one again and again, a start replaces it, a reset forgets everything and waits for the bus.
`timescale 1ns / 1ns
module control_tb;
  logic clk = 0, rst = 1;
  always #5 clk = !clk;

  logic order = 0, repeat_on = 0, restart = 0, start_ready = 0, done = 0, idle = 0;
  logic [7:0] staged = 0;
  logic [31:0] staged_size = {16'd6, 16'd8};
  logic [31:0] crc = 0;
  logic [5:0] status = 0, enable = 6'b000010;
  wire [7:0] job, in_work;
  wire [31:0] frame_crc;
  wire start, stop, run, ready, busy, irq;
  wire [3:0] events;
  ts_control #(
      .JW(8), .SIZED(1), .LEAST_W(4), .MOST_W(16), .STEP_W(4), .LEAST_H(2), .MOST_H(12), .STEP_H(2)
  ) dut (.*);

  // Events since they were looked at.
  logic [3:0] seen = 0;
  always @(posedge clk) if (!rst) seen <= seen | events;

  task automatic require(input logic holds, input [255:0] what);
    if (holds !== 1'b1) begin
      $display("failed: %0s at %0t", what, $time);
      $finish;
    end
  endtask

  task automatic wait_for(input int cycles);
    repeat (cycles) @(negedge clk);
  endtask

  task automatic give(input [7:0] value, input [15:0] width, input [15:0] height);
    staged = value;
    staged_size = {height, width};
    order = 1;
    wait_for(1);
    order = 0;
    wait_for(3);
  endtask

  task automatic take(input [7:0] value);
    require(start && job == value, "the job is another one");
    start_ready = 1;
    wait_for(1);
    start_ready = 0;
    wait_for(1);
  endtask

  task automatic finish_frame(input [31:0] value);
    crc = value;
    done = 1;
    wait_for(1);
    done = 0;
    wait_for(3);
    require(frame_crc == value && seen[0], "the end of a frame is not told");
    seen = 0;
  endtask

  initial begin
    wait_for(3);
    rst = 0;
    wait_for(3);
    require(ready && !busy && !start && run && !irq, "not ready behind a reset");

    give(8'd1, 8, 6);
    require(!ready && start && job == 8'd1, "an order does not wait");
    give(8'd2, 8, 6);
    require(seen == 4'b0010 && job == 8'd1, "a second order is not lost");
    seen = 0;
    take(8'd1);
    require(ready && busy && in_work == 8'd1, "a frame is not in work");
    give(8'd3, 8, 6);
    take(8'd3);
    require(in_work == 8'd2, "two frames are not in work");
    finish_frame(32'd77);
    finish_frame(32'd78);
    require(!busy, "frames are in work for ever");

    // Sizes: too small, too large, between the steps; the least and the most.
    give(8'd4, 0, 6);
    give(8'd4, 20, 6);
    give(8'd4, 6, 6);
    give(8'd4, 8, 0);
    give(8'd4, 8, 14);
    give(8'd4, 8, 5);
    require(seen == 4'b0100 && !start, "a wrong size is not refused");
    seen = 0;
    give(8'd5, 4, 2);
    take(8'd5);
    finish_frame(32'd1);
    give(8'd6, 16, 12);
    take(8'd6);
    finish_frame(32'd2);

    repeat_on = 1;
    give(8'd7, 8, 6);
    take(8'd7);
    take(8'd7);
    give(8'd8, 8, 6);
    require(seen == 0, "a start during a repetition is lost");
    take(8'd8);
    take(8'd8);
    repeat_on = 0;
    wait_for(2);
    take(8'd8);
    require(!start, "the repetition does not end");
    require(in_work == 8'd5, "repeated frames are not in work");

    status = 6'b000001;
    wait_for(2);
    require(!irq, "an event that is not enabled interrupts");
    status = 6'b000010;
    wait_for(2);
    require(irq, "an event does not interrupt");

    give(8'd9, 8, 6);
    restart = 1;
    wait_for(1);
    restart = 0;
    wait_for(2);
    require(stop && !run && !start && !ready, "a reset does not stop the design");
    give(8'd10, 8, 6);
    require(seen == 4'b0010, "an order during a reset is not lost");
    wait_for(100);
    require(stop && !seen[3], "a reset does not wait for the bus");
    idle = 1;
    wait_for(4);
    require(!stop && run && seen[3] && ready && !busy && !start, "a reset leaves something");
    seen = 0;
    restart = 1;
    wait_for(1);
    restart = 0;
    wait_for(12);
    require(stop, "a reset is shorter than 16 cycles");
    wait_for(12);
    require(!stop && run, "a reset does not end");
    $display("passed");
    $finish;
  end
endmodule
