package dev.tessera.unit.conv;

/**
 * How a convolution shares its multipliers. There are {@code positions * groupsParallel * pe *
 * simd} products per clock; none of the numbers needs to divide what it cuts.
 *
 * @param positions P, neighbouring output positions computed together with the same weights
 * @param groupsParallel Gp, groups computed together
 * @param pe p, output channels of a group computed together
 * @param simd s, taps of one dot product computed together
 */
public record ConvFold(int positions, int groupsParallel, int pe, int simd) {
  /** Products per clock. */
  public int products() {
    return Math.multiplyExact(
        Math.multiplyExact(positions, groupsParallel), Math.multiplyExact(pe, simd));
  }

  /** Products that have an operand in common with one other: outputs of a group two by two. */
  public int pairs() {
    return Math.multiplyExact(Math.multiplyExact(positions, groupsParallel), pe / 2 * simd);
  }

  /** For reports: {@code P=2 Gp=4 pe=8 simd=8}. */
  @Override
  public String toString() {
    return "P=" + positions + " Gp=" + groupsParallel + " pe=" + pe + " simd=" + simd;
  }
}
