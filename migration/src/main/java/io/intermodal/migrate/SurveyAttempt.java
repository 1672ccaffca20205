package io.intermodal.migrate;

import io.intermodal.evaluate.AggregateResult;
import io.intermodal.evaluate.Cycles;
import io.intermodal.evaluate.Evaluation;
import io.intermodal.evaluate.Evaluator;
import io.intermodal.evaluate.Rules;
import io.intermodal.evaluate.Score;
import io.intermodal.evaluate.Stability;
import io.intermodal.evaluate.TestResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds the cycles of one route between two hosts and what they come to. A cycle that broke down is
 * a FAILURE: a conversion fails when any step of it does.
 */
public final class SurveyAttempt {

  private final String route;
  private final List<SurveyCycle> cycles;
  private final int asked;
  private final List<Evaluation> evaluations;

  private SurveyAttempt(
      String route, List<SurveyCycle> cycles, int asked, List<Evaluation> evaluations) {
    this.route = route;
    this.cycles = cycles;
    this.asked = asked;
    this.evaluations = evaluations;
  }

  /**
   * Evaluates cycles.
   *
   * @param asked how many cycles were asked for
   */
  static SurveyAttempt of(String route, List<SurveyCycle> cycles, int asked, Rules rules) {
    Evaluator evaluator = Evaluator.of(rules);
    List<Evaluation> evaluations = new ArrayList<>();
    for (SurveyCycle cycle : cycles) {
      ObservationsJson.Sides observed = cycle.observed();
      if (observed != null) {
        evaluations.add(evaluator.evaluate(observed.source(), observed.target()));
      }
    }
    return new SurveyAttempt(route, List.copyOf(cycles), asked, List.copyOf(evaluations));
  }

  /** Returns the route in words. */
  public String route() {
    return route;
  }

  /** Returns the cycles that are over, in their order. */
  public List<SurveyCycle> cycles() {
    return cycles;
  }

  /** Returns the evaluations of the cycles that did not break down, in their order. */
  public List<Evaluation> evaluations() {
    return evaluations;
  }

  /** Tells whether all cycles are over that were asked for. */
  public boolean isComplete() {
    return cycles.size() >= asked;
  }

  /** Returns the lowest score of all cycles; null before the first is over. */
  public @Nullable Score score() {
    if (cycles.isEmpty()) {
      return null;
    }
    return evaluations.size() < cycles.size() ? Score.FAILURE : scored().lowestScore();
  }

  /** Says whether the result counts: at least three cycles that agree. */
  public Stability stability() {
    if (evaluations.size() == cycles.size() && !evaluations.isEmpty()) {
      return scored().stability();
    }
    boolean alike =
        evaluations.isEmpty()
            && cycles.stream()
                    .map(cycle -> Objects.requireNonNull(cycle.breakdown(), "breakdown"))
                    .map(breakdown -> breakdown.where() + " " + breakdown.code())
                    .distinct()
                    .count()
                <= 1;
    if (!alike) {
      return Stability.UNSTABLE;
    }
    return cycles.size() < Cycles.MINIMUM ? Stability.INSUFFICIENT : Stability.STABLE;
  }

  /** Returns the tests whose score is not the same in every cycle, as text. */
  public List<String> differing() {
    return evaluations.size() < 2
        ? List.of()
        : scored().differing().stream().map(id -> id.text()).toList();
  }

  /**
   * Explains why the result is not a SUCCESS: each test and rule that is not, in the cycle with the
   * lowest score, or what broke down.
   */
  public List<SurveyReason> reasons() {
    List<SurveyReason> reasons = new ArrayList<>();
    for (SurveyCycle cycle : cycles) {
      SurveyCycle.Breakdown breakdown = cycle.breakdown();
      if (breakdown != null) {
        reasons.add(
            new SurveyReason(
                "cycle " + cycle.cycle(), breakdown.where(), Score.FAILURE, breakdown.message()));
      }
    }
    evaluations.stream()
        .min((a, b) -> a.scoreWithoutRelaxations().compareTo(b.scoreWithoutRelaxations()))
        .ifPresent(worst -> explain(worst, reasons));
    return List.copyOf(reasons);
  }

  private static void explain(Evaluation evaluation, List<SurveyReason> reasons) {
    for (AggregateResult result : evaluation.aggregates()) {
      if (result.scoreWithoutRelaxations() != Score.SUCCESS) {
        reasons.add(
            new SurveyReason(
                result.aggregate().id().text(),
                result.aggregate().title(),
                result.scoreWithoutRelaxations(),
                result.explanation()));
      }
    }
    for (TestResult test : evaluation.tests()) {
      if (test.scoreWithoutRelaxations() != Score.SUCCESS) {
        reasons.add(
            new SurveyReason(
                test.id().text(), test.name(), test.scoreWithoutRelaxations(), test.explanation()));
      }
    }
  }

  private Cycles scored() {
    return new Cycles(evaluations);
  }
}
