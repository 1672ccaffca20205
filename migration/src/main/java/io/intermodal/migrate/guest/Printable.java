package io.intermodal.migrate.guest;

/** Makes text of a guest fit for a message. */
final class Printable {

  private static final int LONGEST = 200;

  private Printable() {}

  /** Returns the text in one line of at most 200 characters without control characters. */
  static String shortened(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && out.length() < LONGEST; i++) {
      char c = text.charAt(i);
      out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? ' ' : c);
    }
    String line = out.toString().strip();
    return text.length() > LONGEST ? line + "…" : line;
  }
}
