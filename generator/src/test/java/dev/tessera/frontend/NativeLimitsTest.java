package dev.tessera.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class NativeLimitsTest {
  @TempDir Path folder;

  /** Generates with a command line of {@code bytes} more than it needs; exit code and errors. */
  private String generate(int bytes) throws IOException, InterruptedException {
    Path model = Path.of(System.getProperty("tessera.top"), "examples/sr_x2.onnx");
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Dfiller=" + "x".repeat(bytes),
            "dev.tessera.cli.Main",
            "generate",
            model.toString(),
            "--frame",
            "16x16",
            "--out",
            folder.resolve("out").toString());
    program.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = program.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + "\n" + said;
  }

  @Test
  void aLongCommandLineIsRefusedAndNotCrashedOn() throws IOException, InterruptedException {
    for (int bytes : List.of(3900, 20_000)) {
      String told = generate(bytes);
      assertTrue(told.startsWith("3\n") && told.contains("error[tool.commandline]"), told);
    }
    assertEquals("0", generate(3000).lines().findFirst().orElse(""));
  }
}
