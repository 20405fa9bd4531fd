package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.cosim.Fault.Mutant;
import dev.tessera.emit.UnitBenchFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Law 9 for units: every seeded fault turns the bench red, with its place. */
@Tag("sim")
class FaultTest {
  private static final String PLACE =
      ".*\\.(out\\d|size): frame \\d+, row \\d+, column \\d+, channel \\d+:.* expected .*, actual .*";

  @TestFactory
  List<DynamicTest> everySeededFaultIsFound(@TempDir Path folder) {
    List<Mutant> mutants = new ArrayList<>();
    Faults.all().forEach(fault -> mutants.add(fault.mutant(mutants.size())));
    UnitBenchFiles.Top top = UnitBenchFiles.of(mutants.stream().map(Mutant::dut).toList());
    Map<String, String> sources = new LinkedHashMap<>();
    mutants.forEach(m -> sources.putAll(m.sources()));
    sources.putAll(top.sources());
    Bench bench =
        UnitBench.build(
            Verilator.find(),
            new UnitBenchFiles.Top(top.top(), sources, top.ports()),
            folder,
            BuildOptions.PROOF.withoutLint());
    return mutants.stream()
        .map(m -> DynamicTest.dynamicTest(m.fault().toString(), () -> found(m, bench)))
        .toList();
  }

  private static void found(Mutant mutant, Bench bench) {
    UnitCase<?> unit = mutant.unit();
    List<BenchResult> results = unit.resizable() ? unit.runSizes(bench) : unit.run(bench);
    List<String> faults = results.stream().flatMap(r -> r.fault().stream()).toList();
    assertTrue(
        faults.stream().anyMatch(f -> f.matches(PLACE)),
        () -> "not found with its place: " + faults);
  }
}
