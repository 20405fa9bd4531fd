package dev.tessera.cosim;

import java.nio.file.Path;
import java.util.List;

/** Law 8 in Yosys. */
final class Yosys {
  private Yosys() {}

  /**
   * Elaborates {@code top} and looks for loops, undriven and doubly driven nets.
   *
   * @return messages of a failure; empty if there is none
   */
  static String check(String top, Path rtl, List<String> sources) {
    String script =
        "read_verilog -sv "
            + String.join(" ", sources)
            + "; hierarchy -check -top "
            + top
            + "; proc; check -assert";
    Processes.Ended ended = Processes.run(rtl, List.of("yosys", "-q", "-p", script));
    boolean warned = ended.output().contains("Warning:") || ended.output().contains("ERROR:");
    return ended.failed() || warned ? ended.output().strip() : "";
  }
}
