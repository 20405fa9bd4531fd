// Sizes of a stream's frames out of those of the source, one word per frame: 16 bits of columns,
// 16 bits of rows. Each of LANES numbers goes through STAGES times floor((n * MUL + ADD) / DIV);
// even lanes start from the columns, odd ones from the rows.
`default_nettype none
module ts_size #(
    parameter LANES = 2,
    parameter STAGES = 1,
    parameter [LANES*STAGES*32-1:0] MUL = {LANES * STAGES{32'd1}},
    parameter [LANES*STAGES*32-1:0] ADD = '0,
    parameter [LANES*STAGES*32-1:0] DIV = {LANES * STAGES{32'd1}}
) (
    input  wire                clk,
    input  wire                rst,
    input  wire                push,
    input  wire [        31:0] data,
    output wire                room,
    output wire                out_valid,
    input  wire                out_ready,
    output wire [LANES*16-1:0] out_data
);
  localparam ONES = {LANES * STAGES{32'd1}};

  wire         any;
  wire         pop;
  wire  [31:0] head;

  ts_word_queue #(
      .W(32)
  ) words (
      .clk,
      .rst,
      .push,
      .data,
      .room,
      .out_valid(any),
      .out_ready(pop),
      .out_data(head)
  );

  if (MUL == ONES && ADD == '0 && DIV == ONES) begin : same
    assign out_valid = any;
    assign pop = out_ready;
    assign out_data = {LANES / 2{head}};
  end else begin : mapped
    // One number per lane: the product of a stage, then the quotient, bit by bit.
    localparam SW = $clog2(STAGES + 1);
    logic                busy;
    logic                divide;
    logic                done;
    logic [      SW-1:0] stage;
    logic [         4:0] bits;
    logic [LANES*32-1:0] value;
    logic [LANES*31-1:0] rest;
    wire stage_last = stage == SW'(STAGES - 1);

    assign pop = !busy & !done;
    assign out_valid = done;

    always_ff @(posedge clk) begin
      if (rst) begin
        busy   <= 1'b0;
        divide <= 1'b0;
        done   <= 1'b0;
        stage  <= '0;
        bits   <= '0;
      end else begin
        if (any & pop) busy <= 1'b1;
        else if (divide && bits == 5'd31 && stage_last) busy <= 1'b0;
        if (divide) bits <= bits + 1'b1;
        if (busy & !divide) divide <= 1'b1;
        else if (bits == 5'd31) divide <= 1'b0;
        if (divide && bits == 5'd31) stage <= stage_last ? '0 : stage + 1'b1;
        if (divide && bits == 5'd31 && stage_last) done <= 1'b1;
        else if (out_ready) done <= 1'b0;
      end
    end

    for (genvar l = 0; l < LANES; l = l + 1) begin : lane
      logic [31:0] mul;
      logic [31:0] add;
      logic [31:0] div;
      always_comb begin
        mul = MUL[l*32+:32];
        add = ADD[l*32+:32];
        div = DIV[l*32+:32];
        for (int s = 1; s < STAGES; s = s + 1) begin
          if (stage == SW'(s)) begin
            mul = MUL[(s*LANES+l)*32+:32];
            add = ADD[(s*LANES+l)*32+:32];
            div = DIV[(s*LANES+l)*32+:32];
          end
        end
      end
      wire [31:0] partial = {rest[l*31+:31], value[l*32+31]};
      wire        fits = partial >= div;
      always_ff @(posedge clk) begin
        if (any & pop) begin
          value[l*32+:32] <= {16'd0, head[l%2*16+:16]};
        end else if (busy & !divide) begin
          value[l*32+:32] <= value[l*32+:32] * mul + add;
          rest[l*31+:31]  <= '0;
        end else if (divide) begin
          value[l*32+:32] <= {value[l*32+:31], fits};
          rest[l*31+:31]  <= fits ? 31'(partial - div) : partial[30:0];
        end
      end
      assign out_data[l*16+:16] = value[l*32+:16];
    end
  end
endmodule
`default_nettype wire
