package dev.tessera.frontend;

import java.util.Optional;

/**
 * What of a model is read.
 *
 * @param until the value, or the node, that the network ends with; empty for the model's output
 * @param anyFrame whether a model of fixed frame size is read for frames of any size
 */
public record ReadOptions(Optional<String> until, boolean anyFrame) {
  /** The model as it is. */
  public static final ReadOptions WHOLE = new ReadOptions(Optional.empty(), false);
}
