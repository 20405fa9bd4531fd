package dev.tessera.pass;

import dev.tessera.ir.Graph;

/** A transformation of a float graph that does not change what it computes. */
public interface Pass {
  /** Its name in messages and reports. */
  String name();

  /** The transformed graph; the same object if there is nothing to do. */
  Graph apply(Graph graph);
}
