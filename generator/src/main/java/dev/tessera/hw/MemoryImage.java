package dev.tessera.hw;

import java.math.BigInteger;
import java.util.List;

/**
 * Initial contents of a memory, written as a {@code $readmemh} file of one word per line.
 *
 * @param file file name, unique in the design
 * @param width bits of a word
 * @param words unsigned contents, word 0 first
 */
public record MemoryImage(String file, int width, List<BigInteger> words) {
  public MemoryImage {
    words = List.copyOf(words);
  }
}
