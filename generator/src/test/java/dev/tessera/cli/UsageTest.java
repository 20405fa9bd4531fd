package dev.tessera.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class UsageTest {
  @Test
  void helpGoesToTheOutputAndSucceeds() {
    CommandRun run = CommandRun.of("--help");
    assertEquals(0, run.exitCode());
    assertTrue(run.out().contains("Exit codes: 0 ok"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void aMissingCommandIsAUsageFault() {
    assertUsageFault(CommandRun.of(), "tessera: error[usage]: a command is missing");
  }

  @Test
  void anUnknownCommandIsAUsageFault() {
    assertUsageFault(
        CommandRun.of("fly"), "tessera: error[usage]: unmatched argument at index 0: 'fly'");
  }

  private static void assertUsageFault(CommandRun run, String firstLine) {
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
    assertEquals(firstLine, run.err().lines().findFirst().orElseThrow());
  }
}
