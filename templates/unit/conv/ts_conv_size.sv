// Sizes of the frames as a convolution walks them. FLAT: all pixels of a frame in one row.
`default_nettype none
module ts_conv_size #(
    parameter RESIZABLE = 0,
    parameter FLAT = 0,
    parameter XW = 5,
    parameter YW = 5
) (
    input  wire          clk,
    input  wire          rst,
    input  wire          size_valid,
    output wire          size_ready,
    input  wire [  31:0] size_data,
    output wire          out_valid,
    input  wire          out_ready,
    output wire [XW-1:0] columns,
    output wire [YW-1:0] rows
);
  if (RESIZABLE == 0) begin : fixed
    assign size_ready = 1'b0;
    assign out_valid = 1'b0;
    assign columns = '0;
    assign rows = '0;
    wire unused = &{clk, rst, size_valid, size_data, out_ready};
  end else if (FLAT == 0) begin : plain
    assign size_ready = out_ready;
    assign out_valid = size_valid;
    assign columns = size_data[XW-1:0];
    assign rows = size_data[16+:YW];
    wire unused = &{clk, rst, size_data};
  end else begin : flat
    // One size at a time through the registers of a multiplier.
    logic [15:0] width, height;
    logic [31:0] product, area;
    logic [ 2:0] stage;
    assign size_ready = stage == '0;
    assign out_valid = stage[2];
    assign columns = area[XW-1:0];
    assign rows = YW'(1);
    wire unused = &area;
    always_ff @(posedge clk) begin
      {height, width} <= size_data;
      product <= width * height;
      area <= stage[2] ? area : product;
      if (rst) stage <= '0;
      else stage <= {stage[1] | (stage[2] & !out_ready), stage[0], size_valid & size_ready};
    end
  end
endmodule
`default_nettype wire
