package dev.tessera.unit.fork;

import dev.tessera.hw.StreamType;
import dev.tessera.num.FixedType;
import java.util.ArrayList;
import java.util.List;

/** Forks of every size. */
public final class ForkSamples {
  private ForkSamples() {}

  /** All samples; the same at every call. */
  public static List<ForkSpec> all() {
    List<ForkSpec> all = new ArrayList<>();
    for (int n = 2; n <= ForkSpec.MAX_OUTPUTS; n++) {
      StreamType type = new StreamType(5, n % 3 + 1, new FixedType(true, 7), 6, 4);
      all.add(new ForkSpec("fork" + n, type, n));
    }
    return all;
  }
}
