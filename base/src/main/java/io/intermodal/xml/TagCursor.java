package io.intermodal.xml;

/**
 * Finds the place of each start tag. A StAX reader only tells where a tag ends, which for a long
 * tag is another line. It runs beside the parser over text the parser has accepted.
 */
final class TagCursor {

  private final char[] text;
  private int position;
  private int line = 1;
  private int lineStart;
  private int tagLine;
  private int tagColumn;

  TagCursor(char[] text) {
    this.text = text;
  }

  /** Moves on to the next start tag. */
  void next() {
    while (position < text.length) {
      moveTo('<');
      if (looking("<!--")) {
        skipPast("-->");
      } else if (looking("<![CDATA[")) {
        skipPast("]]>");
      } else if (looking("<?")) {
        skipPast("?>");
      } else if (looking("</")) {
        skipPast(">");
      } else if (position < text.length) {
        tagLine = line;
        tagColumn = position - lineStart + 1;
        skipTag();
        return;
      }
    }
  }

  int line() {
    return tagLine;
  }

  int column() {
    return tagColumn;
  }

  private void skipTag() {
    char[] chars = text;
    char quote = 0;
    int at = position;
    for (; at < chars.length && (quote != 0 || chars[at] != '>'); at++) {
      char c = chars[at];
      if (c <= '\r') {
        lineEnd(at);
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      }
    }
    position = Math.min(at + 1, chars.length);
  }

  private void skipPast(String end) {
    moveTo(end.charAt(0));
    while (position < text.length && !looking(end)) {
      position++;
      moveTo(end.charAt(0));
    }
    position = Math.min(position + end.length(), text.length);
  }

  /** Moves on to the next such character, or to the end; every character passes here. */
  private void moveTo(char wanted) {
    char[] chars = text;
    int at = position;
    for (; at < chars.length && chars[at] != wanted; at++) {
      if (chars[at] <= '\r') {
        lineEnd(at);
      }
    }
    position = at;
  }

  private boolean looking(String at) {
    if (text.length - position < at.length()) {
      return false;
    }
    for (int i = 0; i < at.length(); i++) {
      if (text[position + i] != at.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void lineEnd(int at) {
    char c = text[at];
    if (c == '\n' || (c == '\r' && (at + 1 == text.length || text[at + 1] != '\n'))) {
      line++;
      lineStart = at + 1;
    }
  }
}
