// What registers say becomes frames: a job is what they hold at the time of "order", and waits here until
// the design takes it; with "repeat_on" it is given again and again, and each order replaces it for the frames
// to come. An order that finds another one waiting, or a frame size that the design does not take, changes
// nothing and is reported. "restart" resets the design: its masters are stopped, bursts that are under way end,
// and everything that was ordered is forgotten. "events": done, order lost, size refused, restarted.
`default_nettype none
module ts_control #(
    parameter JW = 192,
    parameter SIZED = 0,
    parameter LEAST_W = 1,
    parameter MOST_W = 64,
    parameter STEP_W = 1,
    parameter LEAST_H = 1,
    parameter MOST_H = 64,
    parameter STEP_H = 1,
    parameter EVENTS = 6
) (
    input  wire              clk,
    input  wire              rst,
    input  wire              order,
    input  wire              repeat_on,
    input  wire              restart,
    input  wire [    JW-1:0] staged,
    input  wire [      31:0] staged_size,
    output wire [    JW-1:0] job,
    output wire              start,
    input  wire              start_ready,
    input  wire              done,
    input  wire [      31:0] crc,
    output wire [      31:0] frame_crc,
    output wire              stop,
    input  wire              idle,
    output wire              run,
    output wire              ready,
    output wire              busy,
    output wire [       7:0] in_work,
    output wire [       3:0] events,
    input  wire [EVENTS-1:0] status,
    input  wire [EVENTS-1:0] enable,
    output wire              irq
);
  localparam HOLD = 15;  // cycles of a reset, at least

  // Whether the design takes frames of the size at hand: looked at in the cycle of the order.
  wire [15:0] columns = staged_size[15:0];
  wire [15:0] rows = staged_size[31:16];
  wire        fits = SIZED == 0 || (columns >= 16'(LEAST_W) && columns <= 16'(MOST_W)
      && (columns & 16'(STEP_W - 1)) == '0 && rows >= 16'(LEAST_H) && rows <= 16'(MOST_H)
      && (rows & 16'(STEP_H - 1)) == '0);

  logic          asked, fit, waiting, resetting, running;
  logic [JW-1:0] held;
  logic [   3:0] age;
  wire           taken = waiting & start_ready & running;
  wire           free = !waiting | repeat_on;
  wire           accept = asked & fit & free & !resetting;
  wire           reset_over = resetting && age == 4'(HOLD) && idle;
  assign job = held;
  assign start = waiting & running;
  assign stop = resetting;
  assign run = running;
  assign ready = free & !resetting;
  always_ff @(posedge clk) begin
    asked <= !rst & order;
    fit   <= fits;
    if (accept) held <= staged;
    if (rst | resetting) waiting <= 1'b0;
    else if (accept) waiting <= 1'b1;
    else if (taken) waiting <= repeat_on;
    if (rst) resetting <= 1'b0;
    else if (restart) resetting <= 1'b1;
    else if (reset_over) resetting <= 1'b0;
    if (!resetting) age <= '0;
    else if (age != 4'(HOLD)) age <= age + 4'd1;
    running <= !rst & !restart & !resetting;
  end

  // Frames that were taken and are not done.
  logic [7:0] frames;
  assign in_work = frames;
  assign busy = frames != '0;
  always_ff @(posedge clk) begin
    if (rst | resetting) frames <= '0;
    else frames <= frames + 8'(taken) - 8'(done);
  end

  logic [ 3:0] seen;
  logic [31:0] last;
  assign events = seen;
  assign frame_crc = last;
  always_ff @(posedge clk) begin
    seen[0] <= !rst & done & running;
    seen[1] <= !rst & asked & (!free | resetting);
    seen[2] <= !rst & asked & !fit;
    seen[3] <= !rst & reset_over;
    if (rst) last <= '0;
    else if (done) last <= crc;
  end

  logic asserted;
  assign irq = asserted;
  always_ff @(posedge clk) asserted <= !rst && |(status & enable);
endmodule
`default_nettype wire
