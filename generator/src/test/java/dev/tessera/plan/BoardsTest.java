package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.TesseraException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardsTest {
  @TempDir Path folder;

  @Test
  void knowsTheBoardsByName() {
    List<String> names = Boards.all().stream().map(Board::name).toList();

    assertEquals(
        List.of(
            "agilex7-f",
            "arria10-soc",
            "arty-a7-100t",
            "de10-nano",
            "icebreaker",
            "kv260",
            "pynq-z2",
            "u250",
            "zcu102",
            "zcu104"),
        names);
    assertEquals(1728, Boards.load("zcu104").dsp().count());
  }

  @Test
  void countsBlocksByTheirShapes() {
    Board.Memory m20k = Boards.load("arria10-soc").memories().get(0);

    assertEquals(2 * 2, m20k.halfBlocks(512, 72));
    assertEquals(2 * 1, m20k.halfBlocks(1024, 20));
    assertEquals(2 * 4, m20k.halfBlocks(2048, 40));
    Board.Memory bram = Boards.load("zcu104").memories().get(0);
    assertEquals(1, bram.halfBlocks(1024, 18));
    assertEquals(2, bram.halfBlocks(1024, 36));
    assertEquals(3, bram.halfBlocks(512, 73));
  }

  @Test
  void readsABoardFromOneFile() throws IOException {
    Path file = folder.resolve("mine.json");
    Files.writeString(file, valid().replace("\"zcu104\"", "\"mine\""));

    assertEquals("mine", Boards.load(file.toString()).name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"lut\": 230400, |  | board.json | lut",
        "\"lut\": 230400 | \"lut\": -1 | board.field | lut and ff are not positive",
        "\"lut\": 230400 | \"lut\": 1, \"bluetooth\": 2 | board.json | bluetooth",
        "\"amd\" | \"acme\" | board.field | vendor",
        "512x72 | 512 | board.field | has no shape",
        "\"dram\"] | \"part\"] | board.field | no source for dram",
        "\"name\": \"zcu104\" | \"name\": \"ZCU 104\" | board.field | is no key",
        "\"part\": | \"chip\": | board.json | Missing creator property 'part'"
      })
  void refusesBadFiles(String from, String to, String code, String message) throws IOException {
    String text = valid();
    assertTrue(text.contains(from), from);
    Path file = folder.resolve("bad.json");
    Files.writeString(file, text.replace(from, to == null ? "" : to));

    TesseraException e = assertThrows(TesseraException.class, () -> Boards.load(file.toString()));

    assertEquals(code, e.diagnostic().code());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void namesTheKnownBoardsWhenAskedForAnother() {
    TesseraException e = assertThrows(TesseraException.class, () -> Boards.load("zcu999"));

    assertEquals("board.unknown", e.diagnostic().code());
    assertTrue(e.diagnostic().hint().contains("pynq-z2"));
    assertEquals(
        "board.file",
        assertThrows(TesseraException.class, () -> Boards.load(folder + "/none.json"))
            .diagnostic()
            .code());
  }

  private static String valid() throws IOException {
    return Files.readString(
        Path.of(System.getProperty("tessera.top", ".."), "constraints", "zcu104.json"));
  }
}
