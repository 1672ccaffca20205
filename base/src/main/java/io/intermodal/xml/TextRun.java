package io.intermodal.xml;

import org.jspecify.annotations.Nullable;

/**
 * Puts a run of character data together, which a parser hands over in pieces; mostly there is one.
 * What breaks lines and indents is one object each time.
 */
final class TextRun {

  private static final int LONGEST_SHARED = 64;

  private final @Nullable XmlText[] shared = new XmlText[LONGEST_SHARED + 1];
  private final StringBuilder more = new StringBuilder();
  private @Nullable XmlText first;

  /** Returns how many characters there are so far. */
  int length() {
    return first == null ? 0 : first.value().length() + more.length();
  }

  void append(char[] chars, int from, int length) {
    if (length == 0) {
      return;
    }
    if (first == null) {
      first = text(chars, from, length);
    } else {
      more.append(chars, from, length);
    }
  }

  private XmlText text(char[] chars, int from, int length) {
    if (length > LONGEST_SHARED || chars[from] != '\n') {
      return new XmlText(new String(chars, from, length));
    }
    XmlText there = shared[length];
    if (there == null || !matches(there.value(), chars, from)) {
      there = new XmlText(new String(chars, from, length));
      shared[length] = there;
    }
    return there;
  }

  private static boolean matches(String text, char[] chars, int from) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != chars[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the whole run and starts the next; null when there was none. */
  @Nullable XmlText take() {
    XmlText done = first;
    if (done != null && more.length() > 0) {
      done = new XmlText(more.insert(0, done.value()).toString());
      more.setLength(0);
    }
    first = null;
    return done;
  }
}
