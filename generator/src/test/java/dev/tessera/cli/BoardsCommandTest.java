package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.plan.Board;
import dev.tessera.plan.Boards;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class BoardsCommandTest {
  @Test
  void listsEveryBoardOnALine() {
    CommandRun run = CommandRun.of("boards");
    assertEquals(0, run.exitCode(), run.err());
    List<String> names = run.out().lines().skip(1).map(line -> line.split(" ")[0]).toList();
    assertEquals(Boards.all().stream().map(Board::name).toList(), names);
    assertTrue(names.contains("zcu102"), run.out());
  }
}
