package io.intermodal.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds the score of an aggregate and how it came about. Words are made when they are asked for.
 */
public final class AggregateResult {
  private final AggregateRule rule;
  private final Score byRule;
  private final Score score;
  private final Score scoreWithoutRelaxations;
  private final List<TestResult> tests;
  private final List<AggregateResult> earlier;
  private final @Nullable String manualStep;

  AggregateResult(
      AggregateRule rule,
      Score byRule,
      Score score,
      Score scoreWithoutRelaxations,
      List<TestResult> tests,
      List<AggregateResult> earlier,
      @Nullable String manualStep) {
    this.rule = rule;
    this.byRule = byRule;
    this.score = score;
    this.scoreWithoutRelaxations = scoreWithoutRelaxations;
    this.tests = tests;
    this.earlier = earlier;
    this.manualStep = manualStep;
  }

  /** Returns what is scored. */
  public Aggregate aggregate() {
    return rule.aggregate();
  }

  /** Returns the rule it was scored by. */
  public AggregateRule rule() {
    return rule;
  }

  /** Returns the score, with relaxations. */
  public Score score() {
    return score;
  }

  /** Returns the score as if nothing had been relaxed; never better than {@link #score()}. */
  public Score scoreWithoutRelaxations() {
    return scoreWithoutRelaxations;
  }

  /** Returns a sentence that says the score, the rule that held and the scores below SUCCESS. */
  public String explanation() {
    StringBuilder text = new StringBuilder(aggregate().id().text());
    text.append(' ').append(aggregate().title()).append(" is ").append(score);
    if (score != byRule) {
      text.append(", at most that as it was not automated; by its rule it is ").append(byRule);
    }
    text.append(
        switch (byRule) {
          case FAILURE -> ", as " + rule.failure().toText();
          case SUCCESS -> ", as " + rule.success().toText();
          case WARNING ->
              ": not FAILURE (when "
                  + rule.failure().toText()
                  + ") and not SUCCESS (when "
                  + rule.success().toText()
                  + ")";
        });
    List<String> below = belowSuccess();
    text.append(
        below.isEmpty() ? "." : ". Below SUCCESS: " + Words.list(below, each -> each) + ".");
    if (aggregate() == Aggregate.OVERALL && manualStep != null) {
      text.append(" Done by hand: ").append(manualStep).append('.');
    }
    if (score != scoreWithoutRelaxations) {
      text.append(" Without relaxations it is ").append(scoreWithoutRelaxations).append('.');
    }
    return text.toString();
  }

  private List<String> belowSuccess() {
    List<String> below = new ArrayList<>();
    for (TestResult test : tests) {
      if (test.score() != Score.SUCCESS && asksFor(test.id())) {
        below.add(test.toString());
      }
    }
    for (AggregateResult result : earlier) {
      if (result.score != Score.SUCCESS && asksFor(result.aggregate().id())) {
        below.add(result.toString());
      }
    }
    return below;
  }

  private boolean asksFor(TestId id) {
    boolean[] found = {false};
    for (Condition condition : List.of(rule.failure(), rule.success())) {
      ConditionText.forEachPattern(condition, pattern -> found[0] |= pattern.matches(id));
    }
    return found[0];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AggregateResult result
        && rule.equals(result.rule)
        && score == result.score
        && scoreWithoutRelaxations == result.scoreWithoutRelaxations
        && Objects.equals(manualStep, result.manualStep);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rule, score, scoreWithoutRelaxations, manualStep);
  }

  /** Returns the id and the score. */
  @Override
  public String toString() {
    return aggregate().id() + " " + score;
  }
}
