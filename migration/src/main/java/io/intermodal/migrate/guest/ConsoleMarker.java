package io.intermodal.migrate.guest;

import java.security.SecureRandom;

/**
 * A word that only the answer to a command has: the command names its two halves apart, so that its
 * own echo is not taken for the answer.
 */
record ConsoleMarker(String first, String second) {

  private static final SecureRandom RANDOM = new SecureRandom();

  static ConsoleMarker random() {
    return new ConsoleMarker(
        "im" + Long.toHexString(RANDOM.nextLong() | Long.MIN_VALUE),
        Long.toHexString(RANDOM.nextLong() | Long.MIN_VALUE));
  }

  String text() {
    return first + second;
  }

  /** Returns the command that writes it in a line of its own. */
  String command() {
    return command("");
  }

  /** Returns the command that writes it in a line of its own, with something behind it. */
  String command(String argument) {
    return "printf '\\n%s%s %s\\n' "
        + first
        + " "
        + second
        + " "
        + (argument.isEmpty() ? "." : argument);
  }
}
