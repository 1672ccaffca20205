package io.intermodal.ovf;

import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads numbers: what is none is null and a finding, never an exception or zero. */
final class Numbers {

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,100}");
  private static final Pattern PLACEHOLDER =
      Pattern.compile("(@@.*@@|\\{.*}|\\$\\{.*}|%.*%|<.*>|\\$[A-Za-z_]+)", Pattern.DOTALL);

  private Numbers() {}

  static @Nullable BigInteger whole(
      @Nullable String text, String what, XmlElement at, Findings findings) {
    if (text == null) {
      return null;
    }
    String stripped = text.strip();
    if (WHOLE.matcher(stripped).matches()) {
      return new BigInteger(stripped);
    }
    report(stripped, what, at, findings);
    return null;
  }

  /** Reads a number that must not be negative and must fit a long. */
  static @Nullable Long size(@Nullable String text, String what, XmlElement at, Findings findings) {
    BigInteger number = whole(text, what, at, findings);
    if (number == null) {
      return null;
    }
    if (number.signum() < 0 || number.bitLength() >= Long.SIZE) {
      findings.add(
          FindingCode.NUMBER_INVALID,
          at,
          what + " is out of range: " + Texts.shorten(number.toString()));
      return null;
    }
    return number.longValue();
  }

  static @Nullable Integer small(
      @Nullable String text, String what, XmlElement at, Findings findings) {
    Long number = size(text, what, at, findings);
    if (number != null && number > Integer.MAX_VALUE) {
      findings.add(FindingCode.NUMBER_INVALID, at, what + " is out of range: " + number);
      return null;
    }
    return number == null ? null : number.intValue();
  }

  static void report(String text, String what, XmlElement at, Findings findings) {
    if (placeholder(text)) {
      findings.add(
          FindingCode.PLACEHOLDER,
          at,
          what + " is a placeholder that was never filled: " + Texts.shorten(text));
    } else {
      findings.add(
          FindingCode.NUMBER_INVALID,
          at,
          what + " is not a number: " + (text.isEmpty() ? "it is empty" : Texts.shorten(text)));
    }
  }

  static boolean placeholder(String text) {
    return PLACEHOLDER.matcher(text.strip()).matches();
  }
}
