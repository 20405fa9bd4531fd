// Takes the requests of N ports in turn and makes AXI addresses of them: a port is looked at in every
// cycle, its place added to "base", a register behind each. "go" marks that the request of "port" was
// accepted; one is begun only while there is "room" to note that.
`default_nettype none
module ts_mem_turns #(
    parameter N = 2,
    parameter IW = N > 1 ? $clog2(N) : 1
) (
    input  wire            clk,
    input  wire            rst,
    input  wire [    63:0] base,
    input  wire [   N-1:0] valid,
    output wire [   N-1:0] ready,
    input  wire [N*32-1:0] place,
    input  wire [ N*8-1:0] length,
    input  wire            room,
    output wire [    63:0] axaddr,
    output wire [     7:0] axlen,
    output wire            axvalid,
    input  wire            axready,
    output wire            go,
    output wire [  IW-1:0] port
);
  logic [IW-1:0] turn, picked, owner;
  logic          pick, given;
  logic [  31:0] offset;
  logic [   7:0] picked_length, given_length;
  logic [  63:0] address;
  wire           look = !pick & room;
  assign axvalid = given;
  assign axaddr = address;
  assign axlen = given_length;
  assign go = given & axready;
  assign port = owner;
  for (genvar i = 0; i < N; i = i + 1) begin : ports
    assign ready[i] = look & !given & (turn == IW'(i));
  end
  wire take = look & !given & valid[turn];
  always_ff @(posedge clk) begin
    if (rst) begin
      turn  <= '0;
      pick  <= 1'b0;
      given <= 1'b0;
    end else begin
      turn <= turn == IW'(N - 1) ? '0 : turn + 1'b1;
      pick <= take;
      if (pick) given <= 1'b1;
      else if (axready) given <= 1'b0;
    end
    if (take) begin
      picked <= turn;
      offset <= place[turn*32+:32];
      picked_length <= length[turn*8+:8];
    end
    if (pick) begin
      owner <= picked;
      address <= base + 64'(offset);
      given_length <= picked_length;
    end
  end
endmodule
`default_nettype wire
