package io.intermodal.migrate.guest;

import java.util.List;

/** Splits the output of a command into lines, never more than anybody needs. */
final class OutputLines {

  /** Most lines that are looked at. */
  static final int MAX_LINES = 20_000;

  /** Most entries that are taken from one output. */
  static final int MAX_ENTRIES = 5_000;

  /** Longest line that is looked at. */
  static final int MAX_LENGTH = 4_000;

  private OutputLines() {}

  static List<String> of(String output) {
    return output.lines().limit(MAX_LINES).filter(line -> line.length() <= MAX_LENGTH).toList();
  }

  /** Returns the first line that says something, for a message. */
  static String first(String output) {
    return output
        .lines()
        .limit(MAX_LINES)
        .map(Printable::shortened)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse("nothing was written");
  }

  /** Splits a line at white space, at most 200 words. */
  static List<String> words(String line) {
    String stripped = line.strip();
    return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+", 200));
  }
}
