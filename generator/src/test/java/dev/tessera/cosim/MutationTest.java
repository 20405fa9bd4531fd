package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.emit.Library;
import dev.tessera.emit.UnitBenchFiles;
import dev.tessera.emit.UnitUnderTest;
import dev.tessera.hw.HardwareUnit;
import dev.tessera.hw.UnitSpec;
import dev.tessera.unit.Units;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether the proofs of units notice random slips in the modules of the library: {@code make mutate
 * MUTANTS=N SEED=S}, some minutes for 50. Codecs are not among them: they are no units of the
 * catalogue, and proven by {@link CodedCutTest}. A slip counts if Verilator takes it, and is found
 * if one of a few random samples of the catalogue that use the module turns red. One that changes
 * nothing is listed with its reason in {@code mutation/equivalent.txt}.
 */
@Tag("mutation")
class MutationTest {
  private static final int MUTANTS = Integer.getInteger("tessera.mutants", 50);
  private static final long SEED = Long.getLong("tessera.mutants.seed", 1);
  private static final int GROUP = 10;
  private static final int SAMPLES = 7;

  /** Cycles without a transfer: no sample in the catalogue waits as long. */
  private static final long PATIENCE = 3_000;

  private static final int WORKERS = 2;
  private static final String CODECS = "unit/codec/";

  /** To build fast: the runs are short. */
  private static final BuildOptions QUICK = new BuildOptions(false, true, false, 0, 16);

  @TempDir private Path place;

  private static final String FOUND = "found";
  private static final String ALIVE = "alive";
  private static final String INVALID = "invalid";

  private final Map<String, List<UnitCase<?>>> users = users();
  private final Map<Mutation, String> fates = Collections.synchronizedMap(new LinkedHashMap<>());

  /** Every sample by the library files that it is made of. */
  private static Map<String, List<UnitCase<?>>> users() {
    Map<String, List<UnitCase<?>>> users = new TreeMap<>();
    Units.all().forEach(unit -> add(users, unit));
    return users;
  }

  private static <S extends UnitSpec> void add(
      Map<String, List<UnitCase<?>>> users, HardwareUnit<S> unit) {
    for (S spec : Catalogue.samples(unit)) {
      UnitCase<S> any = new UnitCase<>(spec.name() + "_any", unit, spec, true);
      List<UnitCase<S>> cases = new ArrayList<>(List.of(new UnitCase<>(spec.name(), unit, spec)));
      if (any.dependsOnSize()) {
        cases.add(any);
      }
      for (UnitCase<S> one : cases) {
        Set<String> files = new LinkedHashSet<>(one.dut().module().sources());
        files.removeIf(file -> file.startsWith(CODECS));
        files.forEach(f -> users.computeIfAbsent(f, n -> new ArrayList<>()).add(one));
      }
    }
  }

  /** As many mutations as asked for, file by file in turn. */
  private List<Mutation> chosen() {
    Random random = new Random(SEED);
    List<List<Mutation>> piles = new ArrayList<>();
    for (String file : users.keySet()) {
      List<Mutation> pile = Mutation.all(file, Library.text(file));
      Collections.shuffle(pile, random);
      piles.add(pile);
    }
    Collections.shuffle(piles, random);
    List<Mutation> chosen = new ArrayList<>();
    for (int round = 0; chosen.size() < MUTANTS; round++) {
      int from = round;
      List<List<Mutation>> deep = piles.stream().filter(p -> p.size() > from).toList();
      if (deep.isEmpty()) {
        break;
      }
      deep.stream().limit(MUTANTS - chosen.size()).forEach(p -> chosen.add(p.get(from)));
    }
    return chosen;
  }

  @Test
  void everySlipIsNoticed() throws Exception {
    List<Mutation> chosen = chosen();
    List<Callable<Void>> work = new ArrayList<>();
    for (int from = 0; from < chosen.size(); from += GROUP) {
      List<Mutation> group = chosen.subList(from, Math.min(chosen.size(), from + GROUP));
      work.add(() -> tried(group));
    }
    inParallel(work);
    List<Callable<Void>> again = new ArrayList<>();
    chosen.stream()
        .filter(m -> fates.get(m).equals(ALIVE) && samples(m).size() > 1)
        .forEach(m -> again.add(() -> triedOnMore(m)));
    inParallel(again);
    report(chosen);
  }

