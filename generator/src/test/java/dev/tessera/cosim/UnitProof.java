package dev.tessera.cosim;

import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.UnitSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/** The contract of units as tests, one for each spec. */
public final class UnitProof {
  private final UnitContract contract = new UnitContract();

  /** Adds specs of one kind; names must differ over everything that is added. */
  public <S extends UnitSpec> UnitProof add(HardwareUnit<S> unit, List<S> specs) {
    contract.add(unit, specs);
    return this;
  }

  /** Adds those of the specs that depend on the size of the frames, in resizable form. */
  public <S extends UnitSpec> UnitProof addResizable(HardwareUnit<S> unit, List<S> specs) {
    contract.addResizable(unit, specs);
    return this;
  }

  /** Builds the simulation; warnings of the linter are errors. */
  public UnitProof build(Path work) {
    contract.build(work);
    return this;
  }

  /** One test per spec. */
  public List<DynamicTest> tests() {
    return contract.names().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> contract.prove(name)))
        .toList();
  }
}
