package io.intermodal.ovf;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds a unit: a base and an exact factor. Programmatic units (DSP0004, annex "Programmatic
 * Units": {@code byte * 2^20}) and the words that were written before them ({@code MegaBytes},
 * {@code MHz}) are read; bytes in words are binary, as in every product that writes them.
 *
 * @param base the base unit in lower case, singular: byte, hertz, second, count
 * @param numerator the factor's upper part, positive
 * @param denominator the factor's lower part, positive
 */
public record ProgrammaticUnit(String base, BigInteger numerator, BigInteger denominator) {

  /** What an absent unit of a quantity of storage means. */
  public static final ProgrammaticUnit BYTE =
      new ProgrammaticUnit("byte", BigInteger.ONE, BigInteger.ONE);

  /** Far above every unit in use, far below what would fill the memory. */
  private static final int MAX_EXPONENT = 200;

  private static final Pattern BASE = Pattern.compile("\\s*([A-Za-z]+)\\s*");
  private static final Pattern FACTOR =
      Pattern.compile("([*/])\\s*([0-9]{1,30})\\s*(?:\\^\\s*([+-]?)([0-9]{1,3})\\s*)?");
  private static final Pattern WORD =
      Pattern.compile("(k|kilo|ki|kibi|m|mega|mi|mebi|g|giga|gi|gibi|t|tera|ti|tebi)(b|bytes?)");
  private static final String PREFIXES = "kmgt";
  private static final Map<String, Integer> HERTZ =
      Map.of("hz", 0, "khz", 3, "kilohertz", 3, "mhz", 6, "megahertz", 6, "ghz", 9, "gigahertz", 9);

  /** Validates that the factor is positive. */
  public ProgrammaticUnit {
    Objects.requireNonNull(base, "base");
    if (numerator.signum() <= 0 || denominator.signum() <= 0) {
      throw new IllegalArgumentException("the factor of a unit must be positive");
    }
  }

  /** Reads a unit; empty when it is none. */
  public static Optional<ProgrammaticUnit> parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    Matcher bytes = WORD.matcher(word);
    if (bytes.matches()) {
      return Optional.of(
          new ProgrammaticUnit(
              "byte",
              BigInteger.TWO.pow(10 * (1 + PREFIXES.indexOf(word.charAt(0)))),
              BigInteger.ONE));
    }
    Integer hertz = HERTZ.get(word);
    if (hertz != null) {
      return Optional.of(new ProgrammaticUnit("hertz", BigInteger.TEN.pow(hertz), BigInteger.ONE));
    }
    return parseProgrammatic(word);
  }

  private static Optional<ProgrammaticUnit> parseProgrammatic(String text) {
    Matcher base = BASE.matcher(text);
    if (!base.lookingAt()) {
      return Optional.empty();
    }
    BigInteger numerator = BigInteger.ONE;
    BigInteger denominator = BigInteger.ONE;
    int at = base.end();
    Matcher factor = FACTOR.matcher(text);
    while (at < text.length()) {
      factor.region(at, text.length());
      if (!factor.lookingAt()) {
        return Optional.empty();
      }
      int exponent = factor.group(4) == null ? 1 : Integer.parseInt(factor.group(4));
      BigInteger number = new BigInteger(factor.group(2));
      if (exponent > MAX_EXPONENT || number.signum() == 0) {
        return Optional.empty();
      }
      boolean up = factor.group(1).equals("*") != "-".equals(factor.group(3));
      BigInteger value = number.pow(exponent);
      numerator = up ? numerator.multiply(value) : numerator;
      denominator = up ? denominator : denominator.multiply(value);
      if (numerator.bitLength() > 4096 || denominator.bitLength() > 4096) {
        return Optional.empty();
      }
      at = factor.end();
    }
    return Optional.of(of(base.group(1), numerator, denominator));
  }

  private static ProgrammaticUnit of(String word, BigInteger numerator, BigInteger denominator) {
    String base = word.equals("bytes") ? "byte" : word;
    boolean bit = base.equals("bit");
    BigInteger lower = bit ? denominator.shiftLeft(3) : denominator;
    BigInteger gcd = numerator.gcd(lower);
    return new ProgrammaticUnit(bit ? "byte" : base, numerator.divide(gcd), lower.divide(gcd));
  }

  /** Returns a quantity of this unit in the base unit; empty when that is no whole long. */
  public OptionalLong inBase(BigInteger quantity) {
    BigInteger[] parts = quantity.multiply(numerator).divideAndRemainder(denominator);
    return parts[1].signum() == 0 && parts[0].bitLength() < Long.SIZE
        ? OptionalLong.of(parts[0].longValue())
        : OptionalLong.empty();
  }

  /** Returns the unit in DSP0004's words with a factor written out: {@code byte * 1048576}. */
  @Override
  public String toString() {
    return base
        + (numerator.equals(BigInteger.ONE) ? "" : " * " + numerator)
        + (denominator.equals(BigInteger.ONE) ? "" : " / " + denominator);
  }
}
