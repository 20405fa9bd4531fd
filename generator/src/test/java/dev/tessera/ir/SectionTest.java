package dev.tessera.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tessera.ir.Sampling.Tap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tiles of a resize from 5 to 24 pixels, worked out by hand: output i lies at (10 i - 19) / 48. */
@Tag("fast")
class SectionTest {
  private static final int BITS = 8;

  private static final Sampling SAMPLING =
      new Sampling(
          Sampling.Mode.LINEAR,
          Sampling.Coordinates.HALF_PIXEL,
          Sampling.Rounding.FLOOR,
          Extent.constant(24),
          Extent.constant(24));

  private static Tap tap(Section section, int i) {
    return section.tap(SAMPLING, i, BITS);
  }

  @Test
  void placesAreThoseOfTheFrame() {
    Section tile = new Section(5, 24, 3, 2, 12, 12);
    // Output 17 lies at 151 / 48: 7 / 48 behind pixel 3, the tile's first one.
    assertEquals(new Tap(0, 1, 37), tap(tile, 5));
    // Output 16 lies at 141 / 48, before the tile; output 23 at 211 / 48, behind the last pixel.
    assertEquals(new Tap(0, 0, 0), tap(tile, 4));
    assertEquals(new Tap(1, 1, 0), tap(tile, 11));
  }

  @Test
  void theWalkEndsAtTheLastPixelOfTheTile() {
    Section tile = new Section(5, 24, 0, 4, 0, 12);
    // Output 9 lies at 71 / 48; three outputs later the walk must have passed pixel 3.
    assertEquals(new Tap(1, 2, 123), tap(tile, 9));
    assertEquals(new Tap(2, 2, 0), tap(tile, 10));
    assertEquals(new Tap(3, 3, 0), tap(tile, 11));
  }

  @Test
  void theWalkBeginsAtTheFirstPixelOfTheTile() {
    // Output 12 lies at 101 / 48: pixel 2, of which the tile holds two more before it.
    Section tile = new Section(5, 24, 0, 5, 12, 12);
    assertEquals(new Tap(0, 0, 0), tap(tile, 0));
    assertEquals(new Tap(1, 1, 0), tap(tile, 1));
    assertEquals(new Tap(2, 3, 121 * 256 / 48 - 2 * 256), tap(tile, 2));
  }

  @Test
  void aWholeAxisIsThatOfTheSampling() {
    Section whole = Section.whole(5, 24);
    IntStream.range(0, 24).forEach(i -> assertEquals(SAMPLING.tap(i, 5, 24, BITS), tap(whole, i)));
  }
}
