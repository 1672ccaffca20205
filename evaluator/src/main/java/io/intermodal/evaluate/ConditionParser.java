package io.intermodal.evaluate;

import io.intermodal.evaluate.Condition.Quantifier;
import io.intermodal.evaluate.Condition.Relation;
import io.intermodal.evaluate.RuleLexer.Kind;
import io.intermodal.evaluate.RuleLexer.Token;
import java.util.ArrayList;
import java.util.List;

/** Reads a condition; "not" binds tighter than "and", which binds tighter than "or". */
final class ConditionParser {
  private final TokenReader tokens;
  private final Aggregate aggregate;

  ConditionParser(TokenReader tokens, Aggregate aggregate) {
    this.tokens = tokens;
    this.aggregate = aggregate;
  }

  Condition parse() {
    return disjunction(0);
  }

  private Condition disjunction(int nesting) {
    List<Condition> parts = new ArrayList<>();
    do {
      parts.add(conjunction(nesting));
    } while (tokens.accept("or"));
    return parts.size() == 1 ? parts.get(0) : new Condition.Or(parts);
  }

  private Condition conjunction(int nesting) {
    List<Condition> parts = new ArrayList<>();
    do {
      parts.add(factor(nesting));
    } while (tokens.accept("and"));
    return parts.size() == 1 ? parts.get(0) : new Condition.And(parts);
  }

  private Condition factor(int nesting) {
    Token first = tokens.peek();
    if (nesting > AggregateRule.MAX_NESTING) {
      throw first.refuse(
          "found deeper nesting, expected at most " + AggregateRule.MAX_NESTING + " levels");
    }
    if (tokens.accept("not")) {
      return new Condition.Not(factor(nesting + 1));
    }
    if (first.kind() == Kind.OPEN) {
      tokens.next();
      Condition condition = disjunction(nesting + 1);
      tokens.expect(Kind.CLOSE, "\")\", \"and\" or \"or\"");
      return condition;
    }
    return scored();
  }

  private Condition scored() {
    Token first = tokens.word("not, score, all, any or \"(\"");
    Quantifier quantifier =
        switch (first.text()) {
          case "score" -> Quantifier.SCORE;
          case "all" -> Quantifier.ALL;
          case "any" -> Quantifier.ANY;
          default ->
              throw first.refuse(
                  "found " + first.describe() + ", expected not, score, all, any or \"(\"");
        };
    tokens.expect(Kind.OPEN, "\"(\"");
    List<TestPattern> patterns = new ArrayList<>();
    patterns.add(pattern());
    while (tokens.peek().kind() == Kind.COMMA) {
      tokens.next();
      patterns.add(pattern());
    }
    tokens.expect(Kind.CLOSE, "\",\" or \")\"");
    Relation relation = Relation.IS;
    Score score = Score.SUCCESS;
    if (tokens.accept("is")) {
      relation = relation();
      score = score();
    }
    Relation how = relation;
    Score named = score;
    return RuleParser.at(first, () -> new Condition.Scored(quantifier, patterns, how, named));
  }

  private TestPattern pattern() {
    Token word = tokens.word("the id of a test, a range or a wildcard");
    return RuleParser.at(
        word,
        () -> {
          TestPattern pattern = TestPattern.of(word.text());
          AggregateRule.requireScoredBefore(aggregate, pattern);
          return pattern;
        });
  }

  private Relation relation() {
    if (!tokens.accept("at")) {
      return Relation.IS;
    }
    if (tokens.accept("least")) {
      return Relation.AT_LEAST;
    }
    tokens.keyword("most");
    return Relation.AT_MOST;
  }

  private Score score() {
    Token word = tokens.word("SUCCESS, WARNING or FAILURE");
    for (Score score : Score.values()) {
      if (score.name().equals(word.text())) {
        return score;
      }
    }
    throw word.refuse("found " + word.describe() + ", expected SUCCESS, WARNING or FAILURE");
  }
}
