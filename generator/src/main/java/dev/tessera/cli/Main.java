package dev.tessera.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;

/** Entry point of {@code tessera}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
    PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
    boolean terminal = Boolean.getBoolean("tessera.terminal");
    System.exit(run(new Console(out, err, terminal), args));
  }

  /**
   * Runs one command and returns its exit code; writes nowhere but to {@code console} and files.
   */
  static int run(Console console, String... args) {
    ErrorPrinter errors = new ErrorPrinter(console.err());
    CommandLine commandLine =
        new CommandLine(new Tessera(), new CommandFactory(console))
            .setOut(console.out())
            .setErr(console.err())
            .setUsageHelpAutoWidth(false)
            .setUsageHelpWidth(100)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((fault, command, parsed) -> errors.print(fault));
    commandLine.setParameterExceptionHandler(
        (fault, arguments) -> {
          errors.print(fault);
          return ExitCodes.USAGE;
        });
    try {
      return commandLine.execute(args);
    } catch (StackOverflowError | OutOfMemoryError fault) {
      return errors.print(fault);
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }
}
