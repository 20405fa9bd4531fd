package dev.tessera.cli;

import dev.tessera.base.Diagnostic;
import dev.tessera.frontend.OnnxReader;
import dev.tessera.ir.Graph;
import dev.tessera.ir.GraphPrinter;
import dev.tessera.ir.Macs;
import dev.tessera.ir.Node;
import dev.tessera.ir.ReceptiveField;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what a model holds, or everything in it that is refused. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Print a model's graph with shapes, multiplications, parameters and receptive field,",
      "or everything in it that is not supported."
    })
final class InspectCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "MODEL.onnx", description = "the trained network")
  private Path model;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    OnnxReader.Scan scan = OnnxReader.scan(model);
    if (scan.graph().isEmpty()) {
      ErrorPrinter errors = new ErrorPrinter(console.err());
      for (Diagnostic refusal : scan.refusals()) {
        errors.line(model.toString(), refusal);
      }
      return ExitCodes.INPUT;
    }
    print(scan.graph().get());
    return ExitCodes.OK;
  }

  private void print(Graph graph) {
    PrintWriter out = console.out();
    out.print(GraphPrinter.print(graph));
    out.println();
    TextTable facts = new TextTable("NETWORK", graph.name());
    facts.row("input", GraphPrinter.shape(graph.type(graph.input().output())));
    facts.row("output", GraphPrinter.shape(graph.type(graph.output())));
    facts.row("operators", graph.nodes().size() - 1);
    facts.row("parameters", graph.nodes().stream().mapToLong(Macs::parameters).sum());
    facts.row("MAC per input pixel", decimal(Macs.perInputPixel(graph)));
    ReceptiveField field = ReceptiveField.of(graph).get(graph.output());
    facts.row("receptive field", decimal(field.width()) + " x " + decimal(field.height()));
    facts.row("quantised by the model", quantised(graph) ? "yes" : "no");
    facts.print(out);
  }

  private static boolean quantised(Graph graph) {
    return graph.nodes().stream().anyMatch(node -> node instanceof Node.FakeQuant);
  }

  private static String decimal(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
