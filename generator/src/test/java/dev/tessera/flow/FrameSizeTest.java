package dev.tessera.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class FrameSizeTest {
  @Test
  void readsWidthFirst() {
    assertEquals(new FrameSize(1920, 1080), FrameSize.parse("1920x1080"));
    assertEquals("1920x1080", FrameSize.parse("1920X1080").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "64", "64x", "x48", "64x48x3", "-64x48", "6.4x48", "0x48", "64x16385"})
  void refusesAnythingElse(String text) {
    assertThrows(IllegalArgumentException.class, () -> FrameSize.parse(text));
  }
}
