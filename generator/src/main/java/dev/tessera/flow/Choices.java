package dev.tessera.flow;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words that stand for one of a few values. */
public final class Choices {
  private Choices() {}

  /**
   * The value of {@code type} that {@code word} names, in capital or small letters.
   *
   * @param option of the command line, for the message
   * @throws IllegalArgumentException naming all words
   */
  public static <E extends Enum<E>> E of(String option, Class<E> type, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> value.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    option
                        + " '"
                        + word
                        + "' is not one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(value -> value.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))));
  }
}
