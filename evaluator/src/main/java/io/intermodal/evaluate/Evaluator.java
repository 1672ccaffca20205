package io.intermodal.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Scores a move from what was observed on both sides.
 *
 * <pre>{@code
 * Evaluation evaluation = Evaluator.tiosa().evaluate(source, target);
 * }</pre>
 *
 * <p>An evaluator is immutable and thread-safe; make one per set of rules and keep it. The same
 * observations and rules have equal evaluations, always.
 */
public final class Evaluator {
  private static final Evaluator TIOSA = new Evaluator(Rules.TIOSA);
  private static final Evaluator ODCA_LOWEST = new Evaluator(Rules.ODCA_LOWEST);

  private final Rules rules;
  private final List<Planned> plan;
  private final NavigableSet<TestId> applicationChecks;

  private Evaluator(Rules rules) {
    this.rules = rules;
    applicationChecks = applicationChecksNamedBy(rules);
    plan = new ArrayList<>();
    TestCatalog.tests().forEach(id -> plan.add(planned(id)));
  }

  /** A test, its rule, and what was agreed about it. */
  private record Planned(TestId id, TestRule rule, @Nullable Relaxation relaxation) {}

  /** Returns the evaluator of the paper's rules, {@link Rules#TIOSA}. */
  public static Evaluator tiosa() {
    return TIOSA;
  }

  /** Returns the evaluator of the white paper's simple rule, {@link Rules#ODCA_LOWEST}. */
  public static Evaluator odcaLowest() {
    return ODCA_LOWEST;
  }

  /** Returns an evaluator of other rules. */
  public static Evaluator of(Rules rules) {
    return new Evaluator(Objects.requireNonNull(rules, "rules"));
  }

  /** Returns the rules this evaluator scores by. */
  public Rules rules() {
    return rules;
  }

  private static NavigableSet<TestId> applicationChecksNamedBy(Rules rules) {
    NavigableSet<TestId> named = new TreeSet<>();
    for (Aggregate aggregate : Aggregate.values()) {
      AggregateRule rule = rules.rule(aggregate);
      for (Condition condition : List.of(rule.failure(), rule.success())) {
        ConditionText.forEachPattern(
            condition,
            pattern ->
                pattern.single().filter(TestCatalog::isApplicationCheck).ifPresent(named::add));
      }
    }
    return named;
  }

  private Planned planned(TestId id) {
    return new Planned(id, TestRules.of(id), rules.relaxationOf(id).orElse(null));
  }

  /**
   * Scores every test of tables II and III, and every application check that either side observed
   * or that a rule names, then the aggregates of table IV. A test that is absent on a side was not
   * performed there.
   *
   * @param source what was seen on the hypervisor source
   * @param target what was seen on the hypervisor under test
   */
  public Evaluation evaluate(Observations source, Observations target) {
    NavigableSet<TestId> checks = applicationChecks(source, target);
    int tests = plan.size() + checks.size();
    List<TestResult> results = new ArrayList<>(tests);
    ScoreTable strict = new ScoreTable(tests + Aggregate.values().length);
    for (Planned planned : plan) {
      results.add(judge(planned, source, target, strict));
    }
    for (TestId check : checks) {
      results.add(judge(planned(check), source, target, strict));
    }
    return new Evaluation(rules, source, target, results, aggregate(results, strict, target));
  }

  private NavigableSet<TestId> applicationChecks(Observations source, Observations target) {
    if (!source.hasApplicationChecks() && !target.hasApplicationChecks()) {
      return applicationChecks;
    }
    NavigableSet<TestId> checks = new TreeSet<>(applicationChecks);
    for (Observations side : List.of(source, target)) {
      side.byTest().keySet().stream().filter(TestCatalog::isApplicationCheck).forEach(checks::add);
    }
    return checks;
  }

  private TestResult judge(
      Planned planned, Observations source, Observations target, ScoreTable strict) {
    Observation before = source.of(planned.id);
    Observation after = target.of(planned.id);
    Verdict verdict = planned.rule.judge(before, after, rules.parameters());
    strict.add(planned.id, verdict.score());
    boolean raised = planned.relaxation != null && planned.relaxation.raises(verdict.score());
    return new TestResult(
        planned.id,
        before,
        after,
        verdict,
        raised ? planned.relaxation : null,
        planned.rule,
        rules.parameters());
  }

  private List<AggregateResult> aggregate(
      List<TestResult> results, ScoreTable strict, Observations target) {
    boolean relaxed = !rules.relaxations().isEmpty();
    ScoreTable lenient = relaxed ? lenient(results) : strict;
    List<AggregateResult> aggregates = new ArrayList<>(Aggregate.values().length);
    for (Aggregate aggregate : Aggregate.values()) {
      AggregateRule rule = rules.rule(aggregate);
      Score strictly = strict.score(rule);
      Score without = cap(aggregate, strictly, target);
      Score leniently = relaxed ? lenient.score(rule) : strictly;
      // A user's rule may say "not"; still no relaxation makes a score worse.
      Score byRule = Score.highest(strictly, leniently);
      Score with = cap(aggregate, byRule, target);
      strict.add(aggregate.id(), without);
      if (relaxed) {
        lenient.add(aggregate.id(), with);
      }
      aggregates.add(
          new AggregateResult(
              rule,
              byRule,
              with,
              without,
              results,
              List.copyOf(aggregates),
              target.manualStepOrNull()));
    }
    return aggregates;
  }

  private static ScoreTable lenient(List<TestResult> results) {
    ScoreTable table = new ScoreTable(results.size() + Aggregate.values().length);
    for (TestResult result : results) {
      table.add(result.id(), result.score());
    }
    return table;
  }

  /** A machine made by hand is at most a WARNING (ODCA white paper). */
  private static Score cap(Aggregate aggregate, Score score, Observations target) {
    return aggregate == Aggregate.OVERALL && target.manualStepOrNull() != null
        ? Score.lowest(score, Score.WARNING)
        : score;
  }
}
