package io.intermodal.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A statement about scores that holds or does not: Boolean algebra over single tests (TIOSA section
 * IV). The text form is described at {@link Rules}.
 *
 * <pre>{@code
 * Condition usable = Condition.all("2.2.*").are(SUCCESS)
 *     .and(Condition.not(Condition.score("2.3.b").is(FAILURE)));
 * }</pre>
 */
public sealed interface Condition {
  /** Says how many of the selected tests must have the score. */
  enum Quantifier {
    /** The one that is named. */
    SCORE,
    /** Every one; holds where nothing is selected. */
    ALL,
    /** At least one; does not hold where nothing is selected. */
    ANY
  }

  /** Says how a test's score is compared with the named one. */
  enum Relation {
    /** The score is the named one. */
    IS,
    /** The score is the named one or better. */
    AT_LEAST,
    /** The score is the named one or worse. */
    AT_MOST;

    boolean holds(Score score, Score named) {
      return switch (this) {
        case IS -> score == named;
        case AT_LEAST -> score.isAtLeast(named);
        case AT_MOST -> score.isAtMost(named);
      };
    }
  }

  /**
   * Holds if the selected tests have a score.
   *
   * @param quantifier how many of them
   * @param patterns which tests; exactly one id for {@link Quantifier#SCORE}
   * @param relation how scores are compared
   * @param score the score they are compared with
   */
  record Scored(Quantifier quantifier, List<TestPattern> patterns, Relation relation, Score score)
      implements Condition {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if nothing is selected, or {@code SCORE} does not name
     *     exactly one test
     */
    public Scored {
      Objects.requireNonNull(quantifier, "quantifier");
      patterns = List.copyOf(patterns);
      Objects.requireNonNull(relation, "relation");
      Objects.requireNonNull(score, "score");
      if (patterns.isEmpty()) {
        throw new IllegalArgumentException("a condition must name at least one test");
      }
      if (quantifier == Quantifier.SCORE
          && (patterns.size() != 1 || patterns.get(0).single().isEmpty())) {
        throw new IllegalArgumentException(
            "score(...) takes exactly one test id; use all(...) or any(...) for " + patterns);
      }
    }
  }

  /** Holds if every part holds; two parts or more. */
  record And(List<Condition> parts) implements Condition {
    /** Copies the list. */
    public And {
      parts = severalParts(parts);
    }
  }

  /** Holds if at least one part holds; two parts or more. */
  record Or(List<Condition> parts) implements Condition {
    /** Copies the list. */
    public Or {
      parts = severalParts(parts);
    }
  }

  /** Holds if its part does not. */
  record Not(Condition part) implements Condition {
    /** Refuses null. */
    public Not {
      Objects.requireNonNull(part, "part");
    }
  }

  private static List<Condition> severalParts(List<Condition> parts) {
    if (parts.size() < 2) {
      throw new IllegalArgumentException("\"and\" and \"or\" join at least two conditions");
    }
    return List.copyOf(parts);
  }

  /** Starts a condition about one test or aggregate. */
  static Scores score(String id) {
    return new Scores(Quantifier.SCORE, List.of(TestPattern.of(id)));
  }

  /** Starts a condition about every test that is selected by ids, ranges or wildcards. */
  static Scores all(String... patterns) {
    return new Scores(Quantifier.ALL, patterns(patterns));
  }

  /** Starts a condition about at least one of the tests selected by ids, ranges or wildcards. */
  static Scores any(String... patterns) {
    return new Scores(Quantifier.ANY, patterns(patterns));
  }

  private static List<TestPattern> patterns(String... texts) {
    return Arrays.stream(texts).map(TestPattern::of).toList();
  }

  /** Returns a condition that holds where the other does not. */
  static Condition not(Condition condition) {
    return new Not(condition);
  }

  /** Returns a condition that holds where both hold. */
  default Condition and(Condition other) {
    return new And(joined(this instanceof And and ? and.parts() : List.of(this), other));
  }

  /** Returns a condition that holds where at least one holds. */
  default Condition or(Condition other) {
    return new Or(joined(this instanceof Or or ? or.parts() : List.of(this), other));
  }

  private static List<Condition> joined(List<Condition> parts, Condition last) {
    List<Condition> joined = new ArrayList<>(parts);
    joined.add(last);
    return joined;
  }

  /** Returns the text form, which {@link Rules#parse} reads as a part of a rule. */
  default String toText() {
    return ConditionText.of(this);
  }

  /** Selected tests that still need the score they are compared with. */
  final class Scores {
    private final Quantifier quantifier;
    private final List<TestPattern> patterns;

    private Scores(Quantifier quantifier, List<TestPattern> patterns) {
      this.quantifier = quantifier;
      this.patterns = patterns;
    }

    /** Compares with exactly this score. */
    public Condition is(Score score) {
      return new Scored(quantifier, patterns, Relation.IS, score);
    }

    /** Compares with exactly this score; reads better after {@code all}. */
    public Condition are(Score score) {
      return is(score);
    }

    /** Compares with this score or a better one. */
    public Condition isAtLeast(Score score) {
      return new Scored(quantifier, patterns, Relation.AT_LEAST, score);
    }

    /** Compares with this score or a worse one. */
    public Condition isAtMost(Score score) {
      return new Scored(quantifier, patterns, Relation.AT_MOST, score);
    }
  }
}
