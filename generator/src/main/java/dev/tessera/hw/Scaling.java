package dev.tessera.hw;

import java.math.BigInteger;
import java.util.Optional;

/**
 * One axis of a size as a function of another: {@code floor((n * mul + add) / div)}.
 *
 * @param mul 0 or more
 * @param add any sign
 * @param div 1 or more
 */
public record Scaling(int mul, int add, int div) {
  /** The size itself. */
  public static final Scaling SAME = new Scaling(1, 0, 1);

  public Scaling {
    if (mul < 0 || div < 1) {
      throw new IllegalArgumentException(mul + " / " + div);
    }
  }

  /** The size for {@code n}. */
  public int at(int n) {
    return Math.toIntExact(Math.floorDiv((long) n * mul + add, (long) div));
  }

  /** This function and then {@code next}, if one function of this form is exactly both. */
  public Optional<Scaling> then(Scaling next) {
    if (div == 1) {
      return Optional.of(reduced(mul * next.mul, add * next.mul + next.add, next.div));
    }
    if (next.mul <= 1) {
      // Floors nest: dividing the floor of a quotient again is dividing by the product.
      return next.mul == 0
          ? Optional.of(new Scaling(0, Math.floorDiv(next.add, next.div), 1))
          : Optional.of(reduced(mul, add + next.add * div, div * next.div));
    }
    return Optional.empty();
  }

  /** A common factor of {@code mul} and {@code div} is one of the whole, rounded down. */
  private static Scaling reduced(int mul, int add, int div) {
    int common = BigInteger.valueOf(mul).gcd(BigInteger.valueOf(div)).intValueExact();
    return new Scaling(mul / common, Math.floorDiv(add, common), div / common);
  }
}
