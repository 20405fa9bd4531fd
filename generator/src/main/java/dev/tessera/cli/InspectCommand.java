package dev.tessera.cli;

import dev.tessera.base.Diagnostic;
import dev.tessera.flow.UpsamplingComparison;
import dev.tessera.frontend.ReadOptions;
import dev.tessera.ir.GraphPrinter;
import dev.tessera.ir.Layer;
import dev.tessera.pass.Inspection;
import dev.tessera.pass.Inspector;
import dev.tessera.pass.UpsamplingCost.Machine;
import dev.tessera.report.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a model holds and everything in it that is refused. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Print a model's graph with shapes, multiplications, parameters and receptive field,",
      "and everything in it that is not supported."
    })
final class InspectCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL.onnx", description = "the trained network")
  private Path model;

  @Option(
      names = "--until",
      paramLabel = "NAME",
      description = "look at the model up to this value or node only")
  private String until;

  @Option(
      names = "--upsampling",
      description = "compare the forms in which the enlarging layers could be computed, instead")
  private boolean upsampling;

  @Option(
      names = "--multipliers",
      paramLabel = "N",
      defaultValue = "1000",
      description = "multipliers of that comparison (${DEFAULT-VALUE})")
  private int multipliers;

  @Option(
      names = "--mac-energy",
      paramLabel = "PJ",
      defaultValue = "1",
      description = "energy of a product in that comparison, in pJ (${DEFAULT-VALUE})")
  private double macEnergy;

  @Option(names = "--json", description = "print that comparison as JSON")
  private boolean json;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Inspection inspection =
        Inspector.inspect(model, new ReadOptions(Optional.ofNullable(until), false));
    // A model that is refused at its input has nothing to show.
    if (upsampling && inspection.accepted()) {
      compare();
    } else if (inspection.layers().size() > 1) {
      print(inspection);
    }
    ErrorPrinter errors = new ErrorPrinter(console.err());
    for (Diagnostic refusal : inspection.refused()) {
      errors.line(model.toString(), refusal);
    }
    return inspection.accepted() ? ExitCodes.OK : ExitCodes.INPUT;
  }

  private void compare() {
    Machine machine =
        Usage.checked(spec, () -> UpsamplingComparison.machine(multipliers, macEnergy));
    UpsamplingComparison found =
        UpsamplingComparison.of(model, Optional.ofNullable(until), multipliers, machine);
    if (json) {
      console.out().print(Json.text(found));
    } else {
      UpsamplingTable.print(found, console.out(), multipliers, machine);
    }
  }

  private void print(Inspection inspection) {
    PrintWriter out = console.out();
    out.print(GraphPrinter.print(inspection.layers()));
    out.println();
    if (inspection.accepted()) {
      out.println("In hardware");
      out.print(GraphPrinter.print(inspection.built()));
      out.println();
    }
    TextTable facts = new TextTable("NETWORK", inspection.name());
    List<Layer> layers = inspection.layers();
    facts.row("input", layers.get(0).shape());
    facts.row("output", inspection.output());
    facts.row("operators", layers.size() - 1);
    facts.row("parameters", inspection.parameters());
    facts.row("MAC per input pixel", GraphPrinter.number(inspection.macsPerInputPixel()));
    facts.row(
        "receptive field",
        GraphPrinter.number(inspection.fieldWidth())
            + " x "
            + GraphPrinter.number(inspection.fieldHeight()));
    facts.row("quantised by the model", quantised(inspection) ? "yes" : "no");
    facts.print(out);
  }

  private static boolean quantised(Inspection inspection) {
    return inspection.layers().stream().anyMatch(layer -> layer.operator().equals("FakeQuant"));
  }
}
