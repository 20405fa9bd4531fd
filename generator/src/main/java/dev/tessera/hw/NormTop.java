package dev.tessera.hw;

/**
 * Where the tables of normalising units come from.
 *
 * @param source who fills them
 * @param banks tables held for each unit, of which every frame names one; 1 to {@link #MOST_BANKS}
 */
public record NormTop(Source source, int banks) {
  /** As many as the layout register of the host can state. */
  public static final int MOST_BANKS = 128;

  /** Who fills the tables. */
  public enum Source {
    /** Software, through registers. */
    HOST,
    /** Sums over the frame before the previous one. */
    TEMPORAL
  }

  /** Frames between the one whose sums make a table and the one that reads it. */
  public static final int LAG = 2;

  /**
   * Frames in which the sums of {@code units} normalising units make a table each: one unit follows
   * the other, in the order of the netlist, each after its predecessor's table is in use. Would all
   * of them follow at once, each would correct again what those before it correct.
   */
  public static int period(int units) {
    return LAG * units;
  }

  /** The frame of a period whose sums make the table of unit {@code index}. */
  public static int turn(int index) {
    return LAG * index;
  }

  /** Tables that follow from earlier frames. */
  public static NormTop temporal() {
    return new NormTop(Source.TEMPORAL, LAG);
  }

  /** Whether software fills the tables and every frame names its bank. */
  public boolean host() {
    return source == Source.HOST;
  }

  /** Whether the tables follow from earlier frames. */
  public boolean follows() {
    return source == Source.TEMPORAL;
  }

  public NormTop {
    if (banks < 1 || banks > MOST_BANKS) {
      throw new IllegalArgumentException(banks + " banks of tables");
    }
  }
}
