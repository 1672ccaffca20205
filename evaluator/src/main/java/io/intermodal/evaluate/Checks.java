package io.intermodal.evaluate;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the values of this package refuse. */
final class Checks {
  private Checks() {}

  static String text(String value, String component) {
    Objects.requireNonNull(value, component);
    if (value.isBlank()) {
      throw new IllegalArgumentException(component + " must not be blank");
    }
    return value;
  }

  static void textOrAbsent(@Nullable String value, String component) {
    if (value != null) {
      text(value, component);
    }
  }

  /** Text that fits into one quoted string of a rule file. */
  static String line(String value, String component, int maxLength) {
    text(value, component);
    if (value.length() > maxLength) {
      throw new IllegalArgumentException(
          component + " must have at most " + maxLength + " characters: " + value.length());
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(component + " must not contain control characters");
    }
    return value;
  }

  static void range(long value, long min, long max, String component) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          component + " must be from " + min + " to " + max + ": " + value);
    }
  }
}
