package dev.tessera.cosim;

import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.UnitSpec;
import java.util.List;

/** Samples of the units in the catalogue: {@code <Unit>Samples.all()} in the test tree. */
final class Catalogue {
  private Catalogue() {}

  /**
   * The specs of {@code unit} that the contract tests use.
   *
   * @throws AssertionError if the unit has no samples
   */
  static <S extends UnitSpec> List<S> samples(HardwareUnit<S> unit) {
    String name = unit.getClass().getName().replaceFirst("Unit$", "Samples");
    try {
      Object all = Class.forName(name).getMethod("all").invoke(null);
      List<S> specs = ((List<?>) all).stream().map(unit.specClass()::cast).toList();
      if (specs.isEmpty()) {
        throw new AssertionError(name + " has no samples");
      }
      return specs;
    } catch (ReflectiveOperationException missing) {
      throw new AssertionError("unit " + unit.kind() + " needs samples in " + name, missing);
    }
  }
}
