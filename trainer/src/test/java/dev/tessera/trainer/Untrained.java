package dev.tessera.trainer;

import java.util.Random;

/** A small network that nobody has trained, for tests elsewhere. */
public final class Untrained {
  private Untrained() {}

  /** The same at every call. */
  public static Network network() {
    return Network.random(4, 1, new Random(9));
  }
}
