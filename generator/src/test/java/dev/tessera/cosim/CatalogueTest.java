package dev.tessera.cosim;

import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.UnitSpec;
import dev.tessera.unit.Units;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Laws 1, 4 and 8 for every unit in the catalogue: a unit is tested by being listed. */
@Tag("sim")
class CatalogueTest {
  @TestFactory
  Stream<DynamicContainer> everyUnitEqualsItsGoldenModel(@TempDir Path folder) {
    return Units.all().stream().map(unit -> proof(unit, folder));
  }

  private static <S extends UnitSpec> DynamicContainer proof(HardwareUnit<S> unit, Path folder) {
    return DynamicContainer.dynamicContainer(
        unit.kind(),
        Stream.of(unit)
            .flatMap(
                u ->
                    new UnitProof()
                            .add(u, Catalogue.samples(u))
                            .addResizable(u, Catalogue.samples(u))
                            .build(folder.resolve(u.kind()))
                            .tests()
                            .stream()));
  }
}