  private static void inParallel(List<Callable<Void>> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
    try {
      for (Future<Void> done : pool.invokeAll(work)) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private void report(List<Mutation> chosen) throws IOException {
    Set<String> known = equivalents();
    List<String> alive = new ArrayList<>();
    int invalid = 0;
    int equivalent = 0;
    for (Mutation mutation : chosen) {
      String key = mutation.file() + ": " + mutation.shown(Library.text(mutation.file())).strip();
      String fate = fates.get(mutation);
      if (fate.equals(INVALID)) {
        invalid++;
      } else if (fate.equals(ALIVE) && known.contains(key)) {
        equivalent++;
      } else if (fate.equals(ALIVE)) {
        alive.add(key);
      }
    }
    int counted = chosen.size() - invalid;
    System.out.printf(
        Locale.ROOT,
        "seed %d: %d slips in %d modules, %d found, %d change nothing, %d not found%n",
        SEED,
        counted,
        chosen.stream().map(Mutation::file).collect(Collectors.toCollection(TreeSet::new)).size(),
        counted - equivalent - alive.size(),
        equivalent,
        alive.size());
    alive.forEach(key -> System.out.println("not found: " + key));
    assertTrue(counted > chosen.size() / 2, invalid + " slips are no Verilog");
    assertEquals(List.of(), alive);
  }

  private static Set<String> equivalents() throws IOException {
    try (InputStream in = MutationTest.class.getResourceAsStream("/mutation/equivalent.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(l -> l.contains(" => "))
          .map(l -> l.substring(0, l.indexOf(" => ")))
          .collect(Collectors.toSet());
    }
  }

  /** Random cases that use the module, the first of which is tried with those of other slips. */
  private List<UnitCase<?>> samples(Mutation mutation) {
    List<UnitCase<?>> all = new ArrayList<>(users.get(mutation.file()));
    Collections.shuffle(all, new Random(mutation.hashCode()));
    return all.subList(0, Math.min(SAMPLES, all.size()));
  }

  /** Decides about a group in one simulation; about each alone if one of them is no Verilog. */
  private Void tried(List<Mutation> group) throws IOException {
    Map<Mutation, Mutant<?>> mutants = new LinkedHashMap<>();
    group.forEach(m -> mutants.put(m, Mutant.of(m, samples(m).get(0), "m" + mutants.size())));
    Path folder = Files.createTempDirectory(place, "group");
    try {
      Bench bench = build(mutants.values(), folder);
      mutants.forEach((mutation, own) -> fates.put(mutation, own.red(bench) ? FOUND : ALIVE));
    } catch (RuntimeException noVerilog) {
      if (group.size() == 1) {
        fates.put(group.get(0), INVALID);
      } else {
        for (Mutation mutation : group) {
          tried(List.of(mutation));
        }
      }
    }
    deleted(folder);
    return null;
  }

  /** Decides about a mutation by the other samples. */
  private Void triedOnMore(Mutation mutation) throws IOException {
    List<UnitCase<?>> samples = samples(mutation);
    List<Mutant<?>> own = new ArrayList<>();
    for (UnitCase<?> unit : samples.subList(1, samples.size())) {
      own.add(Mutant.of(mutation, unit, "m" + own.size()));
    }
    Path folder = Files.createTempDirectory(place, "more");
    try {
      Bench bench = build(own, folder);
      if (own.stream().anyMatch(m -> m.red(bench))) {
        fates.put(mutation, FOUND);
      }
    } catch (RuntimeException noVerilog) {
      // With the parameters of another sample the tools refuse it.
      fates.put(mutation, FOUND);
    }
    deleted(folder);
    return null;
  }

  private static Bench build(Collection<Mutant<?>> mutants, Path folder) {
    UnitBenchFiles.Top top =
        UnitBenchFiles.of(mutants.stream().<UnitUnderTest>map(Mutant::dut).toList());
    Map<String, String> sources = new LinkedHashMap<>();
    mutants.forEach(m -> sources.putAll(m.sources()));
    sources.putAll(top.sources());
    return UnitBench.build(
        Verilator.find(), new UnitBenchFiles.Top(top.top(), sources, top.ports()), folder, QUICK);
  }

  private static void deleted(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A unit with a slip in a copy of its modules. */
  private record Mutant<S extends UnitSpec>(
      UnitCase<S> unit, UnitUnderTest dut, Map<String, String> sources) {
    static <S extends UnitSpec> Mutant<S> of(Mutation mutation, UnitCase<S> from, String suffix) {
      UnitCase<S> unit =
          new UnitCase<>(
              suffix + "_" + from.name(), from.unit(), from.spec(), from.resizable(), PATIENCE);
      OwnModules own =
          OwnModules.of(
              unit.dut().module(),
              suffix,
              (source, text) -> source.equals(mutation.file()) ? mutation.in(text) : text);
      return new Mutant<>(unit, unit.dut(own.module()), own.sources());
    }

    /** Whether the proof of the unit fails. */
    boolean red(Bench bench) {
      try {
        new UnitContract().add(unit, bench).prove(unit.name());
        return false;
      } catch (AssertionError | RuntimeException found) {
        return true;
      }
    }
  }
}
