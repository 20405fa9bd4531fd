package dev.tessera.pass;

import dev.tessera.base.Diagnostic;
import dev.tessera.ir.Layer;
import java.util.List;

/**
 * What a model holds, for people and for JSON.
 *
 * @param name the network
 * @param accepted whether a design can be made of it
 * @param layers the model's operators, as far as they could be read
 * @param built the operators that the hardware computes; empty if something is refused
 * @param output shape of the frame that the network makes, or of the last layer that could be read
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
    String output,
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
}
