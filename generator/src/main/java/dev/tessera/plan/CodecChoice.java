package dev.tessera.plan;

/** Chooses a codec for every map: as few bytes as a bound on the error of the output allows. */
public final class CodecChoice {
  private static final int STEPS = 60;

  private CodecChoice() {}

  /**
   * The choice of each map that makes the sum of bytes small while the sum of errors is at most
   * {@code budget}: the best of those that weigh a byte against an error alike everywhere.
   *
   * @param bytes per map and choice
   * @param errors per map and choice, what the choice adds to the mean square error of the output;
   *     every map has a choice that adds none
   */
  public static int[] of(double[][] bytes, double[][] errors, double budget) {
    int[] best = weighed(bytes, errors, 0);
    if (sum(errors, best) <= budget) {
      return best;
    }
    double low = 0;
    double high = 1;
    best = weighed(bytes, errors, high);
    while (sum(errors, best) > budget) {
      low = high;
      high *= 4;
      best = weighed(bytes, errors, high);
    }
    for (int i = 0; i < STEPS; i++) {
      double middle = (low + high) / 2;
      int[] choice = weighed(bytes, errors, middle);
      if (sum(errors, choice) <= budget) {
        best = choice;
        high = middle;
      } else {
        low = middle;
      }
    }
    return best;
  }

  /** The cheapest choices at {@code weight} bytes for an error of 1; of equal ones, the exact. */
  private static int[] weighed(double[][] bytes, double[][] errors, double weight) {
    int[] choice = new int[bytes.length];
    for (int m = 0; m < choice.length; m++) {
      for (int c = 1; c < bytes[m].length; c++) {
        double cost = bytes[m][c] + weight * errors[m][c];
        double least = bytes[m][choice[m]] + weight * errors[m][choice[m]];
        if (cost < least || cost == least && errors[m][c] < errors[m][choice[m]]) {
          choice[m] = c;
        }
      }
    }
    return choice;
  }

  private static double sum(double[][] errors, int[] choice) {
    double sum = 0;
    for (int m = 0; m < choice.length; m++) {
      sum += errors[m][choice[m]];
    }
    return sum;
  }
}
