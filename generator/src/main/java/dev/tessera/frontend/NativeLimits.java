package dev.tessera.frontend;

import ai.onnxruntime.OrtEnvironment;
import dev.tessera.base.Diagnostic;
import dev.tessera.base.TesseraException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What ONNX Runtime's native code does not survive. */
final class NativeLimits {
  /**
   * ONNX Runtime 1.29 ends its process by a segmentation fault where the command line takes more
   * than some 3,970 bytes, as measured; class paths of build tools easily do.
   */
  private static final int MOST_BYTES = 3900;

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private NativeLimits() {}

  /**
   * The environment of sessions.
   *
   * @throws TesseraException {@code tool.commandline} if this process would not survive it
   */
  static OrtEnvironment environment() {
    int bytes = commandLine();
    if (bytes > MOST_BYTES) {
      throw new TesseraException(
          TesseraException.Kind.TOOL,
          new Diagnostic(
              "tool.commandline",
              "",
              "ONNX Runtime ends a process whose command line has more than "
                  + MOST_BYTES
                  + " bytes, and that of this one has "
                  + bytes,
              "give the class path in the environment variable CLASSPATH or in a file: java @FILE"));
    }
    return OrtEnvironment.getEnvironment();
  }

  private static int commandLine() {
    try {
      return Files.exists(COMMAND_LINE) ? Files.readAllBytes(COMMAND_LINE).length : 0;
    } catch (IOException unknown) {
      return 0;
    }
  }
}
