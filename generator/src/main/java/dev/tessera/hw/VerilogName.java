package dev.tessera.hw;

import java.util.Set;

/** Identifiers that every tool in the flow takes: Verilog, SystemVerilog, VHDL and C++ alike. */
public final class VerilogName {
  private static final int MAX_LENGTH = 64;

  private static final Set<String> KEYWORDS =
      Set.of(
          ("accept_on alias always always_comb always_ff always_latch and assert assign assume"
                  + " automatic before begin bind bins binsof bit break buf bufif0 bufif1 byte case"
                  + " casex casez cell chandle checker class clocking cmos config const constraint"
                  + " context continue cover covergroup coverpoint cross deassign default defparam"
                  + " design disable dist do edge else end endcase endchecker endclass endclocking"
                  + " endconfig endfunction endgenerate endgroup endinterface endmodule endpackage"
                  + " endprimitive endprogram endproperty endsequence endspecify endtable endtask enum"
                  + " event eventually expect export extends extern final first_match for force"
                  + " foreach forever fork forkjoin function generate genvar global highz0 highz1 if"
                  + " iff ifnone ignore_bins illegal_bins implements implies import incdir include"
                  + " initial inout input inside instance int integer interconnect interface intersect"
                  + " join join_any join_none large let liblist library local localparam logic longint"
                  + " macromodule matches medium modport module nand negedge nettype new nexttime nmos"
                  + " nor noshowcancelled not notif0 notif1 null or output package packed parameter"
                  + " pmos posedge primitive priority program property protected pull0 pull1 pulldown"
                  + " pullup pure rand randc randcase randsequence rcmos real realtime ref reg"
                  + " reject_on release repeat restrict return rnmos rpmos rtran rtranif0 rtranif1"
                  + " s_always s_eventually s_nexttime s_until s_until_with scalared sequence shortint"
                  + " shortreal showcancelled signed small soft solve specify specparam static string"
                  + " strong strong0 strong1 struct super supply0 supply1 sync_accept_on"
                  + " sync_reject_on table tagged task this throughout time timeprecision timeunit"
                  + " tran tranif0 tranif1 tri tri0 tri1 triand trior trireg type typedef union unique"
                  + " unique0 unsigned until until_with untyped use uwire var vectored virtual void"
                  + " wait wait_order wand weak weak0 weak1 while wildcard wire with within wor xnor"
                  + " xor")
              .split(" "));

  private static final Set<String> WORDS_ELSEWHERE =
      Set.of(
          ("abs access after all architecture array attribute auto block body bool buffer bus catch"
                  + " char component configuration delete disconnect double downto elsif entity"
                  + " exit explicit false file float friend generic goto group guarded impure in"
                  + " inertial is label linkage literal long loop map mod mutable namespace next of"
                  + " on open operator others out port postponed private procedure process public"
                  + " range record register reject rem report rol ror select severity shared short"
                  + " signal sizeof sla sll sra srl subtype switch template then throw to transport"
                  + " true try typeid typename unaffected units using variable volatile when")
              .split(" "));

  private VerilogName() {}

  /**
   * {@code name} as an identifier: letters, digits and single underscores, not a keyword, at most
   * 64 characters, never empty; lower case, because VHDL and file systems may not tell cases apart.
   */
  public static String legal(String name) {
    String text = name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    text = text.replaceAll("^_+|_+$", "");
    if (text.length() > MAX_LENGTH) {
      text = text.substring(text.length() - MAX_LENGTH).replaceAll("^_+", "");
    }
    if (text.isEmpty() || Character.isDigit(text.charAt(0))) {
      text = "n" + text;
    }
    return KEYWORDS.contains(text) || WORDS_ELSEWHERE.contains(text) ? text + "_n" : text;
  }

  /** {@link #legal} and unlike every name in {@code taken}, to which it is added. */
  public static String unique(String name, Set<String> taken) {
    String legal = legal(name);
    String text = legal;
    for (int i = 2; !taken.add(text); i++) {
      text = legal + "_" + i;
    }
    return text;
  }

  /** Whether {@code name} can stand in Verilog as it is. */
  public static boolean isLegal(String name) {
    return legal(name).equals(name);
  }
}
