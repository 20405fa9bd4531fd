package dev.tessera.cosim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Vendors' tools, run with the scripts of a design. */
public enum VendorTool {
  vivado("vivado/build.tcl", "vivado", "-mode", "batch", "-nojournal", "-source"),
  quartus("quartus/build.tcl", "quartus_sh", "-t");

  private final String script;
  private final List<String> command;

  VendorTool(String script, String... command) {
    this.script = script;
    this.command = List.of(command);
  }

  /**
   * Runs the script of the design in {@code folder}; reports appear in {@code work}.
   *
   * @throws dev.tessera.base.TesseraException {@code tool.missing} or {@code tool.failed}
   */
  public void run(Path folder, Path work) {
    try {
      Files.createDirectories(work);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
    List<String> words = new ArrayList<>(command);
    words.add(folder.resolve(script).toAbsolutePath().toString());
    Processes.require(work, words);
  }
}
