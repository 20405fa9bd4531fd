package dev.tessera.trainer.cli;

import dev.tessera.base.TesseraException;
import picocli.CommandLine;

/** Entry of the trainer. */
@CommandLine.Command(
    name = "trainer",
    description = "Trains networks and statistics branches, and measures them.",
    mixinStandardHelpOptions = true,
    subcommands = {
      TrainCommand.class,
      TrainGainCommand.class,
      EvaluateCommand.class,
      PicturesCommand.class
    })
public final class Main {
  private Main() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] arguments) {
    System.exit(line().execute(arguments));
  }

  /** The command line; known faults are one sentence and a hint. */
  static CommandLine line() {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (exception, command, result) -> {
          if (exception instanceof TesseraException known) {
            command.getErr().println(known.getMessage());
            command.getErr().println("  hint: " + known.diagnostic().hint());
            return known.kind().exitCode();
          }
          throw exception;
        });
    return line;
  }
}
