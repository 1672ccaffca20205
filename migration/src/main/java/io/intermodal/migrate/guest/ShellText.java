package io.intermodal.migrate.guest;

import java.nio.charset.StandardCharsets;

/** Writes text so that a POSIX shell reads it as it is. */
final class ShellText {

  private ShellText() {}

  /** Puts single quotes around a text. */
  static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /**
   * Writes bytes for {@code printf %b} in letters that every terminal lets pass: no control
   * character, no quote, no white space but the blank.
   */
  static String escape(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length + bytes.length / 4);
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      if ((c >= '0' && c <= '9')
          || (c >= 'A' && c <= 'Z')
          || (c >= 'a' && c <= 'z')
          || " _./:,=+-".indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append("\\0").append((char) ('0' + (c >> 6)));
        out.append((char) ('0' + (c >> 3 & 7))).append((char) ('0' + (c & 7)));
      }
    }
    return out.toString();
  }

  static String escape(String text) {
    return escape(text.getBytes(StandardCharsets.UTF_8));
  }
}
