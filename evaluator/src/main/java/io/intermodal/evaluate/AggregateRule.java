package io.intermodal.evaluate;

import java.util.Objects;

/**
 * Says how an aggregate is scored (TIOSA table IV): FAILURE where one condition holds, else SUCCESS
 * where the other holds, else WARNING.
 *
 * @param aggregate what is scored
 * @param failure when it is a FAILURE; asked first
 * @param success when it is a SUCCESS
 */
public record AggregateRule(Aggregate aggregate, Condition failure, Condition success) {
  /** How deep parentheses and "not" may be nested. */
  public static final int MAX_NESTING = 32;

  /** How many conditions and test patterns one condition may have in all. */
  public static final int MAX_SIZE = 500;

  /**
   * @throws IllegalArgumentException if a condition is too deep or too large, or asks for an
   *     aggregate that is not scored before this one
   */
  public AggregateRule {
    Objects.requireNonNull(aggregate, "aggregate");
    requireUsable(aggregate, failure, "failure");
    requireUsable(aggregate, success, "success");
  }

  private static void requireUsable(Aggregate aggregate, Condition condition, String component) {
    Objects.requireNonNull(condition, component);
    try {
      ConditionText.requireWithin(condition, MAX_NESTING, MAX_SIZE);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "cannot use the "
              + component
              + " condition of "
              + aggregate.id()
              + ": "
              + e.getMessage()
              + ", at most "
              + MAX_NESTING
              + " levels and "
              + MAX_SIZE
              + " parts are taken",
          e);
    }
    ConditionText.forEachPattern(condition, pattern -> requireScoredBefore(aggregate, pattern));
  }

  /** Refuses a pattern that could only select aggregates which are not scored yet. */
  static void requireScoredBefore(Aggregate aggregate, TestPattern pattern) {
    if (pattern.reachesAggregates() && !pattern.matchesAggregateBefore(aggregate.id().order())) {
      throw new IllegalArgumentException(
          aggregate.id() + " cannot use " + pattern + ": it is not scored before it");
    }
  }

  /** Returns the rule in its text form, as it stands in a rule file. */
  public String toText() {
    return aggregate.id()
        + " is FAILURE when "
        + failure.toText()
        + "\n"
        + aggregate.id()
        + " is SUCCESS when "
        + success.toText()
        + "\n";
  }
}
