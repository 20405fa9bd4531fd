package dev.tessera.cosim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs Yosys with a script that stays in its working folder. */
final class YosysScript {
  private YosysScript() {}

  /**
   * Reads {@code sources} and goes on with {@code commands}.
   *
   * @param rtl folder of sources and memory images
   * @param sources Verilog files, relative to {@code rtl}
   * @param work folder of the script
   * @throws dev.tessera.base.TesseraException {@code tool.missing} or {@code tool.failed}
   */
  static void run(String top, Path rtl, List<String> sources, Path work, List<String> commands)
      throws IOException {
    List<String> script = new ArrayList<>();
    script.add("read_verilog -sv " + String.join(" ", sources));
    script.add("hierarchy -top " + top);
    script.addAll(commands);
    Files.createDirectories(work);
    Path file = Files.write(work.resolve("synth.ys"), script);
    Processes.require(rtl, List.of("yosys", "-q", "-s", file.toAbsolutePath().toString()));
  }
}
