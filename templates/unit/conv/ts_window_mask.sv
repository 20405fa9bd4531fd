// Taps in columns beside the frame become the pad code of their channel, one register behind the
// selection of the chunk.
`default_nettype none
module ts_window_mask #(
    parameter C = 4,
    parameter AB = 8,
    parameter KH = 3,
    parameter KW = 3,
    parameter G = 1,
    parameter PL = 1,
    parameter [C*AB-1:0] PAD = 0,
    parameter P = 1,
    parameter GP = 1,
    parameter S = 4,
    parameter ENTRIES = 9,
    parameter JW = 4,
    parameter XW = 8,
    parameter EW = ENTRIES > 1 ? $clog2(ENTRIES) : 1
) (
    input  wire                 clk,
    input  wire                 shift,
    input  wire [       JW-1:0] slot,
    input  wire [       XW-1:0] left,
    input  wire [       EW-1:0] entry,
    input  wire [P*GP*S*AB-1:0] chunk,
    output wire [P*GP*S*AB-1:0] operand
);
  localparam CG = C / G;
  localparam K = KH * KW * CG;
  localparam KF = (K + S - 1) / S;
  localparam GS = ENTRIES / KF;
  localparam COLUMNS = KW + P - 1;
  localparam SB = S * AB;

  // Columns of the window outside the frame in this slot, and whether there are any. From the
  // slot's first output column on, "left" columns lie in the frame.
  logic [COLUMNS-1:0] outside;
  logic               any;
  logic [COLUMNS-1:0] next;
  always_comb begin
    for (int c = 0; c < COLUMNS; c = c + 1) begin
      next[c] = (PL > c && slot < JW'((PL - c + P - 1) / P)) || (c > PL && left <= XW'(c - PL));
    end
  end
  always_ff @(posedge clk) begin
    if (shift) begin
      outside <= next;
      any <= |next;
    end
  end

  // The same, tap by tap of the chunk that is selected in this cycle.
  logic [P*S-1:0] tap_outside;
  logic           any1;
  always_ff @(posedge clk) begin
    any1 <= any;
    tap_outside <= '0;
    if (any) begin
      for (int e = 0; e < ENTRIES; e = e + 1) begin
        if (ENTRIES == 1 || entry == EW'(e)) begin
          for (int i = 0; i < P * S; i = i + 1) begin
            if (e % KF * S + i % S < K)
              tap_outside[i] <= outside[i/S+(e%KF*S+i%S)/(KH*CG)];
          end
        end
      end
    end
  end

  // Pad codes of the chunk.
  logic [GP*SB-1:0] pad;
  always_ff @(posedge clk) begin
    for (int i = 0; i < GP * S; i = i + 1) pad[i*AB+:AB] <= PAD[AB-1:0];
    if (PAD != {C{PAD[AB-1:0]}} && any) begin
      for (int e = 0; e < ENTRIES; e = e + 1) begin
        if (ENTRIES == 1 || entry == EW'(e)) begin
          for (int i = 0; i < GP * S; i = i + 1) begin
            if (e / KF * GP + i / S < G)
              pad[i*AB+:AB] <= PAD[((e/KF*GP+i/S)*CG+(e%KF*S+i%S)%CG)*AB+:AB];
          end
        end
      end
    end
  end

  logic [P*GP*SB-1:0] masked;
  assign operand = masked;
  always_ff @(posedge clk) begin
    masked <= chunk;
    if (any1) begin
      for (int i = 0; i < P * GP * S; i = i + 1) begin
        if (tap_outside[i/(GP*S)*S+i%S]) masked[i*AB+:AB] <= pad[i%(GP*S)*AB+:AB];
      end
    end
  end
  wire unused = &{1'b0, GS};
endmodule
`default_nettype wire
