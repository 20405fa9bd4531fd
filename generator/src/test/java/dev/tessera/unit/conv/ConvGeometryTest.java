package dev.tessera.unit.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.ir.Border;
import dev.tessera.ir.Pads;
import dev.tessera.ir.Stride;
import dev.tessera.ir.TapLists;
import org.junit.jupiter.api.Test;

class ConvGeometryTest {
  private static final Pads ONE = new Pads(1, 1, 1, 1);

  private static ConvGeometry dense(int inLanes, int outLanes, ConvFold fold) {
    return new ConvGeometry(
        64,
        64,
        48,
        inLanes,
        32,
        3,
        3,
        1,
        TapLists.dense(64, 3, 3),
        Stride.ONE,
        ONE,
        Border.VALUE,
        outLanes,
        fold);
  }

  private static ConvGeometry grouped(int groups, int outLanes, ConvFold fold) {
    return new ConvGeometry(
        32,
        64,
        48,
        8,
        32,
        3,
        3,
        groups,
        TapLists.dense(32 / groups, 3, 3),
        Stride.ONE,
        ONE,
        Border.VALUE,
        outLanes,
        fold);
  }

  private static ConvGeometry padded(int width, Pads pads, Border border) {
    return new ConvGeometry(
        1,
        width,
        9,
        1,
        1,
        5,
        5,
        1,
        TapLists.dense(1, 5, 5),
        Stride.ONE,
        pads,
        border,
        1,
        new ConvFold(1, 1, 1, 1));
  }

  private static void assertInvalid(String part, ConvGeometry geometry) {
    String reason = geometry.whyInvalid().orElse("valid");
    assertTrue(reason.contains(part), reason);
  }

  @Test
  void countsTheCyclesOfTheReferenceFolds() {
    ConvGeometry slow = dense(4, 1, new ConvFold(1, 1, 3, 116));
    assertEquals(55, slow.cyclesPerStep());
    assertEquals(64 * 48 * 55, slow.cyclesPerFrame());
    assertTrue(slow.whyInvalid().isEmpty());
    ConvGeometry fast = dense(8, 4, new ConvFold(2, 1, 32, 20));
    assertEquals(32 * 48 * 29, fast.cyclesPerFrame());
    assertEquals(1280, fast.fold().products());
    assertTrue(fast.whyInvalid().isEmpty());
  }

  @Test
  void walksPointwiseConvolutionsWithoutRows() {
    ConvGeometry g =
        new ConvGeometry(
            32,
            64,
            48,
            8,
            32,
            1,
            1,
            1,
            TapLists.dense(32, 1, 1),
            Stride.ONE,
            Pads.NONE,
            Border.VALUE,
            11,
            new ConvFold(5, 1, 11, 4));
    assertEquals(24 * 615, g.cyclesPerFrame());
  }

  @Test
  void countsTheStepsThatAShrinkingFrameSkips() {
    ConvGeometry g =
        new ConvGeometry(
            1,
            10,
            6,
            1,
            1,
            3,
            3,
            1,
            TapLists.dense(1, 3, 3),
            Stride.ONE,
            Pads.NONE,
            Border.VALUE,
            1,
            new ConvFold(2, 1, 1, 1));
    assertEquals(4 * 4 * 9 + (6 * 5 - 4 * 4) * 2, g.cyclesPerFrame());
  }

  @Test
  void refusesFoldsThatOutgrowTheLayer() {
    assertInvalid("exceeds", dense(4, 1, new ConvFold(1, 1, 33, 9)));
    assertInvalid("exceeds", dense(4, 1, new ConvFold(1, 1, 3, 577)));
    assertInvalid("parallel groups", dense(4, 1, new ConvFold(1, 2, 3, 9)));
    assertInvalid("positions", dense(4, 1, new ConvFold(9, 1, 3, 9)));
  }

  @Test
  void refusesStreamsThatCannotFollow() {
    assertInvalid("slower than the array", dense(1, 4, new ConvFold(2, 1, 32, 20)));
    assertInvalid("draining", dense(8, 2, new ConvFold(2, 1, 32, 20)));
    assertInvalid("do not divide", dense(4, 2, new ConvFold(1, 1, 3, 116)));
    assertInvalid("lanes", dense(65, 1, new ConvFold(1, 1, 3, 116)));
  }

  @Test
  void refusesRunsThatDoNotMeetTheNextGroup() {
    assertInvalid("do not divide", grouped(4, 3, new ConvFold(1, 1, 3, 9)));
    assertTrue(grouped(4, 2, new ConvFold(1, 1, 4, 9)).whyInvalid().isEmpty());
    assertInvalid("3 groups", grouped(3, 1, new ConvFold(1, 1, 1, 1)));
  }

  @Test
  void refusesBordersThatTheWindowCannotResolve() {
    Pads lopsided = new Pads(3, 3, 0, 0);
    assertInvalid("reflected", padded(9, lopsided, Border.REFLECT));
    assertTrue(padded(9, lopsided, Border.EDGE).whyInvalid().isEmpty());
    assertInvalid("exceeds the kernel", padded(9, new Pads(0, 3, 0, 2), Border.VALUE));
    assertInvalid("fewer columns", padded(4, Pads.NONE, Border.VALUE));
  }

  @Test
  void reordersOnlyWhereThePassesDemandIt() {
    assertFalse(dense(4, 1, new ConvFold(1, 1, 3, 116)).reorders());
    assertFalse(dense(8, 4, new ConvFold(2, 1, 32, 20)).reorders());
    assertTrue(dense(8, 4, new ConvFold(2, 1, 16, 20)).reorders());
    assertTrue(grouped(4, 2, new ConvFold(1, 2, 4, 9)).reorders());
    assertFalse(grouped(4, 8, new ConvFold(1, 2, 8, 9)).reorders());
  }
}
