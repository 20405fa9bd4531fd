// Packs the fields of a lane into words of WB bits, the first bit in the least significant place. A word is "held" until
// it is taken; "full" tells that the field under way completes one, for which none may be held. "flush" holds
// what is left of a word once no field is under way.
// Registers: place; two of shifting; word.
`default_nettype none
module ts_med_pack #(
    parameter FB = 17,
    parameter LB = 5,
    parameter WB = 64
) (
    input  wire          clk,
    input  wire          rst,
    input  wire          enable,
    input  wire          valid,
    input  wire [FB-1:0] field,
    input  wire [LB-1:0] length,
    output wire          full,
    input  wire          flush,
    input  wire          take,
    output wire          held,
    output wire [WB-1:0] word
);
  localparam PW = $clog2(WB);
  localparam SPAN = WB + FB;

  logic [PW-1:0] fill, place1;
  logic [   3:1] there, whole;
  logic [FB-1:0] field1;
  wire  [PW:0] next = {1'b0, fill} + (PW + 1)'(length);
  logic [SPAN-1:0] coarse2, fine3;
  logic [     2:0] fine2;
  logic [WB-1:0] part, made;
  logic          holds;
  wire  [WB-1:0] together = part | fine3[WB-1:0];
  assign full = there[3] & whole[3];
  assign held = holds;
  assign word = made;
  always_ff @(posedge clk) begin
    if (rst) begin
      fill <= '0;
      there <= '0;
      part <= '0;
      holds <= 1'b0;
    end else begin
      if (flush) fill <= '0;
      else if (enable & valid) fill <= next[PW-1:0];
      if (enable) there <= {there[2:1], valid};
      if (flush) part <= '0;
      else if (enable & there[3]) part <= whole[3] ? WB'(fine3[SPAN-1:WB]) : together;
      holds <= (enable & full) | (flush & fill != '0) | (holds & !take);
    end
    if (enable) begin
      field1 <= field;
      place1 <= fill;
      whole <= {whole[2:1], next[PW]};
      coarse2 <= SPAN'(field1) << {place1[PW-1:3], 3'b0};
      fine2 <= place1[2:0];
      fine3 <= coarse2 << fine2;
    end
    if (flush) made <= part;
    else if (enable & full) made <= together;
  end
endmodule
`default_nettype wire
