package dev.tessera.quantize;

import dev.tessera.ir.Node;
import java.util.List;
import java.util.function.UnaryOperator;

/** Copies of float nodes and wires that read or make values of other names. */
final class Renaming {
  private Renaming() {}

  /** The node reading {@code name(x)} for every x it reads, and making {@code output}. */
  static Node apply(Node node, UnaryOperator<String> name, String output) {
    if (node instanceof Node.Conv n) {
      return new Node.Conv(
          n.name(),
          name.apply(n.input()),
          output,
          n.kernel(),
          n.pads(),
          n.border(),
          n.padValue(),
          n.activation());
    } else if (node instanceof Node.Activate n) {
      return new Node.Activate(n.name(), name.apply(n.input()), output, n.activation());
    } else if (node instanceof Node.Affine n) {
      return new Node.Affine(n.name(), name.apply(n.input()), output, n.scale(), n.offset());
    } else if (node instanceof Node.Add n) {
      String left = name.apply(n.left());
      return new Node.Add(n.name(), left, name.apply(n.right()), output, n.sign(), n.activation());
    } else if (node instanceof Node.Concat n) {
      List<String> inputs = n.inputs().stream().map(name).toList();
      return new Node.Concat(n.name(), inputs, output);
    } else if (node instanceof Node.Select n) {
      return new Node.Select(n.name(), name.apply(n.input()), output, n.channels());
    } else if (node instanceof Node.DepthToSpace n) {
      return new Node.DepthToSpace(n.name(), name.apply(n.input()), output, n.block(), n.crd());
    } else if (node instanceof Node.Input n) {
      return new Node.Input(n.name(), output);
    } else if (node instanceof Node.FakeQuant n) {
      return new Node.FakeQuant(n.name(), name.apply(n.input()), output, n.quant());
    }
    throw Refusals.operator(node);
  }
}
