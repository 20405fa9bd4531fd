package dev.tessera.cosim;

import dev.tessera.cosim.BenchResult.PortResult;
import dev.tessera.emit.Emitter;
import dev.tessera.golden.GoldenModel;
import dev.tessera.golden.GoldenRun;
import dev.tessera.golden.PixelCrc;
import dev.tessera.golden.StoredBytes;
import dev.tessera.golden.Tables;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Frame;
import dev.tessera.hw.NormTop;
import dev.tessera.hw.Size;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.TileGrid;
import dev.tessera.num.NormTable;
import dev.tessera.unit.Resizing;
import dev.tessera.unit.Units;
import dev.tessera.unit.codec.CutTop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Runs an emitted design against its golden model. The Verilog comes from the design's folder, not
 * from the generator: what is proven is what is there.
 */
public final class Simulator {
  /** Frame times without any transfer before a run is given up. */
  private static final int PATIENCE = 2;

  private static final long LEAST_PATIENCE = 20_000;

  /** Rows of the frame that a unit waits for, windows of coarser maps included. */
  private static final double WINDOW_ROWS = 16;

  private final Verilator verilator;
  private final Design design;
  private final Path folder;
  private final Path work;

  /**
   * A simulator of one design.
   *
   * @param folder where {@link Emitter} wrote it
   * @param work folder for objects and vectors
   */
  public Simulator(Verilator verilator, Design design, Path folder, Path work) {
    this.verilator = verilator;
    this.design = design;
    this.folder = folder;
    this.work = work;
  }

  /**
   * Runs {@code inputs}, again and again if there are fewer than frames are asked for; frames of a
   * design that cuts them go through tile by tile and come back whole.
   */
  public Simulation run(List<Frame> inputs, SimulationOptions options) {
    if (design.norm().isEmpty()) {
      return run(inputs, List.of(), options);
    }
    if (hosted()) {
      return run(inputs, inputs.stream().map(f -> Tables.exact(design, f)).toList(), options);
    }
    if (design.norm().get().own()) {
      return run(inputs, inputs.stream().map(f -> Tables.own(design, f)).toList(), options);
    }
    // What becomes of a frame depends on those before it, also if it comes again.
    List<Frame> all =
        IntStream.range(0, options.frames()).mapToObj(n -> inputs.get(n % inputs.size())).toList();
    return run(all, Tables.following(design, all), options);
  }

  /** Whether software writes the tables, and frames name their banks. */
  private boolean hosted() {
    return design.norm().filter(NormTop::host).isPresent();
  }

  /**
   * The same with given tables for each input.
   *
   * @param tables by the name of the unit, one map per input, those that the design will make if
   *     they follow from earlier frames; empty for a design without
   * @throws IllegalArgumentException if the design holds fewer
   */
  public Simulation run(
      List<Frame> inputs, List<Map<String, NormTable>> tables, SimulationOptions options) {
    int banks = design.norm().map(NormTop::banks).orElse(0);
    boolean fits = !hosted() || tables.size() <= banks;
    if (!fits || tables.size() != (design.norm().isPresent() ? inputs.size() : 0)) {
      throw new IllegalArgumentException(
          tables.size() + " tables for " + inputs.size() + " frames and " + banks + " banks");
    }
    if (design.tiles().isEmpty() || design.memory().isPresent()) {
      return runWhole(Film.of(design, inputs, tables), options);
    }
    TileGrid grid = design.tiles().get();
    Film film = Film.inside(design, inputs, tables);
    return runWhole(film, options.withFrames(options.frames() * grid.count())).joined(grid);
  }

  private Simulation runWhole(Film film, SimulationOptions options) {
    List<Frame> golden = film.map(design, GoldenModel::run);
    Bench bench =
        build(
            "main",
            false,
            BuildOptions.design(slowest() * options.frames(), options.trace() != null));
    bench.vectors(design.name(), "in0", film.frames(), film.banks());
    bench.vectors(design.name(), "out0", golden);
    BenchPlan plan = plan(options);
    BenchResult result = bench.run(List.of(tabled(bench, plan, film)), options.trace()).get(0);
    List<Frame> actual = bench.captured(design.name(), "out0", golden);
    List<Map<String, Long>> stored = film.map(design, StoredBytes::of);
    String fault = result.passed() ? traffic(result, stored) : place(film, options, plan, result);
    List<Long> crcs =
        result.software() == null
            ? List.of()
            : golden.stream().map(f -> PixelCrc.of(design, f)).toList();
    fault = fault.isEmpty() ? checked(result, crcs) : fault;
    return new Simulation(result, golden, actual, 1, stored, crcs, fault);
  }

