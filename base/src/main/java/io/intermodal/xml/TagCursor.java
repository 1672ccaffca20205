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

  /**
   * Moves on to the next start tag. XML allows no {@code <} in texts and values, so each one begins
   * a tag, a comment or the like.
   */
  void next() {
    while (skipToBracket()) {
      if (looking("<!--")) {
        skipPast("-->");
      } else if (looking("<![CDATA[")) {
        skipPast("]]>");
      } else if (looking("<?")) {
        skipPast("?>");
      } else if (looking("</")) {
        position++;
      } else {
        tagLine = line;
        tagColumn = position - lineStart + 1;
        position++;
        return;
      }
    }
  }

  private boolean skipToBracket() {
    char[] chars = text;
    int at = position;
    // What stands between tags is looked at one by one: the loop has to be short.
    while (at < chars.length && chars[at] != '<') {
      if (chars[at++] < ' ' && endsLine(at - 1)) {
        line++;
        lineStart = at;
      }
    }
    position = at;
    return at < chars.length;
  }

  int line() {
    return tagLine;
  }

  int column() {
    return tagColumn;
  }

  private void skipPast(String end) {
    while (position < text.length && !looking(end)) {
      step();
    }
    position = Math.min(position + end.length(), text.length);
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

  private void step() {
    if (endsLine(position++)) {
      line++;
      lineStart = position;
    }
  }

  private boolean endsLine(int at) {
    return text[at] == '\n'
        || (text[at] == '\r' && (at + 1 == text.length || text[at + 1] != '\n'));
  }
}
