package dev.tessera.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.hw.Ram;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Memories on blocks, counted by hand and against the best of all assignments. */
@Tag("fast")
class RamMappingTest {
  private static final List<String> HALVES = List.of("512x36", "1024x18", "2048x9", "4096x4");
  private static final Board.Memory BRAM = bram(10);
  private static final Board.Memory URAM =
      new Board.Memory("URAM288", 4, List.of("4096x72"), List.of(), false);

  private static Board.Memory bram(int count) {
    return new Board.Memory("RAMB36E2", count, List.of("512x72", "1024x36"), HALVES, true);
  }

  @Test
  void twoSmallMemoriesShareABlock() {
    List<Ram> rams = List.of(Ram.of(1, 300, 36, false), Ram.of(1, 1000, 18, false));
    assertEquals(1, RamMapping.of(rams, List.of(BRAM)).used().get(0).needed());
    assertEquals(2, BRAM.halfBlocks(512, 72));
    assertEquals(3, BRAM.halfBlocks(512, 73));
    assertEquals(2, URAM.halfBlocks(1, 1));
    assertEquals(8, URAM.halfBlocks(4097, 73));
  }

  @Test
  void memoriesGoWhereTheyTakeTheSmallestShare() {
    // 8 of 10 blocks or 1 of 4; half of one of 10 or 1 of 4.
    List<Ram> rams = List.of(Ram.of(1, 4096, 72, true), Ram.of(1, 512, 36, true));
    RamMapping mapping = RamMapping.of(rams, List.of(BRAM, URAM));
    assertEquals(List.of(1, 0), mapping.kinds());
    assertEquals(1, mapping.blocks("URAM"));
    assertEquals(1, mapping.blocks("RAMB"));
    assertEquals(0.25, mapping.fullest().share());
  }

  @Test
  void constantsStayWhereContentsCanBe() {
    RamMapping mapping = RamMapping.of(List.of(Ram.of(1, 4096, 72, false)), List.of(BRAM, URAM));
    assertEquals(List.of(0), mapping.kinds());
  }

  @Test
  void anotherKindHelpsOutWhenOneIsFull() {
    // Each takes 2 of 10 blocks, or 1 of 4: a share of a fifth is less, but five fill the first.
    List<Ram> rams = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      rams.add(Ram.of(1, 1024, 72, true));
    }
    RamMapping mapping = RamMapping.of(rams, List.of(BRAM, URAM));
    assertEquals(10, mapping.blocks("RAMB"));
    assertEquals(2, mapping.blocks("URAM"));
    assertTrue(mapping.excess().isEmpty());
    rams.addAll(rams.subList(0, 3));
    RamMapping.Use excess = RamMapping.of(rams, List.of(BRAM, URAM)).excess().orElseThrow();
    assertEquals(new RamMapping.Use("RAMB36E2", 24, 10), excess);
  }

  /** One move at a time is not always enough, but nearly. */
  @Test
  void findsAnAssignmentWhereThereIsOne() {
    int missed = 0;
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      List<Ram> rams = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int words = 1 << (8 + random.nextInt(5));
        rams.add(Ram.of(1 + random.nextInt(2), words, 36, random.nextInt(4) > 0));
      }
      List<Board.Memory> kinds = List.of(bram(4 + random.nextInt(12)), URAM);
      RamMapping mapping = RamMapping.of(rams, kinds);
      int[] counted = new int[2];
      for (int i = 0; i < rams.size(); i++) {
        counted[mapping.kinds().get(i)] += halves(rams.get(i), kinds.get(mapping.kinds().get(i)));
      }
      assertEquals((counted[0] + 1) / 2, mapping.blocks("RAMB"), "seed " + seed);
      assertEquals((counted[1] + 1) / 2, mapping.blocks("URAM"), "seed " + seed);
      boolean found = mapping.excess().isEmpty();
      missed += !found && possible(rams, kinds) >= 0 ? 1 : 0;
    }
    assertTrue(missed <= 6, missed + " of 300 not found");
  }

  private static int halves(Ram ram, Board.Memory kind) {
    return kind.halfBlocks(ram);
  }

  /** Free blocks of the first kind in the best assignment that keeps to the second; -1 if none. */
  private static int possible(List<Ram> rams, List<Board.Memory> kinds) {
    int best = -1;
    for (int set = 0; set < 1 << rams.size(); set++) {
      int[] taken = new int[2];
      boolean able = true;
      for (int i = 0; i < rams.size(); i++) {
        int kind = set >> i & 1;
        taken[kind] += halves(rams.get(i), kinds.get(kind));
        able &= kind == 0 || rams.get(i).movable();
      }
      if (able && taken[1] <= 2 * kinds.get(1).count()) {
        best = Math.max(best, kinds.get(0).count() - (taken[0] + 1) / 2);
      }
    }
    return best;
  }
}
