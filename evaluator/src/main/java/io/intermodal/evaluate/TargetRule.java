package io.intermodal.evaluate;

import java.util.function.Function;

/** A rule of table III that looks at the target alone. */
final class TargetRule<V extends ObservedValue> implements TestRule {
  /** Scores the value that the target saw. */
  @FunctionalInterface
  interface Look<V> {
    Verdict look(V target, RuleParameters parameters);
  }

  private final Class<V> type;
  private final Look<V> look;
  private final Function<RuleParameters, String> words;

  TargetRule(Class<V> type, Look<V> look, Function<RuleParameters, String> words) {
    this.type = type;
    this.look = look;
    this.words = words;
  }

  @Override
  public Verdict judge(Observation source, Observation target, RuleParameters parameters) {
    ObservedValue value = target.valueOrNull();
    if (target.isSuccessful() && type.isInstance(value)) {
      return look.look(type.cast(value), parameters);
    }
    if (target.isSuccessful() && value == null) {
      return HypervisorRule.SUCCESSFUL.judge(source, target, parameters);
    }
    return Verdict.failure(() -> ComparingRule.lack("target", target));
  }

  @Override
  public String words(RuleParameters parameters) {
    return words.apply(parameters);
  }
}
