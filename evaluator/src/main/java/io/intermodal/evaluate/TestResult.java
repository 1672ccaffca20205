package io.intermodal.evaluate;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the score of one test and what it was scored from. Words are made when they are asked for.
 */
public final class TestResult {
  private final TestId id;
  private final Observation source;
  private final Observation target;
  private final Verdict verdict;
  private final @Nullable Relaxation relaxation;
  private final TestRule rule;
  private final RuleParameters parameters;

  TestResult(
      TestId id,
      Observation source,
      Observation target,
      Verdict verdict,
      @Nullable Relaxation relaxation,
      TestRule rule,
      RuleParameters parameters) {
    this.id = id;
    this.source = source;
    this.target = target;
    this.verdict = verdict;
    this.relaxation = relaxation;
    this.rule = rule;
    this.parameters = parameters;
  }

  /** Returns the test's id. */
  public TestId id() {
    return id;
  }

  /** Returns the test's name, such as "IP address". */
  public String name() {
    return TestCatalog.nameOf(id);
  }

  /** Returns what was seen on the source. */
  public Observation source() {
    return source;
  }

  /** Returns what was seen on the target. */
  public Observation target() {
    return target;
  }

  /** Returns the score, with relaxations. */
  public Score score() {
    return relaxation == null ? verdict.score() : Score.SUCCESS;
  }

  /** Returns the score as if nothing had been relaxed. */
  public Score scoreWithoutRelaxations() {
    return verdict.score();
  }

  /** Returns the relaxation that raised this score, if one did. */
  public Optional<Relaxation> relaxation() {
    return Optional.ofNullable(relaxation);
  }

  /** Returns the rule in words, with the thresholds it was used with. */
  public String rule() {
    return rule.words(parameters);
  }

  /** Returns what the rule found in the observations, without the rule. */
  public String finding() {
    return verdict.because().get();
  }

  /** Returns a sentence that says the score, the observations it comes from and the rule. */
  public String explanation() {
    String relaxed =
        relaxation == null ? "" : " Relaxed to " + score() + ": " + relaxation.describe() + ".";
    return id
        + " "
        + name()
        + " is "
        + verdict.score()
        + ": "
        + finding()
        + ". Rule: "
        + rule()
        + "."
        + relaxed;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TestResult result
        && id.equals(result.id)
        && source.equals(result.source)
        && target.equals(result.target)
        && verdict.score() == result.verdict.score()
        && Objects.equals(relaxation, result.relaxation)
        && parameters.equals(result.parameters);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, source, target, verdict.score(), relaxation, parameters);
  }

  /** Returns the id and the score. */
  @Override
  public String toString() {
    return id + " " + score();
  }
}