  /** What the hardware said of its frames against what they are, as a fault or nothing. */
  private static String checked(BenchResult result, List<Long> crcs) {
    List<Long> told = crcs.isEmpty() ? List.of() : result.software().crcs();
    for (int n = 0; n < told.size(); n++) {
      long wanted = crcs.get(n % crcs.size());
      if (told.get(n) >= 0 && told.get(n) != wanted) {
        return String.format(
            Locale.ROOT,
            "register FRAME_CRC, frame %d: expected %08x, actual %08x",
            n,
            wanted,
            told.get(n));
      }
    }
    return "";
  }

  /** What stored maps moved against what they should have, as a fault or nothing. */
  private static String traffic(BenchResult result, List<Map<String, Long>> stored) {
    if (result.cuts() == null) {
      return "";
    }
    long wanted = 0;
    for (int n = 0; n < result.frames(); n++) {
      wanted += stored.get(n % stored.size()).values().stream().mapToLong(b -> b).sum();
    }
    boolean right = result.cuts().readBytes() == wanted && result.cuts().writeBytes() == wanted;
    return right
        ? ""
        : "stored maps: "
            + result.cuts().readBytes()
            + " bytes were read and "
            + result.cuts().writeBytes()
            + " written, expected "
            + wanted;
  }

  /** The plan, behind the host's writes where there are tables. */
  private BenchPlan tabled(Bench bench, BenchPlan plan, Film film) {
    if (!film.hosted()) {
      return plan;
    }
    bench.tables(design, film.tables());
    return plan.with(" tables 1");
  }

  private BenchPlan plan(SimulationOptions options) {
    BenchPlan plan = options.plan(design.name(), watchdog());
    if (design.memory().isEmpty()) {
      Optional<CutTop> cuts = CutTop.of(design);
      MemoryPlan usual = MemoryPlan.ofMaps(MemoryPlan.LATENCY, 0);
      MemoryPlan maps = options.memory() != null ? options.memory() : usual;
      return cuts.isEmpty() ? plan : plan.with(maps.behaviour());
    }
    MemoryPlan memory =
        options.memory() != null
            ? options.memory()
            : MemoryPlan.aligned(design.memory().get(), MemoryPlan.LATENCY, 0);
    return plan.with(memory.line(design.picture().height(), design.madePicture().height()));
  }

  private long watchdog() {
    return Math.max(LEAST_PATIENCE, PATIENCE * slowest() + held());
  }

  /**
   * Cycles in which a pipeline takes frames before it gives anything, seldom more: each unit along
   * the longest way waits for rows of its window. On small frames that is the whole frame, and a
   * deep network holds as many frames as it has layers.
   */
  private long held() {
    double share = Math.min(1, WINDOW_ROWS / design.frameHeight());
    Map<String, Long> waits = new HashMap<>();
    long longest = 0;
    for (Instance instance : design.instances()) {
      long before =
          instance.inputs().stream().mapToLong(l -> waits.getOrDefault(l, 0L)).max().orElse(0);
      long wait = before + (long) (share * cyclesPerFrame(instance.spec()));
      instance.outputs().forEach(link -> waits.put(link, wait));
      longest = Math.max(longest, wait);
    }
    return longest;
  }

  /** Cycles of the unit that sets the pace. */
  private long slowest() {
    return design.instances().stream().mapToLong(i -> cyclesPerFrame(i.spec())).max().orElse(0);
  }

  private static <S extends dev.tessera.hw.UnitSpec> long cyclesPerFrame(S spec) {
    return Units.of(spec).cost(spec).cyclesPerFrame();
  }

