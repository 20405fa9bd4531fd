package dev.tessera.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Symbolic sizes against counting. */
@Tag("fast")
class ExtentTest {
  /** Places that a window of {@code taps} finds on {@code size} pixels and their padding. */
  private static int count(int size, int taps, int padding, int stride) {
    int places = 0;
    for (int at = 0; at + taps <= size + padding; at += stride) {
      places++;
    }
    return places;
  }

  @Test
  void windowsBehindWindowsCountTheirPlaces() {
    for (int stride = 1; stride <= 4; stride++) {
      for (int taps = 1; taps <= 7; taps++) {
        Extent first = Extent.FRAME.window(3, 0, 2);
        Extent second = first.window(taps, taps / 2, stride);
        Extent third = second.times(2).plus(-1).window(3, 2, stride);
        for (int n = 24; n < 90; n++) {
          int a = count(n, 3, 0, 2);
          int b = count(a, taps, taps / 2, stride);
          int c = count(2 * b - 1, 3, 2, stride);
          String place = "taps " + taps + ", stride " + stride + ", frame " + n;
          assertEquals(a, first.at(n), place);
          assertEquals(b, second.at(n), place);
          assertEquals(c, third.at(n), place);
        }
      }
    }
  }

  @Test
  void chainsOfWindowsStayOneDivision() {
    Extent attention = Extent.FRAME.window(3, 0, 2).window(7, 0, 3);
    assertEquals("(N-9)/6", attention.toString());
    assertEquals(25, attention.at(160));
    assertEquals(18, attention.at(120));
  }

  @Test
  void wholeFactorsCancel() {
    assertEquals(Extent.FRAME, Extent.FRAME.times(4).dividedBy(4));
    assertEquals("2N", Extent.FRAME.times(2).toString());
    assertEquals(Extent.constant(5), Extent.constant(11).dividedBy(2));
    assertEquals(0.5, Extent.FRAME.window(2, 0, 4).times(2).perFrame());
  }
}
