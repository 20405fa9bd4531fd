package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.base.TesseraException;
import dev.tessera.hw.Design;
import dev.tessera.hw.Design.Instance;
import dev.tessera.hw.Design.Link;
import dev.tessera.ir.Graph;
import dev.tessera.unit.add.AddSpec;
import dev.tessera.unit.conv.ConvSpec;
import dev.tessera.unit.fork.ForkSpec;
import dev.tessera.unit.route.RouteSpec;
import dev.tessera.unit.video.VideoInSpec;
import dev.tessera.unit.video.VideoOutSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
  private static final Board BOARD = Boards.load("zcu104");

  private static Graph network(String name) {
    return switch (name) {
      case "espcn" -> Nets.espcn();
      case "fsrcnn" -> Nets.fsrcnn();
      case "abpn" -> Nets.abpn();
      case "xlsr" -> Nets.xlsr();
      case "imdn" -> Nets.imdn();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Plan plan(Graph graph, int bound) {
    return Planner.plan(graph, BOARD, request().withMultipliers(bound));
  }

  private static PlanRequest request() {
    return PlanRequest.fastest("net", 64, 48, 1_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "espcn, 400, 55.0",
    "espcn, 1500, 14.5",
    "fsrcnn, 300, 28.0",
    "fsrcnn, 1200, 7.0",
    "abpn, 1000, 44.0",
    "xlsr, 1000, 22.5",
    "xlsr, 4800, 4.6",
    "imdn, 1000, 20.25"
  })
  void plansWholeNetworksAtTheRateOfTheirConvolutions(String network, int bound, double limit) {
    Plan plan = plan(network(network), bound);

    assertTrue(plan.report().cyclesPerFrame() / (64.0 * 48) <= limit);
    assertTrue(plan.report().multipliers() <= bound);
    assertWired(plan.design());
  }

  /** Every link has one writer and one later reader of its type, every name is unique. */
  private static void assertWired(Design design) {
    Set<String> written = new HashSet<>();
    Set<String> read = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (Instance instance : design.instances()) {
      assertTrue(names.add(instance.spec().name()));
      for (int i = 0; i < instance.inputs().size(); i++) {
        String link = instance.inputs().get(i);
        assertTrue(written.contains(link) && read.add(link), link);
        assertEquals(design.link(link).type(), instance.spec().inputs().get(i));
      }
      for (int i = 0; i < instance.outputs().size(); i++) {
        String link = instance.outputs().get(i);
        assertTrue(written.add(link) && names.add(link), link);
        assertEquals(design.link(link).type(), instance.spec().outputs().get(i));
      }
    }
    assertEquals(written, read);
    assertEquals(design.links().stream().map(Link::name).toList().size(), written.size());
    assertTrue(names.stream().allMatch(n -> n.matches("[a-z][a-z0-9_]*")), names.toString());
    assertTrue(design.source().spec() instanceof VideoInSpec);
    assertTrue(design.sink().spec() instanceof VideoOutSpec);
  }

  private static <T> List<T> units(Design design, Class<T> type) {
    List<T> units = new ArrayList<>();
    design.instances().stream()
        .map(Instance::spec)
        .filter(type::isInstance)
        .forEach(spec -> units.add(type.cast(spec)));
    return units;
  }

  @Test
  void packsAsManyPixelsAsTheRateNeeds() {
    Design slow = plan(Nets.xlsr(), 1000).design();
    Design fast = plan(Nets.xlsr(), 4800).design();

    assertEquals(1, units(slow, VideoOutSpec.class).get(0).input().positions());
    assertEquals(2, units(fast, VideoOutSpec.class).get(0).input().positions());
  }

  @Test
  void waitsWithNarrowDataWhereItCan() {
    Design design = plan(Nets.abpn(), 1000).design();

    Link input = design.link("video_in_fork_out1");
    Link anchor = design.link("anchor_out");
    assertTrue(input.depth() > 64 * 5, "the skip of seven line buffers waits as input pixels");
    assertTrue(anchor.depth() < 27 * 64, "and not as its nine copies: " + anchor.depth());
  }

  @Test
  void narrowsASkipBeforeItWaits() {
    Design design = plan(Nets.imdn(), 1000).design();

    Link parts = design.link("b0as_out");
    assertEquals(3, parts.type().channels());
    assertTrue(parts.depth() > 64 * 2);
    assertEquals(30 + 5, units(design, RouteSpec.class).size(), "selections and concatenations");
  }

  @Test
  void endsWithoutShuffleAsWell() {
    Graph denoiser =
        new Nets(3).conv("x", "a", 16, 3, 1).conv("a", "b", 3, 3, 1).add("x", "b", "y").graph("y");

    Design design = plan(denoiser, 200).design();

    assertWired(design);
    assertEquals(64, units(design, VideoOutSpec.class).get(0).input().width());
    AddSpec add = units(design, AddSpec.class).get(0);
    assertEquals(add.left().lanes(), add.right().lanes());
  }

  @Test
  void convolvesBehindAShuffle() {
    Graph graph =
        new Nets(3)
            .conv("x", "a", 16, 3, 1)
            .shuffle("a", "b", 2)
            .conv("b", "y", 3, 3, 1)
            .graph("y");

    Plan plan = plan(graph, 300);

    assertWired(plan.design());
    ConvSpec last = units(plan.design(), ConvSpec.class).get(1);
    assertEquals(128, last.in().width());
    assertTrue(plan.report().cyclesPerFrame() >= 128 * 96, "one position per clock at most");
  }

  @Test
  void readsAValueMoreOftenThanOneForkCan() {
    Nets nets = new Nets(3);
    String[] parts = new String[10];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = "p" + i;
      nets.conv("x", parts[i], 2, 1, 1);
    }
    Graph graph = nets.concat("c", parts).conv("c", "y", 3, 1, 1).graph("y");

    Design design = plan(graph, 300).design();

    assertWired(design);
    assertEquals(2, units(design, ForkSpec.class).size());
    assertEquals(
        2, units(design, RouteSpec.class).stream().filter(r -> r.inputs().size() > 1).count());
  }

  @Test
  void addsAValueToItself() {
    Graph graph = new Nets(3).conv("x", "a", 3, 3, 1).add("a", "a", "y").graph("y");

    assertWired(plan(graph, 100).design());
  }

  @Test
  void plansTheSameTwice() {
    assertEquals(
        plan(Nets.imdn(), 700).design().toString().replaceAll("@[0-9a-f]+", ""),
        plan(Nets.imdn(), 700).design().toString().replaceAll("@[0-9a-f]+", ""));
  }

  @Test
  void shortFramesTellTheDepthsOfTallOnes() {
    Plan small = Planner.plan(Nets.xlsr(), BOARD, wide(48).withMultipliers(1000));
    Plan tall = Planner.plan(Nets.xlsr(), BOARD, wide(400).withMultipliers(1000));

    for (Link link : small.design().links()) {
      assertEquals(link.depth(), tall.design().link(link.name()).depth(), link.name());
    }
  }

  private static PlanRequest wide(int rows) {
    return PlanRequest.fastest("net", 60, rows, 1_000_000);
  }

  @Test
  void reachesARateWithTheLeastHardware() {
    Plan fast = Planner.plan(Nets.espcn(), BOARD, request().withFps(5000));
    Plan slow = Planner.plan(Nets.espcn(), BOARD, request().withFps(500));

    assertTrue(fast.report().fps() >= 5000 && slow.report().fps() >= 500);
    assertTrue(slow.report().multipliers() * 8 < fast.report().multipliers());
    assertEquals("the rate asked for", slow.report().limit());
  }

  @Test
  void fillsTheBoardIfNothingElseIsAskedFor() {
    Board small = Boards.load("arty-a7-100t");

    Plan plan = Planner.plan(Nets.espcn(), small, request());

    assertTrue(plan.report().resources().excess(small).isEmpty());
    assertTrue(plan.report().resources().dspBlocks(small) > 0.9 * small.dsp().count());
  }

  @Test
  void meetsALiveSourceLineByLine() {
    PlanRequest live =
        PlanRequest.fastest("net", 64, 48, 1_000_000)
            .withFps(4000)
            .withLive(new LiveTiming(100, 60));

    Plan plan = Planner.plan(Nets.espcn(), BOARD, live);

    double line = BOARD.clockMhz() * 1e6 / 4000 / 60;
    assertTrue(plan.report().cyclesPerFrame() <= 48 * line);
    VideoInSpec in = units(plan.design(), VideoInSpec.class).get(0);
    assertTrue(in.live());
    int buffered = plan.design().links().get(0).depth();
    assertTrue(buffered > 10 && buffered < 64, "a part of a line waits: " + buffered);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | 0 | 64 | plan.multipliers | smallest plan takes 3 multipliers | --multipliers 3",
        "0 | 1e6 | 64 | plan.rate | a stream carries one position per clock | --fps",
        "0 | 60000 | 64 | plan.rate | DSP48E2 blocks of 1,728 usable | nearest plan runs at --fps",
        "400 | 9000 | 64 | plan.rate | bound of 400 multipliers | --fps 1775",
        "0 | 0 | 4 | plan.frame | fewer columns than the kernel | larger frame"
      })
  void namesTheLimitAndTheNearestPlan(
      int bound, double fps, int width, String code, String sentence, String hint) {
    PlanRequest request = PlanRequest.fastest("net", width, 48, 1);
    request = bound > 0 ? request.withMultipliers(bound) : request;
    PlanRequest asked = fps > 0 ? request.withFps(fps) : request;

    TesseraException e =
        assertThrows(TesseraException.class, () -> Planner.plan(Nets.espcn(), BOARD, asked));

    assertEquals(code, e.diagnostic().code());
    assertTrue(e.diagnostic().sentence().contains(sentence), e.diagnostic().sentence());
    assertTrue(e.diagnostic().hint().contains(hint), e.diagnostic().hint());
  }

  /** UltraRAM is reported where it is emitted, and helps out where block RAM ends. */
  @Test
  void movesLongRowsToUltraRam() {
    Board whole = Boards.load("zcu104");
    PlanRequest request = PlanRequest.fastest("net", 1920, 1080, 1).withMultipliers(200);
    Plan plan = Planner.plan(Nets.imdn(), whole, request);
    assertFalse(plan.design().ultra().isEmpty());
    PlanReport.Memory ultra = plan.report().memories().get(1);
    assertEquals("URAM288", ultra.kind());
    assertTrue(ultra.blocks() >= plan.design().ultra().size(), ultra.toString());
    Board none = Boards.load("zcu102");
    Plan plain = Planner.plan(Nets.imdn(), none, request);
    assertTrue(plain.design().ultra().isEmpty());
    double fewer = plain.report().memories().get(0).blocks();
    assertTrue(plan.report().memories().get(0).blocks() < fewer, fewer + " blocks");
  }

  @Test
  void namesBoardsOnWhichALargeFrameFits() {
    Board small = Boards.load("pynq-z2");
    PlanRequest large = PlanRequest.fastest("net", 1920, 1080, 1);

    TesseraException e =
        assertThrows(TesseraException.class, () -> Planner.plan(Nets.imdn(), small, large));

    assertEquals("plan.board", e.diagnostic().code());
    assertTrue(e.diagnostic().sentence().contains("RAMB36E1"), e.diagnostic().sentence());
    assertTrue(e.diagnostic().hint().contains("zcu102"), e.diagnostic().hint());
  }

  @Test
  void refusesOutputsThatAreNoVideo() {
    Graph graph = new Nets(3).conv("x", "y", 5, 3, 1).graph("y");

    TesseraException e = assertThrows(TesseraException.class, () -> plan(graph, 100));

    assertEquals("plan.output", e.diagnostic().code());
  }
}
