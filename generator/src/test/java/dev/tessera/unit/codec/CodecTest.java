package dev.tessera.unit.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tessera.hw.Frame;
import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds for every codec, whatever the map. */
@Tag("fast")
class CodecTest {
  private static final StreamType LARGE = new StreamType(8, 8, FixedType.UINT8, 64, 64);

  @TestFactory
  Stream<DynamicTest> givesMapsBackWithinItsErrorAndItsBound() {
    return Maps.codecs().stream()
        .map(codec -> DynamicTest.dynamicTest(codec.name(), () -> requireFaithful(codec)));
  }

  private static void requireFaithful(Codec codec) {
    int taken = 0;
    for (StreamType map : Maps.streams()) {
      if (codec.takes(map)) {
        taken++;
        for (int kind = 0; kind < Maps.KINDS; kind++) {
          Frame frame = Maps.of(map, kind, new Random(kind));
          requireFaithful(codec, map, frame, map + ", kind " + kind);
        }
      }
    }
    assertTrue(taken > 0, "no stream was taken");
  }

  private static Frame requireFaithful(Codec codec, StreamType map, Frame frame, String what) {
    Frame words = codec.encode(map, frame);
    words.require(FixedType.UINT8, what);
    assertTrue(words.width() <= Codec.mostWords(map), () -> what + ": " + words.width());
    Frame back = codec.decode(map, words);
    back.require(map.type(), what);
    int largest = 0;
    for (int i = 0; i < frame.data().length; i++) {
      largest = Math.max(largest, Math.abs(frame.data()[i] - back.data()[i]));
    }
    assertTrue(largest <= codec.maxError(map), what + ": error " + largest);
    return words;
  }

  @Test
  void boundIsTheRawSizeAndASixtyFourthInWholeWords() {
    assertEquals(4160, Codec.mostWords(LARGE));
    assertEquals(new StreamType(8, 8, FixedType.UINT8, 4160, 1), Codec.words(LARGE));
    StreamType narrow = new StreamType(3, 1, new FixedType(true, 9), 4, 5);
    assertEquals(18, Codec.mostWords(narrow), "540 bits and 8 more in words of 32");
  }

  @Test
  void rawIsTheValuesOneAfterTheOther() {
    StreamType map = new StreamType(4, 2, new FixedType(true, 4), 2, 1);
    Frame frame = new Frame(4, 1, 2, new int[] {1, 2, -1, -2, 3, 4, -3, -4});
    int[] expected = {0xf1, 0xd3, 0xe2, 0xc4};
    assertArrayEquals(expected, new RawCodec().encode(map, frame).data());
  }

  @Test
  void zvcTakesABitPerZero() {
    Frame words = new ZvcCodec().encode(LARGE, new Frame(8, 64, 64));
    assertEquals(64 * 64 * 8 / 64, words.width());
  }

  @Test
  void zvcStoresAMaskAndTheOtherValues() {
    Frame frame = new Frame(8, 64, 64);
    frame.data()[frame.index(1, 0, 0)] = 7;
    frame.data()[frame.index(6, 0, 0)] = 0xa5;
    Frame words = new ZvcCodec().encode(LARGE, frame);
    assertEquals(0x42, words.at(0, 0, 0));
    assertEquals(7, words.at(1, 0, 0));
    assertEquals(0xa5, words.at(2, 0, 0));
    assertEquals(0, words.at(3, 0, 0));
  }

  @Test
  void zvcStopsPayingForMasksThatDoNotHelp() {
    Frame dense = Maps.of(LARGE, 1, new Random(1));
    int words = new ZvcCodec().encode(LARGE, dense).width();
    assertTrue(words > 4096 && words <= 4096 + 33, "half of what may be lost: " + words);
  }

  @Test
  void zvcPaysAgainOnceZerosCome() {
    Frame mixed = new Frame(8, 64, 64);
    for (int i = 0; i < mixed.data().length; i++) {
      mixed.data()[i] = i / 64 % 64 < 32 ? 255 : 0;
    }
    int words = new ZvcCodec().encode(LARGE, mixed).width();
    assertTrue(words < 2048 + 256 + 40, "dense half raw, zeros an eighth: " + words);
  }

  @Test
  void medStoresFourFlatBeatsInTwelveBits() {
    int words = new MedCodec(0).encode(LARGE, new Frame(8, 64, 64)).width();
    assertTrue(words * 64 <= 64 * 64 / 4 * 12 + 8 * 80, "words: " + words);
  }

  @Test
  void medKeepsItsBoundAgainstAnAdversary() {
    for (int error = 0; error < 3; error++) {
      MedCodec codec = new MedCodec(error);
      for (StreamType map : Maps.streams()) {
        if (codec.takes(map)) {
          requireFaithful(codec, map, MedAdversary.of(codec, map), codec.name() + " on " + map);
        }
      }
    }
  }

  @Test
  void medLosesNothingButWhatItMay() {
    MedCodec codec = new MedCodec(2);
    assertEquals(52, codec.levels(FixedType.UINT8));
    for (int value = 0; value < 256; value++) {
      int back = codec.restored(FixedType.UINT8, codec.quantised(FixedType.UINT8, value));
      assertEquals((value + 2) / 5 * 5, back == 255 ? 255 : back);
    }
  }
}
