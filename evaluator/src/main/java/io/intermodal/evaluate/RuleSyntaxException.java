package io.intermodal.evaluate;

/** Says where a rule file cannot be read, what was found there and what was expected. */
public final class RuleSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  RuleSyntaxException(int line, int column, String reason) {
    super("cannot read rules at line " + line + ", column " + column + ": " + reason);
    this.line = line;
    this.column = column;
  }

  /** Returns the line, from 1. */
  public int line() {
    return line;
  }

  /** Returns the column in the line, from 1, counted in UTF-16 characters. */
  public int column() {
    return column;
  }
}
