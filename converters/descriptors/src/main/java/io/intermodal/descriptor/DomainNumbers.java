package io.intermodal.descriptor;

import io.intermodal.xml.XmlElement;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the numbers of domain XML. */
final class DomainNumbers {

  private static final Pattern WHOLE = Pattern.compile("\\+?[0-9]{1,20}");
  private static final Pattern DEVICE = Pattern.compile("(?:[hsvf]d|xvd)([a-z]{1,3})");

  private DomainNumbers() {}

  /**
   * Reads a scaled number; without a unit it counts KiB.
   *
   * @return empty when it is no number, zero, of an unknown unit, or more than fits
   */
  static OptionalLong bytes(XmlElement element) {
    OptionalLong number = whole(element.text());
    long factor = factor(element.attribute("", "unit").orElse("KiB"));
    if (number.isEmpty() || factor == 0 || number.getAsLong() == 0) {
      return OptionalLong.empty();
    }
    return number.getAsLong() > Long.MAX_VALUE / factor
        ? OptionalLong.empty()
        : OptionalLong.of(number.getAsLong() * factor);
  }

  /** Knows libvirt's units: {@code KB} counts in thousands, {@code k} and {@code KiB} do not. */
  private static long factor(String unit) {
    String word = unit.strip().toLowerCase(Locale.ROOT);
    if (word.equals("b") || word.equals("byte") || word.equals("bytes")) {
      return 1;
    }
    int power = word.isEmpty() ? -1 : "kmgtpe".indexOf(word.charAt(0));
    if (power < 0) {
      return 0;
    }
    long base =
        switch (word.substring(1)) {
          case "", "ib" -> 1024;
          case "b" -> 1000;
          default -> 0;
        };
    long factor = base == 0 ? 0 : 1;
    for (int i = 0; i <= power; i++) {
      factor *= base;
    }
    return factor;
  }

  /** Reads a whole number from 0; empty when it is none or does not fit. */
  static OptionalLong whole(String text) {
    String number = text.strip();
    if (!WHOLE.matcher(number).matches()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(number));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Reads a count from 1; empty when it is none or does not fit. */
  static OptionalInt count(String text) {
    OptionalLong number = whole(text);
    return number.isEmpty() || number.getAsLong() < 1 || number.getAsLong() > Integer.MAX_VALUE
        ? OptionalInt.empty()
        : OptionalInt.of((int) number.getAsLong());
  }

  /** Returns the place that the letters of a device name count: 0 for {@code vda}, 26 for vdaa. */
  static OptionalInt indexOf(String device) {
    Matcher matcher = DEVICE.matcher(device);
    if (!matcher.matches()) {
      return OptionalInt.empty();
    }
    int index = 0;
    for (char letter : matcher.group(1).toCharArray()) {
      index = index * 26 + (letter - 'a' + 1);
    }
    return OptionalInt.of(index - 1);
  }

  /** Returns the letters that count a place. */
  static String letters(int index) {
    StringBuilder letters = new StringBuilder();
    for (int rest = index + 1; rest > 0; rest = (rest - 1) / 26) {
      letters.insert(0, (char) ('a' + (rest - 1) % 26));
    }
    return letters.toString();
  }
}
