package io.intermodal.evaluate;

import io.intermodal.evaluate.RuleLexer.Kind;
import io.intermodal.evaluate.RuleLexer.Token;

/** Reads tokens one ahead; inside parentheses the end of a line is nothing. */
final class TokenReader {
  private final RuleLexer lexer;
  private Token ahead;
  private int parentheses;

  TokenReader(RuleLexer lexer) {
    this.lexer = lexer;
    ahead = lexer.next();
  }

  Token peek() {
    return ahead;
  }

  Token next() {
    Token token = ahead;
    switch (token.kind()) {
      case OPEN -> parentheses++;
      case CLOSE -> parentheses = Math.max(0, parentheses - 1);
      default -> {}
    }
    do {
      ahead = lexer.next();
    } while (parentheses > 0 && ahead.kind() == Kind.LINE_END);
    return token;
  }

  Token expect(Kind kind, String expected) {
    if (ahead.kind() != kind) {
      throw ahead.refuse("found " + ahead.describe() + ", expected " + expected);
    }
    return next();
  }

  Token word(String expected) {
    return expect(Kind.WORD, expected);
  }

  void keyword(String keyword) {
    if (!accept(keyword)) {
      throw ahead.refuse("found " + ahead.describe() + ", expected \"" + keyword + '"');
    }
  }

  /** Reads a keyword if it is next. */
  boolean accept(String keyword) {
    boolean found = ahead.kind() == Kind.WORD && ahead.text().equals(keyword);
    if (found) {
      next();
    }
    return found;
  }

  void endOfLine() {
    if (ahead.kind() != Kind.LINE_END && ahead.kind() != Kind.END) {
      throw ahead.refuse("found " + ahead.describe() + ", expected the end of the line");
    }
  }
}
