package dev.tessera.cosim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The video input against broken sources: always whole frames, and every fault reported. */
@Tag("sim")
class VideoInputTest {
  private static final int WIDTH = 8;
  private static final int HEIGHT = 4;
  private static final int SHORT_LINE = 1;
  private static final int LONG_LINE = 2;
  private static final int SHORT_FRAME = 4;
  private static final int LOST_WORDS = 8;
  private static final int OVERFLOW = 16;
  private static final int REFUSED_SIZE = 32;
  private static final Path TEMPLATES =
      Path.of(System.getProperty("tessera.top", ".."), "templates");

  @TempDir Path folder;
  private String printed;

  /** A word of the external stream: pixels, first in the least significant bits. */
  private record Beat(List<Integer> pixels, boolean user, boolean last, int gap) {}

  /** What comes out: positions in order, and the error bits. */
  private record Result(List<Integer> positions, int errors) {}

  @ParameterizedTest
  @CsvSource({"1,1", "3,1", "1,2", "3,2", "1,4", "3,4"})
  void repairsWhatABrokenSourceGives(int components, int ppc) throws IOException {
    int seen = 0;
    for (int seed = 1; seed <= 8; seed++) {
      List<Beat> beats = broken(components, ppc, new Random(seed));
      Result expected = reference(beats, ppc);
      Result actual = run(beats, components, ppc, "-Pvideo_in_tb.SEED=" + seed);
      assertEquals(expected, actual, "seed " + seed);
      String size = Integer.toHexString(HEIGHT << 16 | WIDTH);
      Files.write(folder.resolve("sizes.hex"), Collections.nCopies(beats.size(), size));
      Result told =
          run(beats, components, ppc, "-Pvideo_in_tb.SEED=" + seed, "-Pvideo_in_tb.RESIZABLE=1");
      assertEquals(expected, told, "seed " + seed + ", told the size");
      seen |= expected.errors();
    }
    assertEquals(SHORT_LINE | LONG_LINE | SHORT_FRAME | LOST_WORDS, seen, "faults that occurred");
  }

  @Test
  void liveOverflowIsReportedAndTheNextFramesAreWhole() throws IOException {
    Random random = new Random(9);
    List<Beat> beats = new ArrayList<>();
    for (int f = 0; f < 4; f++) {
      frame(beats, 1, 1, HEIGHT, random, 0);
    }
    beats.add(beat(1, 1, true, false, random));
    Result actual =
        run(beats, 1, 1, "-Pvideo_in_tb.LIVE=1", "-Pvideo_in_tb.DEPTH=4", "-Pvideo_in_tb.HOLD=40");
    assertTrue((actual.errors() & OVERFLOW) != 0, "overflow is not reported");
    int frame = WIDTH * HEIGHT;
    // A frame that lost its first word is lost as a whole; every other one is delivered in full.
    assertEquals(1, actual.positions().size() % frame, "positions");
    List<Integer> sent = beats.stream().flatMap(b -> b.pixels().stream()).toList();
    int end = actual.positions().size();
    assertEquals(
        sent.subList(sent.size() - 1 - 2 * frame, sent.size()),
        actual.positions().subList(end - 1 - 2 * frame, end),
        "the last two frames");
  }

  @Test
  void liveSourceThatFitsHasNoError() throws IOException {
    List<Beat> beats = new ArrayList<>();
    for (int f = 0; f < 3; f++) {
      frame(beats, 3, 2, HEIGHT, new Random(f), 2);
    }
    Result actual = run(beats, 3, 2, "-Pvideo_in_tb.LIVE=1", "-Pvideo_in_tb.DEPTH=8");
    assertEquals(reference(beats, 2), actual);
    assertEquals(0, actual.errors());
  }

  @Test
  void dropsFramesOfSizesThatItDoesNotTake() throws IOException {
    int[][] sizes = {{8, 4}, {10, 4}, {4, 2}, {1, 4}, {0, 0}, {5, 3}, {6, 5}, {2, 3}, {8, 65535}};
    List<Beat> beats = new ArrayList<>();
    List<String> words = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    List<String> announced = new ArrayList<>();
    Random random = new Random(4);
    for (int[] size : sizes) {
      boolean good =
          size[0] % 2 == 0 && size[0] >= 2 && size[0] <= 8 && size[1] >= 2 && size[1] <= 4;
      int lines = Math.min(size[1], 6);
      for (int i = 0; i < Math.max(1, size[0] * lines); i++) {
        boolean last = size[0] == 0 || i % size[0] == size[0] - 1;
        Beat beat = beat(1, 1, i == 0, last, random);
        beats.add(beat);
        // Only the word that starts a frame carries its size.
        words.add(i == 0 ? Integer.toHexString(size[1] << 16 | size[0]) : "00020002");
        expected.addAll(good ? beat.pixels() : List.of());
      }
      announced.addAll(good ? List.of("size " + size[0] + " x " + size[1]) : List.of());
    }
    Files.write(folder.resolve("sizes.hex"), words);
    Result actual = run(beats, 1, 1, "-Pvideo_in_tb.RESIZABLE=1");
    assertEquals(new Result(expected, REFUSED_SIZE), actual);
    assertEquals(announced, printed.lines().filter(l -> l.startsWith("size")).toList());
  }

  private static Beat beat(int components, int ppc, boolean user, boolean last, Random random) {
    List<Integer> pixels = new ArrayList<>();
    for (int p = 0; p < ppc; p++) {
      pixels.add(random.nextInt(1 << 8 * components));
    }
    return new Beat(pixels, user, last, 0);
  }

