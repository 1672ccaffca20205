package io.intermodal.evaluate;

/** Cuts the text of rules into tokens. */
final class RuleLexer {
  enum Kind {
    WORD,
    TEXT,
    OPEN,
    CLOSE,
    COMMA,
    EQUALS,
    LINE_END,
    END
  }

  /** A token and where it starts. */
  record Token(Kind kind, String text, int line, int column) {
    String describe() {
      return switch (kind) {
        case WORD, OPEN, CLOSE, COMMA, EQUALS -> '"' + Words.shortened(text) + '"';
        case TEXT -> "a quoted text";
        case LINE_END -> "the end of the line";
        case END -> "the end of the text";
      };
    }

    RuleSyntaxException refuse(String reason) {
      return new RuleSyntaxException(line, column, reason);
    }
  }

  private final String text;
  private int position;
  private int line = 1;
  private int lineStart;

  RuleLexer(String text) {
    this.text = text;
    if (text.length() > Rules.MAX_TEXT) {
      throw here()
          .refuse("found " + text.length() + " characters, expected at most " + Rules.MAX_TEXT);
    }
  }

  /** Tells whether a value can be written without quotes. */
  static boolean isWord(String value) {
    return !value.isEmpty() && value.chars().allMatch(RuleLexer::isWordCharacter);
  }

  private static boolean isWordCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '*'
        || c == '-'
        || c == '_'
        || c == ':';
  }

  /** Returns the next token; after the end of the text, the end again. */
  Token next() {
    skipBlanks();
    Token start = here();
    if (position == text.length()) {
      return start;
    }
    char c = text.charAt(position);
    return switch (c) {
      case '\n' -> lineEnd(start);
      case '(' -> symbol(start, Kind.OPEN);
      case ')' -> symbol(start, Kind.CLOSE);
      case ',' -> symbol(start, Kind.COMMA);
      case '=' -> symbol(start, Kind.EQUALS);
      case '"' -> quoted(start);
      default -> word(start);
    };
  }

  private Token here() {
    return new Token(Kind.END, "", line, position - lineStart + 1);
  }

  private void skipBlanks() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == '#') {
        int end = text.indexOf('\n', position);
        position = end < 0 ? text.length() : end;
      } else if (c == ' ' || c == '\t' || c == '\r') {
        position++;
      } else {
        return;
      }
    }
  }

  private Token lineEnd(Token start) {
    position++;
    line++;
    lineStart = position;
    return new Token(Kind.LINE_END, "", start.line, start.column);
  }

  private Token symbol(Token start, Kind kind) {
    position++;
    return new Token(kind, text.substring(position - 1, position), start.line, start.column);
  }

  private Token word(Token start) {
    int from = position;
    while (position < text.length() && isWordCharacter(text.charAt(position))) {
      position++;
    }
    if (position == from) {
      throw start.refuse(
          "found \""
              + Words.shortened(text.substring(from, from + 1))
              + "\", expected a word, a quoted text or one of ( ) , =");
    }
    return new Token(Kind.WORD, text.substring(from, position), start.line, start.column);
  }

  private Token quoted(Token start) {
    StringBuilder value = new StringBuilder();
    position++;
    while (position < text.length() && text.charAt(position) != '\n') {
      char c = text.charAt(position++);
      if (c == '"') {
        return new Token(Kind.TEXT, value.toString(), start.line, start.column);
      }
      if (c == '\\') {
        char escaped = position < text.length() ? text.charAt(position) : '\n';
        if (escaped != '"' && escaped != '\\') {
          throw here().refuse("found a lone \\, expected \\\" or \\\\");
        }
        c = escaped;
        position++;
      }
      value.append(c);
    }
    throw start.refuse("found a text without its end, expected \" before the end of the line");
  }
}
