package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tessera.emit.UnitBenchFiles;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.UnitSpec;
import dev.tessera.unit.Units;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Law 8 for every unit in the catalogue, in Yosys; Verilator's linter runs with the proofs. */
@Tag("synth")
class UnitElaborationTest {
  @TestFactory
  Stream<DynamicTest> everyUnitElaborates(@TempDir Path folder) {
    return Units.all().stream()
        .map(unit -> DynamicTest.dynamicTest(unit.kind(), () -> check(unit, folder)));
  }

  private static <S extends UnitSpec> void check(HardwareUnit<S> unit, Path folder) {
    UnitBenchFiles.Top top =
        UnitBenchFiles.of(
            Catalogue.samples(unit).stream()
                .flatMap(spec -> cases(unit, spec))
                .map(UnitCase::dut)
                .toList());
    Path rtl = folder.resolve(unit.kind());
    UnitBench.write(rtl, top.sources());
    assertEquals("", Yosys.check(top.top(), rtl, UnitBench.verilogFiles(top.sources())));
  }

  private static <S extends UnitSpec> Stream<UnitCase<S>> cases(HardwareUnit<S> unit, S spec) {
    UnitCase<S> resizable = new UnitCase<>(spec.name() + "_any", unit, spec, true);
    return resizable.dependsOnSize()
        ? Stream.of(new UnitCase<>(spec.name(), unit, spec), resizable)
        : Stream.of(new UnitCase<>(spec.name(), unit, spec));
  }
}