  private Bench build(String name, boolean probes, BuildOptions options) {
    Path rtl = folder.resolve("rtl");
    Path place = work.resolve(name);
    Emitter.SimulatedTop top = Emitter.simulatedTop(design, probes);
    try {
      Files.createDirectories(place);
      Path bench = place.resolve(top.top() + ".v");
      Files.writeString(bench, top.verilog());
      List<String> sources = new ArrayList<>(Files.readAllLines(rtl.resolve(design.name() + ".f")));
      // Verilator replaces $(NAME) in paths by environment variables; a relative path has none.
      sources.add(rtl.toAbsolutePath().relativize(bench.toAbsolutePath()).toString());
      Map<String, String> extra = new LinkedHashMap<>(software(probes));
      extra.put("ports.cpp", top.ports());
      Path program = verilator.build(top.top(), rtl, sources, extra, place, options);
      return new Bench(program, rtl, place);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** The driver that the design comes with, and what runs it. */
  private Map<String, String> software(boolean probes) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    if (!probes && design.hasRegisters()) {
      for (String name : List.of("tessera_regs.h", "tessera.h", "tessera.c")) {
        files.put(name, Files.readString(folder.resolve("driver").resolve(name)));
      }
      files.put("software.cpp", Compiler.benchFile("software.cpp"));
    }
    return files;
  }

  /** Where the fault lies; that of a shell is its own if the design inside does without it. */
  private String place(Film film, SimulationOptions options, BenchPlan plan, BenchResult seen) {
    if (design.memory().isEmpty()) {
      return locate(film, plan, seen);
    }
    Film inside = Film.inside(design, film.frames(), film.tables());
    int parts = inside.shots().size() / film.shots().size();
    SimulationOptions cut = options.withFrames(options.frames() * parts);
    String fault = locate(inside, cut.plan(design.name(), watchdog()), seen);
    return fault.isEmpty() ? seen.fault().orElse("") : fault;
  }

  /**
   * Names the unit behind a fault: the same run with every link watched; the first link in the
   * order of the netlist that is wrong leaves a unit whose inputs were right.
   */
  private String locate(Film film, BenchPlan plan, BenchResult seen) {
    Bench bench = build("probe", true, BuildOptions.design(0, false));
    List<GoldenRun> golden = film.map(design, GoldenModel::runAll);
    bench.vectors(design.name(), "in0", film.frames(), film.banks());
    bench.vectors(design.name(), "out0", golden.stream().map(GoldenRun::output).toList());
    for (Design.Link link : design.links()) {
      List<Frame> frames = golden.stream().map(g -> g.links().get(link.name())).toList();
      bench.vectors(design.name(), link.name(), frames);
      if (link.depth() > 0) {
        bench.vectors(design.name(), link.name() + "_q", frames);
      }
    }
    BenchResult result = bench.run(List.of(tabled(bench, plan, film))).get(0);
    Map<String, PortResult> ports = new LinkedHashMap<>();
    result.ports().forEach(p -> ports.put(p.name(), p));
    for (Instance instance : design.instances()) {
      for (String link : instance.outputs()) {
        PortResult made = ports.get(link);
        if (made.first() != null) {
          return "unit " + instance.spec().name() + ", link " + link + ", " + made.first();
        }
        PortResult buffered = ports.get(link + "_q");
        if (buffered != null && buffered.first() != null) {
          return "buffer of link " + link + ", " + buffered.first();
        }
      }
    }
    PortResult out = ports.get("out0");
    if (result.hung()) {
      return stuck(ports, film.frames()) + "; " + design.name() + ".out0: " + out.first();
    }
    if (out.first() != null) {
      return "unit " + design.sink().spec().name() + ", " + out.first();
    }
    return seen.fault().orElse("");
  }

  /** Where beats stopped: units that have room and owe beats but make nothing. */
  private String stuck(Map<String, PortResult> ports, List<Frame> inputs) {
    List<String> idle = new ArrayList<>();
    for (Instance instance : design.instances()) {
      List<PortResult> made = instance.outputs().stream().map(ports::get).toList();
      boolean room = made.stream().allMatch(p -> p.ready() == 1 && p.valid() == 0);
      boolean owes = made.stream().anyMatch(p -> p.beats() < p.expectedBeats());
      boolean offered =
          instance.inputs().stream().map(l -> reader(ports, l)).anyMatch(p -> p.valid() == 1);
      boolean fed = instance.inputs().stream().map(l -> reader(ports, l)).allMatch(Simulator::done);
      if (room && owes && (offered || fed || instance == design.source())) {
        idle.add("unit " + instance.spec().name() + place(instance, ports, inputs));
      }
    }
    if (idle.isEmpty()) {
      idle.add("unit " + design.sink().spec().name());
    }
    return "no more beats from " + String.join(" and ", idle);
  }

  private static boolean done(PortResult port) {
    return port.beats() >= port.expectedBeats();
  }

  private static PortResult reader(Map<String, PortResult> ports, String link) {
    return ports.getOrDefault(link + "_q", ports.get(link));
  }

  /** The position at which a unit's first output stands. */
  private String place(Instance instance, Map<String, PortResult> ports, List<Frame> inputs) {
    if (instance.outputs().isEmpty()) {
      return "";
    }
    String link = instance.outputs().get(0);
    int frame = 0;
    long inFrame = ports.get(link).beats();
    StreamType type = type(link, inputs.get(0));
    while (inFrame >= type.beatsPerFrame()) {
      inFrame -= type.beatsPerFrame();
      frame++;
      type = type(link, inputs.get(frame % inputs.size()));
    }
    long perRow = type.beatsPerFrame() / type.height();
    long column = inFrame % perRow / type.beatsPerPosition() * type.positions();
    return " (at frame " + frame + ", row " + inFrame / perRow + ", column " + column + ")";
  }

  private StreamType type(String link, Frame input) {
    Size size = Size.of(input);
    Design fitting = size.equals(design.frame()) ? design : Resizing.resized(design, size);
    return fitting.link(link).type();
  }
}
