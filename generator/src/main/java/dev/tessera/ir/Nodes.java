package dev.tessera.ir;

import java.util.function.UnaryOperator;

/** Copies of nodes with other value names. */
public final class Nodes {
  private Nodes() {}

  /** {@code node} with every value name, read or made, mapped by {@code to}. */
  public static Node rename(Node node, UnaryOperator<String> to) {
    return copy(node, to, to.apply(node.output()));
  }

  /** {@code node} with the names of the values it reads mapped by {@code to}. */
  public static Node rewire(Node node, UnaryOperator<String> to) {
    return copy(node, to, node.output());
  }

  /** {@code node} making {@code output} instead. */
  public static Node output(Node node, String output) {
    return copy(node, UnaryOperator.identity(), output);
  }

  private static Node copy(Node node, UnaryOperator<String> to, String out) {
    if (node instanceof Node.Input n) {
      return new Node.Input(n.name(), out);
    }
    if (node instanceof Node.Conv n) {
      return new Node.Conv(
          n.name(),
          to.apply(n.input()),
          out,
          n.kernel(),
          n.stride(),
          n.pads(),
          n.border(),
          n.padValue(),
          n.activation());
    }
    if (node instanceof Node.Activate n) {
      return new Node.Activate(n.name(), to.apply(n.input()), out, n.activation());
    }
    if (node instanceof Node.Affine n) {
      return new Node.Affine(n.name(), to.apply(n.input()), out, n.scale(), n.offset());
    }
    if (node instanceof Node.Normalize n) {
      return n.with(to.apply(n.input()), out, n.activation());
    }
    if (node instanceof Node.Add n) {
      return new Node.Add(
          n.name(), to.apply(n.left()), to.apply(n.right()), out, n.sign(), n.activation());
    }
    if (node instanceof Node.Concat n) {
      return new Node.Concat(n.name(), n.inputs().stream().map(to).toList(), out);
    }
    if (node instanceof Node.Mul n) {
      return new Node.Mul(n.name(), to.apply(n.left()), to.apply(n.right()), out, n.activation());
    }
    return copyWiring(node, to, out);
  }

  private static Node copyWiring(Node node, UnaryOperator<String> to, String out) {
    if (node instanceof Node.Pool n) {
      return new Node.Pool(
          n.name(),
          to.apply(n.input()),
          out,
          n.pooling(),
          n.height(),
          n.width(),
          n.stride(),
          n.pads());
    }
    if (node instanceof Node.Resize n) {
      return new Node.Resize(n.name(), to.apply(n.input()), out, n.sampling());
    }
    if (node instanceof Node.Select n) {
      return new Node.Select(n.name(), to.apply(n.input()), out, n.channels());
    }
    if (node instanceof Node.Pad n) {
      return new Node.Pad(n.name(), to.apply(n.input()), out, n.pads(), n.border(), n.padValue());
    }
    if (node instanceof Node.DepthToSpace n) {
      return new Node.DepthToSpace(n.name(), to.apply(n.input()), out, n.block(), n.crd());
    }
    if (node instanceof Node.FakeQuant n) {
      return new Node.FakeQuant(n.name(), to.apply(n.input()), out, n.quant());
    }
    return copyInteger(node, to, out);
  }

  private static Node copyInteger(Node node, UnaryOperator<String> to, String out) {
    if (node instanceof Node.QConv n) {
      return new Node.QConv(
          n.name(),
          to.apply(n.input()),
          out,
          n.kernel(),
          n.stride(),
          n.pads(),
          n.border(),
          n.padCode(),
          n.requant(),
          n.type(),
          n.norm());
    }
    if (node instanceof Node.QScale n) {
      return new Node.QScale(n.name(), to.apply(n.input()), out, n.requant(), n.type());
    }
    if (node instanceof Node.QNorm n) {
      return new Node.QNorm(n.name(), to.apply(n.input()), out, n.requant(), n.type(), n.norm());
    }
    if (node instanceof Node.QCustom n) {
      return new Node.QCustom(
          n.name(), n.inputs().stream().map(to).toList(), out, n.kind(), n.settings());
    }
    if (node instanceof Node.QTable n) {
      return new Node.QTable(n.name(), to.apply(n.input()), out, n.entries(), n.type());
    }
    if (node instanceof Node.QMul n) {
      return new Node.QMul(
          n.name(),
          to.apply(n.left()),
          to.apply(n.right()),
          out,
          n.leftZero(),
          n.rightZero(),
          n.requant(),
          n.type());
    }
    if (node instanceof Node.QPool n) {
      return new Node.QPool(
          n.name(),
          to.apply(n.input()),
          out,
          n.pooling(),
          n.height(),
          n.width(),
          n.stride(),
          n.pads(),
          n.requant(),
          n.type());
    }
    if (node instanceof Node.QResize n) {
      return new Node.QResize(
          n.name(), to.apply(n.input()), out, n.sampling(), n.weightBits(), n.requant(), n.type());
    }
    Node.QAdd n = (Node.QAdd) node;
    return new Node.QAdd(
        n.name(),
        to.apply(n.left()),
        to.apply(n.right()),
        out,
        n.leftMultiplier(),
        n.rightMultiplier(),
        n.offset(),
        n.shift(),
        n.lo(),
        n.hi(),
        n.type());
  }
}
