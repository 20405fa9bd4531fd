package dev.tessera.pass;

import dev.tessera.base.Diagnostic;
import dev.tessera.ir.GraphPrinter;
import dev.tessera.ir.Layer;
import java.util.List;

/**
 * What a model holds, for people and for JSON.
 *
 * @param name the network
 * @param accepted whether a design can be made of it
 * @param layers the model's operators, as far as they could be read
 * @param built the operators that the hardware computes; empty if something is refused
 * @param macsPerInputPixel useful multiplications per pixel of the input frame, borders aside
 * @param parameters trained numbers of the model
 * @param fieldHeight rows of the input that an output pixel sees
 * @param fieldWidth columns of the input that an output pixel sees
 * @param refused everything that stands in the way, in the order of execution
 */
public record Inspection(
    String name,
    boolean accepted,
    List<Layer> layers,
    List<Layer> built,
    double macsPerInputPixel,
    long parameters,
    double fieldHeight,
    double fieldWidth,
    List<Diagnostic> refused) {
  public Inspection {
    layers = List.copyOf(layers);
    built = List.copyOf(built);
    refused = List.copyOf(refused);
  }

  /** The whole report, lines ended by line feeds. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("Network ").append(name).append("\n\n");
    text.append(GraphPrinter.print(layers)).append('\n');
    text.append(GraphPrinter.number(macsPerInputPixel)).append(" MAC per input pixel, ");
    text.append(parameters).append(" parameters, receptive field ");
    text.append(GraphPrinter.number(fieldHeight)).append(" x ");
    text.append(GraphPrinter.number(fieldWidth)).append('\n');
    if (!built.isEmpty()) {
      text.append("\nIn hardware\n\n").append(GraphPrinter.print(built));
    }
    text.append(refused.isEmpty() ? "\nNothing is refused.\n" : "\nRefused\n");
    for (Diagnostic diagnostic : refused) {
      text.append("  ").append(diagnostic).append('\n');
      if (!diagnostic.hint().isEmpty()) {
        text.append("    hint: ").append(diagnostic.hint()).append('\n');
      }
    }
    return text.toString();
  }
}
