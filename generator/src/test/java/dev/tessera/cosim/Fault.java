package dev.tessera.cosim;

import dev.tessera.emit.UnitUnderTest;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.UnitSpec;
import dev.tessera.unit.Units;
import java.util.Map;

/**
 * A seeded fault: one place in the RTL of one unit, changed.
 *
 * @param what what is broken
 * @param kind unit kind
 * @param sample part of the name of the sample that shows it; with {@code _any} in resizable form
 * @param file library file, relative to {@code templates/}
 * @param from text that stands there exactly once
 * @param to text in its place
 */
record Fault(String what, String kind, String sample, String file, String from, String to) {
  private static final String RESIZABLE = "_any";

  /** A unit with the fault: its own copy of all its modules, so that others stay whole. */
  record Mutant(Fault fault, UnitCase<?> unit, UnitUnderTest dut, Map<String, String> sources) {}

  Mutant mutant(int number) {
    HardwareUnit<?> unit =
        Units.all().stream().filter(u -> u.kind().equals(kind)).findFirst().orElseThrow();
    return mutant(unit, "m" + number);
  }

  private <S extends UnitSpec> Mutant mutant(HardwareUnit<S> unit, String suffix) {
    boolean resizable = sample.endsWith(RESIZABLE);
    String part = sample.replace(RESIZABLE, "");
    S spec =
        Catalogue.samples(unit).stream()
            .filter(s -> s.name().contains(part))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no sample " + sample + " of " + kind));
    UnitCase<S> unitCase = new UnitCase<>(suffix + "_" + spec.name(), unit, spec, resizable);
    OwnModules own =
        OwnModules.of(
            unitCase.dut().module(),
            suffix,
            (source, text) -> source.equals(file) ? changed(text) : text);
    return new Mutant(this, unitCase, unitCase.dut(own.module()), own.sources());
  }

  private String changed(String text) {
    int at = text.indexOf(from);
    if (at < 0 || text.indexOf(from, at + 1) >= 0) {
      throw new AssertionError(file + " does not hold once: " + from);
    }
    return text.replace(from, to);
  }

  @Override
  public String toString() {
    return kind + ": " + what;
  }
}
