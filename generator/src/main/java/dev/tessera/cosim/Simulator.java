package dev.tessera.cosim;

import dev.tessera.cosim.BenchResult.PortResult;
import dev.tessera.emit.Emitter;
import dev.tessera.golden.GoldenModel;
import dev.tessera.golden.GoldenRun;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Frame;
import dev.tessera.hw.Size;
import dev.tessera.hw.StreamType;
import dev.tessera.hw.TileGrid;
import dev.tessera.unit.Resizing;
import dev.tessera.unit.Units;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs an emitted design against its golden model. The Verilog comes from the design's folder, not
 * from the generator: what is proven is what is there.
 */
public final class Simulator {
  /** Frame times without any transfer before a run is given up. */
  private static final int PATIENCE = 2;

  private static final long LEAST_PATIENCE = 20_000;

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
    if (design.tiles().isEmpty() || design.memory().isPresent()) {
      return runWhole(inputs, options);
    }
    TileGrid grid = design.tiles().get();
    List<Frame> tiles =
        inputs.stream().flatMap(f -> grid.tiles().stream().map(t -> grid.cut(f, t))).toList();
    int count = grid.count();
    Simulation cut = runWhole(tiles, options.withFrames(options.frames() * count));
    return cut.joined(grid);
  }

  private Simulation runWhole(List<Frame> inputs, SimulationOptions options) {
    List<Frame> golden = inputs.stream().map(f -> GoldenModel.run(design, f)).toList();
    Bench bench =
        build(
            "main",
            false,
            BuildOptions.design(slowest() * options.frames(), options.trace() != null));
    bench.vectors(design.name(), "in0", inputs);
    bench.vectors(design.name(), "out0", golden);
    BenchPlan plan = plan(options);
    BenchResult result = bench.run(List.of(plan), options.trace()).get(0);
    List<Frame> actual = bench.captured(design.name(), "out0", golden);
    String fault = result.passed() ? "" : place(inputs, options, plan, result);
    return new Simulation(result, golden, actual, 1, fault);
  }

  private BenchPlan plan(SimulationOptions options) {
    BenchPlan plan = options.plan(design.name(), watchdog());
    if (design.memory().isEmpty()) {
      return plan;
    }
    MemoryPlan memory =
        options.memory() != null
            ? options.memory()
            : MemoryPlan.aligned(design.memory().get(), MemoryPlan.LATENCY, 0);
    return plan.with(memory.line(design.picture().height(), design.madePicture().height()));
  }

  private long watchdog() {
    return Math.max(LEAST_PATIENCE, PATIENCE * slowest());
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
      Path program = verilator.build(top.top(), rtl, sources, top.ports(), place, options);
      return new Bench(program, rtl, place);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** Where the fault lies; that of a shell is its own if the design inside does without it. */
  private String place(
      List<Frame> inputs, SimulationOptions options, BenchPlan plan, BenchResult seen) {
    if (design.memory().isEmpty()) {
      return locate(inputs, plan, seen);
    }
    TileGrid grid = design.grid();
    List<Frame> tiles =
        inputs.stream().flatMap(f -> grid.tiles().stream().map(t -> grid.cut(f, t))).toList();
    int count = design.tiles().isPresent() ? grid.count() : 1;
    SimulationOptions cut = options.withFrames(options.frames() * count);
    String inside = locate(count > 1 ? tiles : inputs, cut.plan(design.name(), watchdog()), seen);
    return inside.isEmpty() ? seen.fault().orElse("") : inside;
  }

  /**
   * Names the unit behind a fault: the same run with every link watched; the first link in the
   * order of the netlist that is wrong leaves a unit whose inputs were right.
   */
  private String locate(List<Frame> inputs, BenchPlan plan, BenchResult seen) {
    Bench bench = build("probe", true, BuildOptions.design(0, false));
    List<GoldenRun> golden = inputs.stream().map(f -> GoldenModel.runAll(design, f)).toList();
    bench.vectors(design.name(), "in0", inputs);
    bench.vectors(design.name(), "out0", golden.stream().map(GoldenRun::output).toList());
    for (Design.Link link : design.links()) {
      List<Frame> frames = golden.stream().map(g -> g.links().get(link.name())).toList();
      bench.vectors(design.name(), link.name(), frames);
      if (link.depth() > 0) {
        bench.vectors(design.name(), link.name() + "_q", frames);
      }
    }
    BenchResult result = bench.run(List.of(plan)).get(0);
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
      return stuck(ports, inputs) + "; " + design.name() + ".out0: " + out.first();
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
