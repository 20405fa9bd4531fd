package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class ProcessesTest {
  @TempDir private Path place;

  /** A program that runs a tool, which starts another one and tells its number in a file. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      String script = "sleep 100 & echo $! > child.new; mv child.new child; wait";
      Processes.run(Path.of(arguments[0]), List.of("sh", "-c", script));
    }
  }

  @Test
  void toolsEndWithTheProgram() throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                place.toString())
            .redirectErrorStream(true)
            .start();
    Path child = place.resolve("child");
    for (int i = 0; i < 600 && !Files.exists(child); i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    long number = Long.parseLong(Files.readString(child).strip());
    assertTrue(alive(number));
    program.destroy();
    assertTrue(program.waitFor(30, TimeUnit.SECONDS));
    for (int i = 0; i < 200 && alive(number); i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertFalse(alive(number), "the tool's tool goes on");
  }

  @Test
  void outputAndErrorsComeBackAsOneText() {
    Processes.Ended ended = Processes.run(place, List.of("sh", "-c", "echo a; echo b >&2; exit 7"));
    assertEquals(new Processes.Ended(7, "a\nb\n"), ended);
  }

  private static boolean alive(long number) {
    return ProcessHandle.of(number).map(ProcessHandle::isAlive).orElse(false);
  }
}
