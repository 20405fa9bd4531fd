package dev.tessera.cosim;

import dev.tessera.emit.Library;
import dev.tessera.hw.RtlModule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * A unit's module with copies of its library files, so that what is changed in them changes no
 * other unit.
 *
 * @param module the module, its sources left out
 * @param sources its files, by name
 */
record OwnModules(RtlModule module, Map<String, String> sources) {
  /**
   * Copies of {@code rtl}'s files.
   *
   * @param suffix of all module names
   * @param change what becomes of a file, by its path in the library and its text
   */
  static OwnModules of(RtlModule rtl, String suffix, BinaryOperator<String> change) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (String source : rtl.sources()) {
      String text = change.apply(source, Library.text(source));
      for (String other : rtl.sources()) {
        String module = Library.fileName(other).replace(".sv", "");
        text = text.replaceAll("\\b" + module + "\\b", module + "_" + suffix);
      }
      sources.put(Library.fileName(source).replace(".sv", "_" + suffix + ".sv"), text);
    }
    RtlModule renamed =
        new RtlModule(
            rtl.module() + "_" + suffix,
            List.of(),
            rtl.parameters(),
            rtl.memories(),
            rtl.external(),
            rtl.idle());
    return new OwnModules(renamed, sources);
  }
}
