// The size of the frame that a part of a unit works on, and of the next one. "load" marks the clock
// edge at which a new frame begins: counters take the head's size. RESIZABLE: sizes arrive, one
// word per frame, and wait in a FIFO; "valid" is low while that of the next frame is missing.
// Otherwise every frame has the size of the parameters.
`default_nettype none
module ts_frame #(
    parameter RESIZABLE = 0,
    parameter WIDTH = 16,
    parameter HEIGHT = 16,
    parameter XW = $clog2(WIDTH + 1),
    parameter YW = $clog2(HEIGHT + 1)
) (
    input  wire          clk,
    input  wire          rst,
    input  wire          in_valid,
    output wire          in_ready,
    input  wire [XW-1:0] in_columns,
    input  wire [YW-1:0] in_rows,
    input  wire          next,
    output wire          valid,
    output wire          load,
    output wire [XW-1:0] head_columns,
    output wire [YW-1:0] head_rows,
    output wire [XW-1:0] columns
);
  if (RESIZABLE == 0) begin : fixed
    assign in_ready = 1'b1;
    assign valid = 1'b1;
    assign load = next;
    assign head_columns = XW'(WIDTH);
    assign head_rows = YW'(HEIGHT);
    assign columns = XW'(WIDTH);
    wire unused = &{clk, rst, in_valid, in_columns, in_rows};
  end else begin : told
    wire           head_valid;
    logic          current_valid;
    logic [XW-1:0] current;

    ts_fifo #(
        .W(XW + YW),
        .DEPTH(8)
    ) sizes (
        .clk,
        .rst,
        .in_valid,
        .in_ready,
        .in_data({in_columns, in_rows}),
        .out_valid(head_valid),
        .out_ready(next | !current_valid),
        .out_data({head_columns, head_rows})
    );

    assign valid = current_valid;
    assign load = head_valid & (next | !current_valid);
    assign columns = current;

    always_ff @(posedge clk) begin
      if (load) current <= head_columns;
      if (rst) current_valid <= 1'b0;
      else if (load) current_valid <= 1'b1;
      else if (next) current_valid <= 1'b0;
    end
  end
endmodule
`default_nettype wire
