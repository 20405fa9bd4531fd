package dev.tessera.cli;

import dev.tessera.plan.Board;
import dev.tessera.plan.Boards;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Lists the boards that a design can be planned for. */
@Command(
    name = "boards",
    mixinStandardHelpOptions = true,
    description = "List the boards and what they hold.")
final class BoardsCommand implements Runnable {
  private final Console console;

  BoardsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    TextTable table =
        new TextTable("NAME", "PART", "MHZ", "DSP", "LUT", "FF", "MEMORIES", "GB/S", "TITLE");
    for (Board board : Boards.all()) {
      String memories =
          board.memories().stream()
              .map(memory -> memory.count() + " " + memory.kind())
              .collect(Collectors.joining(", "));
      table.row(
          board.name(),
          board.part(),
          (int) board.clockMhz(),
          board.dsp().count(),
          board.lut(),
          board.ff(),
          memories,
          board.dram().gigabytesPerSecond(),
          board.title());
    }
    table.print(console.out());
  }
}
