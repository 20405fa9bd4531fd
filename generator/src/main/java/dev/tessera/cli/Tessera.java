package dev.tessera.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program without a command: help and version. */
@Command(
    name = "tessera",
    mixinStandardHelpOptions = true,
    versionProvider = Tessera.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    header = "Compiles trained image-to-image networks into proven Verilog.",
    footer = {
      "",
      "Exit codes: 0 ok, 1 the input is wrong, 2 usage, 3 a tool is missing, 4 mismatch, 70 a bug."
    },
    subcommands = {
      InspectCommand.class,
      GenerateCommand.class,
      SimulateCommand.class,
      EvaluateCommand.class,
      SynthCommand.class,
      CompressCommand.class,
      BoardsCommand.class
    })
final class Tessera implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"tessera " + dev.tessera.flow.Version.number()};
    }
  }
}
