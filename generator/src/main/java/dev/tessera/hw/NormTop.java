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
    HOST
  }

  public NormTop {
    if (banks < 1 || banks > MOST_BANKS) {
      throw new IllegalArgumentException(banks + " banks of tables");
    }
  }
}
