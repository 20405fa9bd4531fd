// Place in the work on one group of positions: cycle k of a pass, output step n, group step t. A pass
// over group step t takes KFS[t] cycles. "entry" is the chunk of the window (outputs of one group
// share its chunks), "word" that of the weights; "issue" ends a cycle.
// With REPLAY walks of a row, a group of positions has the group steps of its walk only, which it is
// told as it begins. SHARED: all walks select the same chunks.
`default_nettype none
module ts_conv_passes #(
    parameter KFS = 16'd9,
    parameter UNEVEN = 0,
    parameter NF = 1,
    parameter GS = 1,
    parameter REPLAY = 1,
    parameter SHARED = 0,
    parameter VW = 1,
    parameter EW = 4,
    parameter AW = 4
) (
    input  wire          clk,
    input  wire          rst,
    input  wire          begins,
    input  wire [VW-1:0] walk,
    input  wire          issue,
    output logic         k_first,
    output logic         k_last,
    output logic         pass_first,
    output wire          group_last,
    output wire [EW-1:0] entry,
    output wire [AW-1:0] word
);
  localparam KW = EW + 1;
  localparam RS = GS / REPLAY;
  localparam NW = $clog2(NF + 1);
  localparam TW = $clog2(GS + 1);

  // Last cycle of a pass over a group step.
  function automatic [KW-1:0] end_of(input [TW-1:0] number);
    end_of = KW'(KFS[15:0] - 16'd1);
    if (UNEVEN != 0) begin
      for (int i = 1; i < GS; i = i + 1) if (number == TW'(i)) end_of = KW'(KFS[i*16+:16] - 16'd1);
    end
  endfunction

  // First group step, chunk and word of a walk.
  function automatic [TW-1:0] step_of(input [VW-1:0] number);
    step_of = '0;
    for (int i = 1; i < REPLAY; i = i + 1) if (number == VW'(i)) step_of = TW'(i * RS);
  endfunction
  function automatic integer cycles_before(input integer number);
    cycles_before = 0;
    for (int i = 0; i < number * RS; i = i + 1)
      cycles_before = cycles_before + 32'(KFS[(i*16)+:16]);
  endfunction
  function automatic [EW-1:0] chunk_of(input [VW-1:0] number);
    chunk_of = '0;
    for (int i = 1; i < REPLAY; i = i + 1)
      if (SHARED == 0 && number == VW'(i)) chunk_of = EW'(cycles_before(i));
  endfunction
  function automatic [AW-1:0] word_of(input [VW-1:0] number);
    word_of = '0;
    for (int i = 1; i < REPLAY; i = i + 1)
      if (number == VW'(i)) word_of = AW'(NF * cycles_before(i));
  endfunction
  wire restart = REPLAY > 1 && begins;
  wire unused = &{begins, walk};

  logic [KW-1:0] k;
  logic [NW-1:0] n;
  logic [TW-1:0] t;
  logic [TW-1:0] done;
  logic          n_last, t_last;
  assign group_last = k_last & n_last & t_last;

  wire [KW-1:0] k_next = k_last ? '0 : k + 1'b1;
  wire [NW-1:0] n_next = n_last ? '0 : n + 1'b1;
  wire [TW-1:0] t_next = t_last ? '0 : t + 1'b1;
  always_ff @(posedge clk) begin
    if (rst) begin
      k <= '0;
      n <= '0;
      t <= '0;
      k_first <= 1'b1;
      k_last <= end_of('0) == '0;
      n_last <= NF == 1;
      done <= '0;
      t_last <= RS == 1;
      pass_first <= 1'b1;
    end else if (restart) begin
      k <= '0;
      n <= '0;
      t <= step_of(walk);
      k_first <= 1'b1;
      k_last <= end_of(step_of(walk)) == '0;
      n_last <= NF == 1;
      done <= '0;
      t_last <= RS == 1;
      pass_first <= 1'b1;
    end else if (issue) begin
      k <= k_next;
      k_first <= k_last;
      k_last <= k_next == end_of(k_last & n_last ? t_next : t);
      if (k_last) begin
        n <= n_next;
        n_last <= n_next == NW'(NF - 1);
        pass_first <= n_last & t_last;
      end
      if (k_last & n_last) begin
        t <= t_next;
        done <= t_last ? '0 : done + 1'b1;
        t_last <= t_last ? RS == 1 : done == TW'(RS - 2);
      end
    end
  end

  logic [EW-1:0] chunk;
  logic [EW-1:0] group_chunk;
  logic [AW-1:0] address;
  assign entry = chunk;
  assign word  = address;
  always_ff @(posedge clk) begin
    if (rst) begin
      chunk <= '0;
      group_chunk <= '0;
      address <= '0;
    end else if (restart) begin
      chunk <= chunk_of(walk);
      group_chunk <= chunk_of(walk);
      address <= word_of(walk);
    end else if (issue) begin
      address <= group_last ? '0 : address + 1'b1;
      if (group_last) begin
        chunk <= '0;
        group_chunk <= '0;
      end else if (k_last & n_last) begin
        chunk <= chunk + 1'b1;
        group_chunk <= chunk + 1'b1;
      end else begin
        chunk <= k_last ? group_chunk : chunk + 1'b1;
      end
    end
  end
endmodule
`default_nettype wire
