package io.intermodal.evaluate;

/** Says whether a result may be published (TIOSA section III: at least three equal cycles). */
public enum Stability {
  /** Three cycles or more, all with the same scores. */
  STABLE,
  /** The same scores so far, in fewer than three cycles. */
  INSUFFICIENT,
  /** Scores differ between cycles. */
  UNSTABLE
}
