package dev.tessera.pass;

import dev.tessera.ir.Activation;
import dev.tessera.ir.Node;
import dev.tessera.ir.ValueQuant;
import java.util.Arrays;

/** Operators that treat every pixel alike: Affine, Activate, FakeQuant. */
final class Pointwise {
  private Pointwise() {}

  static boolean is(Node node) {
    return node instanceof Node.Affine
        || node instanceof Node.Activate
        || node instanceof Node.FakeQuant;
  }

  /** What it does to each channel, as text that is equal for equal tables. */
  static String tables(Node node) {
    if (node instanceof Node.Affine affine) {
      return Arrays.toString(affine.scale()) + Arrays.toString(affine.offset());
    }
    if (node instanceof Node.FakeQuant quant) {
      return Arrays.toString(quant.quant().scale()) + Arrays.toString(quant.quant().zero());
    }
    Activation activation = ((Node.Activate) node).activation();
    return activation instanceof Activation.Leaky leaky ? Arrays.toString(leaky.slope()) : "";
  }

  /** {@code node} on another value whose channel i was channel {@code from[i]}. */
  static Node on(Node node, String input, String output, int[] from) {
    if (node instanceof Node.Affine affine) {
      return new Node.Affine(
          node.name(),
          input,
          output,
          Tables.gather(affine.scale(), from),
          Tables.gather(affine.offset(), from));
    }
    if (node instanceof Node.FakeQuant quant) {
      ValueQuant q = quant.quant();
      return new Node.FakeQuant(
          node.name(),
          input,
          output,
          new ValueQuant(q.type(), Tables.gather(q.scale(), from), Tables.gather(q.zero(), from)));
    }
    Activation activation = ((Node.Activate) node).activation();
    return new Node.Activate(node.name(), input, output, Tables.gather(activation, from));
  }
}
