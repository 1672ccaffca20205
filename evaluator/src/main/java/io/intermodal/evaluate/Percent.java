package io.intermodal.evaluate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An exact percentage from 0 to 1000 with at most four decimals. Shares are compared with it as
 * exact fractions, never in floating point.
 */
public final class Percent implements Comparable<Percent> {
  private static final int DECIMALS = 4;
  private static final long UNITS_PER_WHOLE = 1_000_000;
  private static final long MAX_UNITS = 10 * UNITS_PER_WHOLE;

  /** Ten-thousandths of a percent. */
  private final long units;

  private Percent(long units) {
    this.units = units;
  }

  /**
   * Reads a percentage, such as {@code 10} or {@code 33.3}.
   *
   * @throws IllegalArgumentException if the text is no plain decimal number, is out of range or has
   *     more than four decimals
   */
  public static Percent of(String text) {
    Objects.requireNonNull(text, "text");
    if (!text.matches("[0-9]{1,4}(\\.[0-9]{1,4})?")) {
      throw refused(text);
    }
    long units = new BigDecimal(text).movePointRight(DECIMALS).longValueExact();
    if (units > MAX_UNITS) {
      throw refused(text);
    }
    return new Percent(units);
  }

  /**
   * Returns a whole percentage.
   *
   * @throws IllegalArgumentException if it is below 0 or above 1000
   */
  public static Percent of(int percent) {
    Checks.range(percent, 0, 1000, "percent");
    return new Percent(percent * 10_000L);
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "cannot read percentage \""
            + Words.shortened(text)
            + "\": expected a number from 0 to 1000 with at most four decimals");
  }

  /**
   * Compares a share with this percentage, exactly.
   *
   * @param part the part, 0 or more
   * @param whole the whole, 1 or more
   * @return a negative number, 0 or a positive number as {@code part / whole} is below, equal to or
   *     above this percentage
   */
  public int compareShare(long part, long whole) {
    if (part < 0 || whole < 1) {
      throw new IllegalArgumentException("not a share: " + part + " of " + whole);
    }
    if (part <= Long.MAX_VALUE / UNITS_PER_WHOLE && whole <= Long.MAX_VALUE / MAX_UNITS) {
      return Long.compare(part * UNITS_PER_WHOLE, whole * units);
    }
    return BigInteger.valueOf(part)
        .multiply(BigInteger.valueOf(UNITS_PER_WHOLE))
        .compareTo(BigInteger.valueOf(whole).multiply(BigInteger.valueOf(units)));
  }

  @Override
  public int compareTo(Percent other) {
    return Long.compare(units, other.units);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Percent percent && units == percent.units;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(units);
  }

  /** Returns the shortest text that {@link #of(String)} reads back. */
  @Override
  public String toString() {
    return units == 0
        ? "0"
        : BigDecimal.valueOf(units, DECIMALS).stripTrailingZeros().toPlainString();
  }
}
