// What classes have learned of the differences of V bits that they met: per lane, group of channels and class a sum of
// A bits and a count. A read shows them at once; a write puts those of another place with the
// difference met there. "clear" gives all places what they begin with, "busy" for as long as that takes.
`default_nettype none
module ts_med_state #(
    parameter L = 8,
    parameter V = 8,
    parameter A = V + 5,
    parameter PER = 1,
    parameter FIRST = 8,
    parameter GW = PER > 1 ? $clog2(PER) : 1
) (
    input  wire           clk,
    input  wire           rst,
    input  wire           clear,
    output wire           busy,
    input  wire [ GW-1:0] place,
    input  wire [L*3-1:0] classes,
    output wire [L*A-1:0] sums,
    output wire [L*5-1:0] counts,
    input  wire           write,
    input  wire [ GW-1:0] to_place,
    input  wire [L*3-1:0] to_classes,
    input  wire [L*A-1:0] old_sums,
    input  wire [L*5-1:0] old_counts,
    input  wire [L*V-1:0] differences
);
  localparam [4:0] FIRST_COUNT = 5'd4;
  localparam [4:0] MOST = 5'd31;

  logic          walking;
  logic [GW+2:0] walk;
  assign busy = walking;
  always_ff @(posedge clk) begin
    if (rst | clear) begin
      walking <= 1'b1;
      walk <= '0;
    end else if (walking) begin
      walking <= walk != {GW'(PER - 1), 3'd7};
      walk <= walk + 1'b1;
    end
  end

  for (genvar l = 0; l < L; l = l + 1) begin : lanes
    (* ram_style = "distributed" *)
    logic [A+4:0] mem[0:(8<<GW)-1];
    // Half of the difference, rounded up.
    wire  [V-1:0] met = differences[l*V+:V];
    wire  [A-1:0] sum = old_sums[l*A+:A] + A'(met[V-1:1]) + A'(met[0]);
    wire          full = old_counts[l*5+:5] == MOST;
    wire  [A+4:0] made = full ? {5'd16, sum >> 1} : {old_counts[l*5+:5] + 5'd1, sum};
    wire [GW+2:0] to = walking ? walk : {to_place, to_classes[l*3+:3]};
    always_ff @(posedge clk) begin
      if (walking | write) mem[to] <= walking ? {FIRST_COUNT, A'(FIRST)} : made;
    end
    assign {counts[l*5+:5], sums[l*A+:A]} = mem[{place, classes[l*3+:3]}];
  end
endmodule
`default_nettype wire
