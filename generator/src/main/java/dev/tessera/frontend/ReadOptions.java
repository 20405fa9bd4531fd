package dev.tessera.frontend;

import java.util.Optional;

/**
 * What of a model is read.
 *
 * @param until the value, or the node, that the network ends with; empty for the model's output
 * @param anyFrame whether a model of fixed frame size is read for frames of any size
 * @param frame the frame to read for where a window spans the whole of a map whose size is free;
 *     the network is then one for that frame. Empty: such windows are refused.
 */
public record ReadOptions(
    Optional<String> until, boolean anyFrame, Optional<Frame> frame, boolean fixed) {
  /** A frame in pixels. */
  public record Frame(int width, int height) {}

  /** For frames of the sizes that the model takes. */
  public ReadOptions(Optional<String> until, boolean anyFrame, Optional<Frame> frame) {
    this(until, anyFrame, frame, false);
  }

  /** Without a frame to read for. */
  public ReadOptions(Optional<String> until, boolean anyFrame) {
    this(until, anyFrame, Optional.empty());
  }

  /** The model as it is. */
  public static final ReadOptions WHOLE = new ReadOptions(Optional.empty(), false);
}
