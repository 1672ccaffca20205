package io.intermodal.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds every score of a move, and what it was scored from. Equal if rules and observations are.
 */
public final class Evaluation {
  private final Rules rules;
  private final Observations source;
  private final Observations target;
  private final List<TestResult> tests;
  private final List<AggregateResult> aggregates;

  Evaluation(
      Rules rules,
      Observations source,
      Observations target,
      List<TestResult> tests,
      List<AggregateResult> aggregates) {
    this.rules = rules;
    this.source = source;
    this.target = target;
    this.tests = Collections.unmodifiableList(tests);
    this.aggregates = Collections.unmodifiableList(aggregates);
  }

  /** Returns the rules that were used. */
  public Rules rules() {
    return rules;
  }

  /** Returns what was seen on the hypervisor source. */
  public Observations source() {
    return source;
  }

  /** Returns what was seen on the hypervisor under test. */
  public Observations target() {
    return target;
  }

  /** Returns the overall score, 3.3.a, with relaxations. */
  public Score score() {
    return overall().score();
  }

  /** Returns the overall score, 3.3.a, as if nothing had been relaxed. */
  public Score scoreWithoutRelaxations() {
    return overall().scoreWithoutRelaxations();
  }

  /** Returns the result of every test in the order of the ids. */
  public List<TestResult> tests() {
    return tests;
  }

  /** Finds the result of a test; application checks that nobody observed or named have none. */
  public Optional<TestResult> test(TestId id) {
    return tests.stream().filter(test -> test.id().equals(id)).findFirst();
  }

  /** Returns the three aggregates in the order of table IV. */
  public List<AggregateResult> aggregates() {
    return aggregates;
  }

  /** Returns one aggregate. */
  public AggregateResult aggregate(Aggregate aggregate) {
    return switch (aggregate) {
      case HYPERVISOR -> aggregates.get(0);
      case SYSTEM -> aggregates.get(1);
      case OVERALL -> aggregates.get(2);
    };
  }

  /** Returns the result of the hypervisor's tests, 3.1.a. */
  public AggregateResult hypervisor() {
    return aggregate(Aggregate.HYPERVISOR);
  }

  /** Returns the result of the tests of operating system and applications, 3.2.a. */
  public AggregateResult system() {
    return aggregate(Aggregate.SYSTEM);
  }

  /** Returns the result of the move, 3.3.a. */
  public AggregateResult overall() {
    return aggregate(Aggregate.OVERALL);
  }

  /** Returns a sentence for every aggregate and then for every test. */
  public List<String> explanations() {
    List<String> explanations = new ArrayList<>(aggregates.size() + tests.size());
    aggregates.forEach(aggregate -> explanations.add(aggregate.explanation()));
    tests.forEach(test -> explanations.add(test.explanation()));
    return Collections.unmodifiableList(explanations);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Evaluation evaluation
        && rules.equals(evaluation.rules)
        && source.equals(evaluation.source)
        && target.equals(evaluation.target)
        && tests.equals(evaluation.tests)
        && aggregates.equals(evaluation.aggregates);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rules, source, target);
  }

  /** Returns the three aggregates with their scores. */
  @Override
  public String toString() {
    return aggregates.toString();
  }
}
