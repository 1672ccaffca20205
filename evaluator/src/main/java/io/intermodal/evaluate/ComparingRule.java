package io.intermodal.evaluate;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A rule of table III that compares what both sides saw. Where a side could not be performed, was
 * not successful or saw no value, there is nothing to compare and the score is FAILURE.
 */
final class ComparingRule<V extends ObservedValue> implements TestRule {
  /** Compares two values of one test. */
  @FunctionalInterface
  interface Comparison<V> {
    Verdict compare(V source, V target, RuleParameters parameters);
  }

  private final Class<V> type;
  private final Comparison<V> comparison;
  private final Function<RuleParameters, String> words;

  ComparingRule(Class<V> type, Comparison<V> comparison, Function<RuleParameters, String> words) {
    this.type = type;
    this.comparison = comparison;
    this.words = words;
  }

  @Override
  public Verdict judge(Observation source, Observation target, RuleParameters parameters) {
    V before = usable(source);
    V after = usable(target);
    if (before != null && after != null) {
      return comparison.compare(before, after, parameters);
    }
    if (isBare(source) && isBare(target)) {
      return Verdict.of(
          Score.SUCCESS, () -> "successful on both sides, without a value to compare");
    }
    return Verdict.failure(
        () ->
            before == null
                ? lack("source", source) + (after == null ? "; " + lack("target", target) : "")
                : lack("target", target));
  }

  private @Nullable V usable(Observation observation) {
    ObservedValue value = observation.valueOrNull();
    return observation.isSuccessful() && type.isInstance(value) ? type.cast(value) : null;
  }

  /** A tester who gives an outcome and no value vouches for it; nothing changed as far as told. */
  private static boolean isBare(Observation observation) {
    return observation.isSuccessful() && observation.valueOrNull() == null;
  }

  static String lack(String side, Observation observation) {
    return observation.isSuccessful()
        ? "no usable value on the " + side + ": " + observation.describe()
        : "on the " + side + ": " + observation.describe();
  }

  @Override
  public String words(RuleParameters parameters) {
    return words.apply(parameters);
  }
}
