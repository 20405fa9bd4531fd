package dev.tessera.cli;

import dev.tessera.base.Diagnostic;
import dev.tessera.frontend.ReadOptions;
import dev.tessera.ir.GraphPrinter;
import dev.tessera.ir.Layer;
import dev.tessera.pass.Inspection;
import dev.tessera.pass.Inspector;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Parameters(paramLabel = "MODEL.onnx", description = "the trained network")
  private Path model;

  @Option(
      names = "--until",
      paramLabel = "NAME",
      description = "look at the model up to this value or node only")
  private String until;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Inspection inspection =
        Inspector.inspect(model, new ReadOptions(Optional.ofNullable(until), false));
    // A model that is refused at its input has nothing to show.
    if (inspection.layers().size() > 1) {
      print(inspection);
    }
    ErrorPrinter errors = new ErrorPrinter(console.err());
    for (Diagnostic refusal : inspection.refused()) {
      errors.line(model.toString(), refusal);
    }
    return inspection.accepted() ? ExitCodes.OK : ExitCodes.INPUT;
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
