package io.intermodal.evaluate;

/** Turns what one test saw on both sides into its score. */
interface TestRule {
  /** Scores; the same observations and parameters always have the same score. */
  Verdict judge(Observation source, Observation target, RuleParameters parameters);

  /** Says the rule in words, with its thresholds. */
  String words(RuleParameters parameters);
}
