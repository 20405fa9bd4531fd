package dev.tessera.base;

import java.util.Objects;

/**
 * One message about one fault: a stable code, the place, a sentence and a hint.
 *
 * @param code stable, dotted, lower-case key such as {@code onnx.operator}; never reworded once
 *     released
 * @param place where in the user's input, for example {@code node '/conv1/Conv' (Conv)}; empty if
 *     the whole file
 * @param sentence one clear sentence without a final full stop
 * @param hint what the user can do; may be empty
 */
public record Diagnostic(String code, String place, String sentence, String hint) {
  public Diagnostic {
    Objects.requireNonNull(code);
    Objects.requireNonNull(place);
    Objects.requireNonNull(sentence);
    Objects.requireNonNull(hint);
  }

  @Override
  public String toString() {
    String at = place.isEmpty() ? "" : " at " + place;
    return "error[" + code + "]: " + sentence + at;
  }
}
