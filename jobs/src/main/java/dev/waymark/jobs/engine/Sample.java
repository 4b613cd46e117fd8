package dev.waymark.jobs.engine;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Numbers that were learnt, as their count, sum and sum of squares. Exact, so a verdict depends
 * neither on the order in which they came nor on how many there were.
 */
public record Sample(long n, BigInteger sum, BigInteger squares) {
  public static final Sample EMPTY = new Sample(0, BigInteger.ZERO, BigInteger.ZERO);

  public Sample plus(long value) {
    BigInteger exact = BigInteger.valueOf(value);
    return new Sample(n + 1, sum.add(exact), squares.add(exact.multiply(exact)));
  }

  /** Of at least one number. */
  public double mean() {
    return sum.doubleValue() / n;
  }

  /** The standard deviation of a sample (n - 1), of at least two numbers. */
  public double deviation() {
    return Math.sqrt(scaledVariance().doubleValue() / ((double) n * n * (n - 1)));
  }

  /** Where a number lies: below, at or above the mean. */
  public int side(long value) {
    return scaledDistance(value).signum();
  }

  /**
   * Whether a number lies within mean ± {@code zeta} · deviation, both ends included; of at least
   * two numbers. Squared and multiplied by n² (n - 1), so that nothing is rounded.
   *
   * @param leastDeviation what the deviation is taken for where it is smaller
   */
  public boolean isWithin(long value, double zeta, long leastDeviation) {
    BigInteger degrees = BigInteger.valueOf(n - 1);
    BigInteger distance = scaledDistance(value).pow(2).multiply(degrees);
    BigInteger least = BigInteger.valueOf(leastDeviation).multiply(BigInteger.valueOf(n)).pow(2);
    BigInteger allowed = scaledVariance().max(least.multiply(degrees));
    return new BigDecimal(distance)
            .compareTo(new BigDecimal(allowed).multiply(new BigDecimal(zeta).pow(2)))
        <= 0;
  }

  /** n times the distance from the mean. */
  private BigInteger scaledDistance(long value) {
    return BigInteger.valueOf(n).multiply(BigInteger.valueOf(value)).subtract(sum);
  }

  /** n² (n - 1) times the variance. */
  private BigInteger scaledVariance() {
    BigInteger count = BigInteger.valueOf(n);
    return count.multiply(count.multiply(squares).subtract(sum.pow(2)));
  }
}
