package dev.waymark.testkit.reference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * Whether a number lies within mean ± zeta · sd of a sample, without rounding. The deviation is
 * that of a sample (n - 1).
 */
final class Spread {
  private final BigInteger n;
  private final BigInteger sum;
  private final BigInteger sumOfSquares;

  private Spread(BigInteger n, BigInteger sum, BigInteger sumOfSquares) {
    this.n = n;
    this.sum = sum;
    this.sumOfSquares = sumOfSquares;
  }

  /** Of at least two numbers. */
  static Spread of(List<Long> sample) {
    BigInteger sum = BigInteger.ZERO;
    BigInteger squares = BigInteger.ZERO;
    for (long value : sample) {
      BigInteger big = BigInteger.valueOf(value);
      sum = sum.add(big);
      squares = squares.add(big.multiply(big));
    }
    return new Spread(BigInteger.valueOf(sample.size()), sum, squares);
  }

  /** How far the number lies from the mean: below, at or above it. */
  int side(long value) {
    return distance(value).signum();
  }

  /**
   * |value - mean| &lt;= zeta · max(sd, least), squared and multiplied by n² (n - 1).
   *
   * @param least smallest deviation taken
   */
  boolean isWithin(long value, double zeta, long least) {
    BigInteger degrees = n.subtract(BigInteger.ONE);
    BigInteger left = distance(value).pow(2).multiply(degrees);
    BigInteger variance = n.multiply(n.multiply(sumOfSquares).subtract(sum.pow(2)));
    BigInteger floor = BigInteger.valueOf(least).pow(2).multiply(n.pow(2)).multiply(degrees);
    BigDecimal right = new BigDecimal(variance.max(floor)).multiply(new BigDecimal(zeta).pow(2));
    return new BigDecimal(left).compareTo(right) <= 0;
  }

  /** n times the distance from the mean. */
  private BigInteger distance(long value) {
    return n.multiply(BigInteger.valueOf(value)).subtract(sum);
  }
}
