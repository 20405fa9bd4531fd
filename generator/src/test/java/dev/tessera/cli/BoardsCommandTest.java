package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.plan.Board;
import dev.tessera.plan.Boards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  /** What a design takes is said in blocks of its board, of which some make two products. */
  @Test
  void designsAreCountedInBlocksOfTheirBoard(@TempDir Path place) throws IOException {
    Path model = Files.write(place.resolve("net.onnx"), SmallModels.upscaler().toByteArray());
    for (String board : List.of("zcu102", "de10-nano")) {
      Path design = place.resolve(board);
      CommandRun made =
          CommandRun.of("generate", model, "--board", board, "--frame", "640x480", "--out", design);
      assertEquals(0, made.exitCode(), made.err());
      JsonNode summary = new ObjectMapper().readTree(design.resolve("design.json").toFile());
      int blocks = summary.at("/predicted/dsp").asInt();
      assertTrue(blocks <= Boards.load(board).dsp().count(), board + ": " + blocks);
      assertTrue(blocks < summary.get("multipliers").asInt(), board + ": " + blocks);
    }
  }
}