  private static void frame(
      List<Beat> beats, int components, int ppc, int lines, Random random, int gap) {
    for (int y = 0; y < lines; y++) {
      for (int x = 0; x < WIDTH / ppc; x++) {
        boolean last = x == WIDTH / ppc - 1;
        Beat b = beat(components, ppc, x == 0 && y == 0, last, random);
        beats.add(new Beat(b.pixels(), b.user(), b.last(), gap));
      }
    }
  }

  /** Whole frames with lines and frames between them that are cut, stretched and unmarked. */
  private static List<Beat> broken(int components, int ppc, Random random) {
    List<Beat> beats = new ArrayList<>();
    int words = WIDTH / ppc;
    for (int i = random.nextInt(4); i > 0; i--) {
      beats.add(beat(components, ppc, false, random.nextBoolean(), random));
    }
    for (int f = 0; f < 8; f++) {
      int lines = HEIGHT + (random.nextInt(3) == 0 ? random.nextInt(3) - 1 : 0);
      for (int y = 0; y < lines; y++) {
        boolean fault = f % 2 == 1 && random.nextInt(3) == 0;
        int length = fault ? 1 + random.nextInt(2 * words) : words;
        for (int x = 0; x < length; x++) {
          boolean last = x == length - 1 && !(fault && random.nextInt(4) == 0);
          Beat b = beat(components, ppc, x == 0 && y == 0, last, random);
          beats.add(new Beat(b.pixels(), b.user(), b.last(), random.nextInt(3)));
        }
      }
    }
    beats.add(beat(components, ppc, true, false, random));
    return beats;
  }

  /** The rule in words of whole frames: cut at start marks, cut into lines, fill with zeros. */
  private static Result reference(List<Beat> beats, int ppc) {
    List<Integer> positions = new ArrayList<>();
    int errors = 0;
    int from = 0;
    while (from < beats.size() && !beats.get(from).user()) {
      from++;
    }
    while (from < beats.size()) {
      int to = from + 1;
      while (to < beats.size() && !beats.get(to).user()) {
        to++;
      }
      boolean complete = to < beats.size();
      errors |= frame(new ArrayDeque<>(beats.subList(from, to)), ppc, complete, positions);
      from = to;
    }
    return new Result(positions, errors);
  }

  private static int frame(Deque<Beat> words, int ppc, boolean complete, List<Integer> positions) {
    int errors = 0;
    for (int y = 0; y < HEIGHT; y++) {
      int x = 0;
      boolean ended = false;
      while (x < WIDTH && !words.isEmpty() && !ended) {
        Beat word = words.poll();
        positions.addAll(word.pixels());
        x += ppc;
        ended = word.last();
      }
      if (ended && x < WIDTH) {
        errors |= SHORT_LINE;
      } else if (x < WIDTH || words.isEmpty() && y < HEIGHT - 1) {
        errors |= complete ? SHORT_FRAME : 0;
      }
      if (!ended && x == WIDTH) {
        errors |= LONG_LINE;
        while (y < HEIGHT - 1 && !words.isEmpty() && !words.poll().last()) {}
      }
      if (x < WIDTH && (ended || complete)) {
        for (; x < WIDTH; x++) {
          positions.add(0);
        }
      }
      if (words.isEmpty() && !complete) {
        return errors;
      }
    }
    return words.isEmpty() ? errors : errors | LOST_WORDS;
  }

  private Result run(List<Beat> beats, int components, int ppc, String... more) throws IOException {
    Files.writeString(folder.resolve("words.hex"), hex(beats, components));
    try (InputStream in = VideoInputTest.class.getResourceAsStream("/video/video_in_tb.sv")) {
      Files.write(folder.resolve("video_in_tb.sv"), in.readAllBytes());
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "iverilog",
                "-g2012",
                "-y",
                TEMPLATES.resolve("lib").toAbsolutePath().toString(),
                "-Y",
                ".sv",
                "-Pvideo_in_tb.COMPONENTS=" + components,
                "-Pvideo_in_tb.PPC=" + ppc,
                "-Pvideo_in_tb.N=" + beats.size()));
    command.addAll(List.of(more));
    Path unit = TEMPLATES.resolve("unit/video/ts_video_in.sv").toAbsolutePath();
    command.addAll(List.of("-o", "tb", "video_in_tb.sv", unit.toString()));
    Processes.require(folder, command);
    printed = Processes.require(folder, List.of("vvp", "-n", "tb"));
    return parse(printed);
  }

  private static String hex(List<Beat> beats, int components) {
    StringBuilder text = new StringBuilder();
    for (Beat b : beats) {
      BigInteger word = BigInteger.valueOf(b.gap() * 4L + (b.user() ? 2 : 0) + (b.last() ? 1 : 0));
      for (int p = b.pixels().size() - 1; p >= 0; p--) {
        word = word.shiftLeft(8 * components).or(BigInteger.valueOf(b.pixels().get(p)));
      }
      text.append(word.toString(16)).append('\n');
    }
    return text.toString();
  }

  private static Result parse(String output) {
    List<Integer> positions = new ArrayList<>();
    int errors = -1;
    for (String line : output.lines().toList()) {
      if (line.startsWith("errors ")) {
        errors = Integer.parseInt(line.substring("errors ".length()), 2);
      } else if (line.matches("[0-9a-f]+")) {
        positions.add(Integer.parseInt(line, 16));
      }
    }
    return new Result(positions, errors);
  }
}
