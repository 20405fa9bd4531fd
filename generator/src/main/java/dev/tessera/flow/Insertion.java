package dev.tessera.flow;

import java.util.List;

/**
 * A user's own layer in a network: what read {@code value} reads what the layer makes of it.
 *
 * @param value name of a value of the model
 * @param others further values that the layer reads, of the same shape
 * @param kind of the layer
 * @param settings of the layer
 */
public record Insertion(String value, List<String> others, String kind, String settings) {
  public Insertion {
    others = List.copyOf(others);
  }
}
