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
    parameter SX = 1,
    parameter F = 1,
    parameter DENSE = 1,
    parameter RUN = 4,
    parameter LISTS = 16'd0,
    parameter COUNTS = 16'd0,
    parameter KFS = 16'd9,
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
  localparam V = G * F;
  localparam GS = (V + GP - 1) / GP;
  localparam PX = P * SX;
  localparam COLUMNS = KW + (P - 1) * SX;
  localparam SB = S * AB;
  localparam NL = F > 1 ? GP : 1;  // groups of outputs with places of their own
  localparam ELEMENTS = DENSE != 0 ? 1 : $bits(LISTS) / 16 / F;

  // Number of tap j of the group v of outputs: (column * KH + row) * CG + channel.
  function automatic integer tap_of(input integer v, input integer j);
    tap_of = DENSE != 0 ? j : 32'(LISTS[(v%F*ELEMENTS+j/RUN)*16+:16]) * RUN + j % RUN;
  endfunction
  function automatic integer kept_of(input integer v);
    kept_of = v < V ? 32'(COUNTS[v%F*16+:16]) : 0;
  endfunction
  // Columns of the window outside the frame in this slot, and whether there are any. From the
  // slot's first output column on, "left" columns lie in the frame.
  logic [COLUMNS-1:0] outside;
  logic               any;
  logic [COLUMNS-1:0] next;
  always_comb begin
    for (int c = 0; c < COLUMNS; c = c + 1) begin
      next[c] = (PL > c && slot < JW'((PL - c + PX - 1) / PX)) || (c > PL && left <= XW'(c - PL));
    end
  end
  always_ff @(posedge clk) begin
    if (shift) begin
      outside <= next;
      any <= |next;
    end
  end

  // The same, tap by tap of the chunk that is selected in this cycle; and its pad codes.
  logic [P*NL*S-1:0] tap_outside;
  logic [ GP*SB-1:0] pad;
  logic              any1;
  logic [P*NL*S-1:0] tap_next;
  logic [ GP*SB-1:0] pad_next;
  always_comb begin : lookup
    integer number;  // of the chunk among those of all group steps
    number = 0;
    tap_next = '0;
    for (int i = 0; i < GP * S; i = i + 1) pad_next[i*AB+:AB] = PAD[AB-1:0];
    for (int t = 0; t < GS; t = t + 1) begin
      for (int k = 0; k < KFS[t*16+:16]; k = k + 1) begin
        if (ENTRIES == 1 || entry == EW'(number)) begin
          for (int i = 0; i < P * NL * S; i = i + 1) begin
            if (k * S + i % S < kept_of(t * GP + i / S % NL))
              tap_next[i] = outside[i/(NL*S)*SX+tap_of(t*GP+i/S%NL, k*S+i%S)/(KH*CG)];
          end
          if (PAD != {C{PAD[AB-1:0]}}) begin
            for (int i = 0; i < GP * S; i = i + 1) begin
              if (k * S + i % S < kept_of(t * GP + i / S))
                pad_next[i*AB+:AB] =
                    PAD[((t*GP+i/S)/F*CG+tap_of(t*GP+i/S, k*S+i%S)%CG)*AB+:AB];
            end
          end
        end
        number = number + 1;
      end
    end
  end
  always_ff @(posedge clk) begin
    any1 <= any;
    tap_outside <= any ? tap_next : '0;
    pad <= pad_next;
  end

  logic [P*GP*SB-1:0] masked;
  assign operand = masked;
  always_ff @(posedge clk) begin
    masked <= chunk;
    if (any1) begin
      for (int i = 0; i < P * GP * S; i = i + 1) begin
        if (tap_outside[(i/(GP*S)*NL+i/S%GP%NL)*S+i%S]) masked[i*AB+:AB] <= pad[i%(GP*S)*AB+:AB];
      end
    end
  end
endmodule
`default_nettype wire
