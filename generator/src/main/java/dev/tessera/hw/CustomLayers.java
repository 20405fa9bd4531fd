package dev.tessera.hw;

import dev.tessera.base.TesseraException;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** The kinds of users' own layers on the class path. */
public final class CustomLayers {
  private CustomLayers() {}

  /**
   * The layer of {@code kind} with {@code settings}.
   *
   * @throws TesseraException {@code layer.unknown} if no factory on the class path makes this kind,
   *     {@code layer.settings} if it refuses the settings
   */
  public static CustomLayer of(String kind, String settings) {
    TreeSet<String> known = new TreeSet<>();
    Optional<CustomLayer.Factory> found = Optional.empty();
    for (CustomLayer.Factory factory : ServiceLoader.load(CustomLayer.Factory.class)) {
      known.add(factory.kind());
      if (factory.kind().equals(kind)) {
        found = Optional.of(factory);
      }
    }
    if (found.isEmpty()) {
      throw TesseraException.input(
          "layer.unknown",
          "layer of kind '" + kind + "'",
          "no such layer is on the class path; there are " + (known.isEmpty() ? "none" : known),
          "add the library that holds it, with its factory named in META-INF/services/"
              + CustomLayer.Factory.class.getName());
    }
    try {
      return found.get().layer(settings);
    } catch (IllegalArgumentException refused) {
      throw TesseraException.input(
          "layer.settings",
          "layer of kind '" + kind + "'",
          String.valueOf(refused.getMessage()),
          "the layer's own documentation says which settings it takes");
    }
  }
}
