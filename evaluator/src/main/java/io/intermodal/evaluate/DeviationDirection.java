package io.intermodal.evaluate;

/**
 * Says which deviations of CPU and memory are tolerated. TIOSA writes "+10 %" and leaves open
 * whether a decrease is meant too.
 */
public enum DeviationDirection {
  /** More and less are tolerated alike; our decision and the default. */
  EITHER,
  /** Only an increase is tolerated, the literal reading: any decrease is a FAILURE. */
  INCREASE_ONLY
}
