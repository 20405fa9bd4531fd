package dev.tessera.hw;

import dev.tessera.num.TableCodes;

/**
 * Where the tables of normalising units come from.
 *
 * @param source who fills them
 * @param banks tables held for each unit, of which every frame names one; 1 to {@link #MOST_BANKS}
 * @param branch what a statistics branch gives; null unless it is the source
 * @param crops of which sums are taken; null unless they are the source
 */
public record NormTop(Source source, int banks, Branch branch, Crops crops) {
  /** As many as the layout register of the host can state. */
  public static final int MOST_BANKS = 128;

  /** Who fills the tables. */
  public enum Source {
    /** Software, through registers. */
    HOST,
    /** Sums over the frame before the previous one. */
    TEMPORAL,
    /** A branch of the network that looks at the frame before the previous one. */
    LEARNED,
    /** Sums over crops of the frame, which go through before it. */
    THUMBNAIL,
    /** Sums over the frame itself, which is stored meanwhile. */
    EXACT
  }

  /** Frames between the one whose statistics make a table and the one that reads it. */
  public static final int LAG = 2;

  /**
   * Frames whose tables may have been announced to a unit and not have been sent to it, where a
   * branch gives them. With {@link #BRANCH_BANKS} banks none is written before it was sent.
   */
  public static final int BRANCH_WAITING = 4;

  private static final int BRANCH_BANKS = 8;

  /**
   * The end of a statistics branch.
   *
   * @param link the stream of its codes, one per beat: of every entry, in the order of {@link
   *     TableLayout}, its multiplier and its offset
   * @param codes what they stand for
   */
  public record Branch(String link, TableCodes codes) {}

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

  /** Tables that software fills. */
  public static NormTop host(int banks) {
    return new NormTop(Source.HOST, banks, null, null);
  }

  /** Tables that follow from sums over earlier frames. */
  public static NormTop temporal() {
    return new NormTop(Source.TEMPORAL, LAG, null, null);
  }

  /** Tables that a statistics branch makes of earlier frames. */
  public static NormTop learned(Branch branch) {
    return new NormTop(Source.LEARNED, BRANCH_BANKS, branch, null);
  }

  /** Tables that follow from sums over crops of the frame, which go through before it. */
  public static NormTop thumbnail(Crops crops) {
    return new NormTop(Source.THUMBNAIL, 1, null, crops);
  }

  /** Tables that follow from sums over the frame itself, whose maps are stored meanwhile. */
  public static NormTop exact() {
    return new NormTop(Source.EXACT, 1, null, null);
  }

  /** Whether software fills the tables and every frame names its bank. */
  public boolean host() {
    return source == Source.HOST;
  }

  /** Whether the tables follow from earlier frames. */
  public boolean follows() {
    return source == Source.TEMPORAL || source == Source.LEARNED;
  }

  /** Whether the tables follow from sums in hardware, over this frame or earlier ones. */
  public boolean sums() {
    return source == Source.TEMPORAL || own();
  }

  /** Whether the tables of a frame follow from nothing but itself, in hardware. */
  public boolean own() {
    return crops != null || exactly();
  }

  /** Whether every frame has the table of its own sums. */
  public boolean exactly() {
    return source == Source.EXACT;
  }

  public NormTop {
    if (banks < 1 || banks > MOST_BANKS) {
      throw new IllegalArgumentException(banks + " banks of tables");
    }
    if (branch == null == (source == Source.LEARNED)) {
      throw new IllegalArgumentException("a branch belongs to tables that one gives");
    }
    if (crops == null == (source == Source.THUMBNAIL)) {
      throw new IllegalArgumentException("crops belong to tables that follow from them");
    }
  }
}
