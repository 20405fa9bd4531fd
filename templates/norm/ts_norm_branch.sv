// The way from a statistics branch to the tables. Its codes, of every entry the multiplier and then the
// offset, become the entries of the next bank, which is announced when it is full. The first LAG frames
// use bank 0, where typical tables are. Announcements lie GAP cycles apart: entries are stored by
// then, and every table has counted the one before. No bank is begun before the last one is taken.
`default_nettype none
module ts_norm_branch #(
    parameter ENTRIES = 4,
    parameter BANKS = 8,
    parameter IW = 8,
    parameter BW = 3,
    parameter LAG = 2,
    parameter MULTIPLIER_SHIFT = 2,
    parameter OFFSET_SHIFT = 8
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             in_valid,
    output wire             in_ready,
    input  wire [     15:0] in_data,
    output wire             write,
    output wire [BW+IW-1:0] address,
    output wire [     49:0] entry,
    output wire             out_valid,
    input  wire             out_ready,
    output wire [     31:0] out_data
);
  localparam GAP = 8;
  localparam GW = $clog2(GAP);
  localparam LW = $clog2(LAG + 1);

  // One at a time: codes are collected, a bank is offered, or time passes before what comes next.
  logic          collects;
  logic          offers;
  logic          offers_next;
  logic [GW-1:0] gap;
  logic [LW-1:0] typical;
  logic [BW-1:0] bank;

  logic          is_offset;
  logic [IW-1:0] index;
  logic [  17:0] multiplier;
  wire  [BW-1:0] next = bank == BW'(BANKS - 1) ? '0 : bank + 1'b1;
  wire           taken = in_valid & collects;
  wire           last = is_offset && index == IW'(ENTRIES - 1);
  wire           accepted = offers & out_ready;

  assign in_ready  = collects;
  assign out_valid = offers;
  assign out_data  = 32'(bank);

  always_ff @(posedge clk) begin
    if (rst) begin
      collects <= 1'b0;
      offers <= 1'b1;
      offers_next <= 1'b0;
      gap <= '0;
      typical <= LW'(LAG - 1);
      bank <= '0;
      is_offset <= 1'b0;
      index <= '0;
    end else begin
      if (taken) begin
        is_offset <= !is_offset;
        if (is_offset) index <= last ? '0 : index + 1'b1;
      end
      if (accepted) begin
        offers <= 1'b0;
        offers_next <= typical != '0;
        if (typical != '0) typical <= typical - 1'b1;
      end
      if (taken & last) begin
        collects <= 1'b0;
        offers_next <= 1'b1;
        bank <= next;
      end
      if (accepted | (taken & last)) begin
        gap <= GW'(GAP - 1);
      end else if (gap != '0) begin
        gap <= gap - 1'b1;
        offers <= gap == GW'(1) && offers_next;
        collects <= gap == GW'(1) && !offers_next;
      end
    end
  end

  logic             stored;
  logic [BW+IW-1:0] place;
  logic [     49:0] both;
  assign write   = stored;
  assign address = place;
  assign entry   = both;
  always_ff @(posedge clk) begin
    if (taken & !is_offset) multiplier <= 18'($signed(in_data)) << MULTIPLIER_SHIFT;
    place <= {next, index};
    both <= {32'($signed(in_data)) << OFFSET_SHIFT, multiplier};
    stored <= !rst & taken & is_offset;
  end
endmodule
`default_nettype wire
