package dev.tessera.api;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Options that were given, as words of the command line. Immutable; equal options give equal text.
 *
 * @param <K> the options there are
 */
final class Words<K extends Enum<K>> {
  private final Map<K, String> words;

  private Words(Map<K, String> words) {
    this.words = words;
  }

  /** None given. */
  static <K extends Enum<K>> Words<K> none(Class<K> options) {
    return new Words<>(new EnumMap<>(options));
  }

  /** These and one more, in place of what was given for it. */
  Words<K> with(K option, Object word) {
    Map<K, String> more = new EnumMap<>(words);
    more.put(option, String.valueOf(word));
    return new Words<>(more);
  }

  /** Whether {@code option} was given. */
  boolean has(K option) {
    return words.containsKey(option);
  }

  /** The word of {@code option}; null if it was not given. */
  String get(K option) {
    return words.get(option);
  }

  /** The word of {@code option}, or {@code otherwise}. */
  String get(K option, String otherwise) {
    return words.getOrDefault(option, otherwise);
  }

  /** What {@code parser} makes of the word of {@code option}; null if it was not given. */
  <T> T get(K option, Function<String, T> parser) {
    return has(option) ? parser.apply(get(option)) : null;
  }

  @Override
  public String toString() {
    return words.toString();
  }
}
