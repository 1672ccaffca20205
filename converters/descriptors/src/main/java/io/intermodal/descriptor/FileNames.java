package io.intermodal.descriptor;

/** Makes names of files from names of machines. */
final class FileNames {

  private static final int MOST = 60;

  private FileNames() {}

  /**
   * Returns a name that every system, archive and product takes: ASCII letters, digits, dots,
   * hyphens and underlines, no dot or hyphen at its start, at most 60 characters; {@code machine}
   * when nothing else is left.
   */
  static String of(String machine) {
    String plain = machine.replaceAll("[^A-Za-z0-9._-]+", "_").replaceAll("^[._-]+|[._-]+$", "");
    String start = plain.substring(0, Math.min(MOST, plain.length()));
    return start.isEmpty() ? "machine" : start;
  }
}
