package dev.tessera.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Faults of usage that show when a request is put together. */
final class Usage {
  private Usage() {}

  /** What {@code request} makes; what it refuses is a fault of the usage of a command. */
  static <T> T checked(CommandSpec command, Supplier<T> request) {
    try {
      return request.get();
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(command.commandLine(), refused.getMessage());
    }
  }
}
