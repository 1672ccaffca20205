package io.intermodal.ovf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scans names with arguments in brackets, as types and qualifiers of properties have them. Quotes
 * protect commas and brackets; a backslash in quotes protects one character. Each character is
 * looked at once.
 */
final class ArgumentScanner {

  private static final String OPEN = "({[";
  private static final String CLOSE = ")}]";

  private final String text;
  private int at;

  ArgumentScanner(String text) {
    this.text = text;
  }

  boolean atEnd() {
    skipBlanks();
    return at == text.length();
  }

  /** Skips what stands between two qualifiers. */
  void skipSeparators() {
    while (at < text.length() && (isBlank() || text.charAt(at) == ',' || text.charAt(at) == ';')) {
      at++;
    }
  }

  /** Takes what can be a name: letters and digits; empty when there is none. */
  String name() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Takes all up to the next blank, comma or semicolon: at least one character. */
  String junk() {
    int start = at;
    do {
      at++;
    } while (at < text.length() && !isBlank() && text.charAt(at) != ',' && text.charAt(at) != ';');
    return text.substring(start, at);
  }

  boolean atBracket() {
    int before = at;
    skipBlanks();
    if (at < text.length() && OPEN.indexOf(text.charAt(at)) >= 0) {
      return true;
    }
    at = before;
    return false;
  }

  /** Takes arguments in brackets; null, and all the rest, when the brackets do not close. */
  @Nullable List<String> arguments() {
    if (at == text.length() || OPEN.indexOf(text.charAt(at)) < 0) {
      return null;
    }
    char close = CLOSE.charAt(OPEN.indexOf(text.charAt(at++)));
    List<String> arguments = new ArrayList<>();
    while (true) {
      skipBlanks();
      if (at == text.length()) {
        return null;
      }
      char first = text.charAt(at);
      if (first == close) {
        at++;
        return arguments;
      }
      String argument = first == '"' || first == '\'' ? quoted() : bare(close);
      if (argument == null) {
        return null;
      }
      arguments.add(argument);
      skipBlanks();
      if (at == text.length()) {
        return null;
      }
      if (text.charAt(at) == ',') {
        at++;
      } else if (text.charAt(at) != close) {
        at = text.length();
        return null;
      }
    }
  }

  /** Takes a text in quotes; null, and all the rest, when they do not close. */
  @Nullable String quoted() {
    char quote = text.charAt(at++);
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        return value.toString();
      }
      value.append(c == '\\' && at < text.length() ? text.charAt(at++) : c);
    }
    return null;
  }

  private String bare(char close) {
    int start = at;
    while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != close) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank()) {
      at++;
    }
  }

  private boolean isBlank() {
    return Character.isWhitespace(text.charAt(at));
  }
}
