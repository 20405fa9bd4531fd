package dev.tessera.unit.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bits that the published encoder makes. */
@Tag("fast")
class EbpcVectorsTest {
  @ParameterizedTest
  @CsvSource({
    "5 5 5 5 5 5 5 5, 00000101001111",
    "1 2 3 4 5 6 7 8, 000000010000000000001101",
    "12 9 14 10 11 13 8 12, 0000110011101010111011001111011110100011001011"
  })
  void blocks(String values, String bits) {
    int[] block = new int[8];
    String[] words = values.split(" ");
    for (int i = 0; i < 8; i++) {
      block[i] = Integer.parseInt(words[i]);
    }
    BitString made = new BitString();
    new BitPlanes(8).appendBlock(block, made);
    assertEquals(bits, made.toString());
  }

  @Test
  void zeros() {
    BitString made = new BitString();
    ZeroRuns.append(new int[] {0, 0, 3, 0, 7}, made);
    assertEquals("000011000001", made.toString());
  }
}
