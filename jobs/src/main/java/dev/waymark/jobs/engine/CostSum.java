package dev.waymark.jobs.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A sum of amounts of at least 0 with the rounding errors carried along (Neumaier 1974): the result
 * is the exact sum rounded once, so it does not depend on the order in which the amounts came. What
 * no double can hold stays at the largest one.
 */
public final class CostSum {
  private double high;
  private double low;

  public void add(double amount) {
    double sum = high + amount;
    if (Double.isInfinite(sum)) {
      high = Double.MAX_VALUE;
      low = 0;
      return;
    }
    double part = sum - high;
    low += (high - (sum - part)) + (amount - part);
    high = sum;
  }

  public void add(CostSum other) {
    add(other.high);
    add(other.low);
  }

  public double value() {
    return high + low;
  }

  public void write(DataOutput out) throws IOException {
    out.writeDouble(high);
    out.writeDouble(low);
  }

  public static CostSum read(DataInput in) throws IOException {
    CostSum sum = new CostSum();
    sum.high = in.readDouble();
    sum.low = in.readDouble();
    return sum;
  }
}
