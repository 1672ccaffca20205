package io.intermodal.ovf.edit;

import io.intermodal.ovf.ProgrammaticUnit;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes units as DSP0004 has them. */
final class UnitWords {

  private static final Pattern PROGRAMMATIC =
      Pattern.compile(
          "(byte|bit|hertz|second|count)(\\s*[*/]\\s*[0-9]+(\\s*\\^\\s*[+-]?[0-9]+)?)*");

  private UnitWords() {}

  /** Returns the programmatic form of a unit; the text itself when it is that or is not known. */
  static String programmatic(String text) {
    if (PROGRAMMATIC.matcher(text.strip()).matches()) {
      return text;
    }
    Optional<ProgrammaticUnit> unit = ProgrammaticUnit.parse(text);
    if (unit.isEmpty() || !PROGRAMMATIC.matcher(unit.get().base()).matches()) {
      return text;
    }
    return unit.get().base() + factor(unit.get());
  }

  private static String factor(ProgrammaticUnit unit) {
    BigInteger up = unit.numerator();
    if (!unit.denominator().equals(BigInteger.ONE)) {
      return " * " + up + " / " + unit.denominator();
    }
    if (up.equals(BigInteger.ONE)) {
      return "";
    }
    if (up.bitCount() == 1) {
      return " * 2^" + up.getLowestSetBit();
    }
    String digits = up.toString();
    int zeros = digits.length() - 1;
    return up.equals(BigInteger.TEN.pow(zeros)) ? " * 10^" + zeros : " * " + up;
  }
}
