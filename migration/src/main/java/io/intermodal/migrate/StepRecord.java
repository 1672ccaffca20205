package io.intermodal.migrate;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Records the outcome of one step.
 *
 * @param cycle which run of the sequence, from 1
 * @param step the step
 * @param outcome how it ended
 * @param detail what was done or found, in a sentence
 * @param startedAt when it began
 * @param duration how long it took
 */
public record StepRecord(
    int cycle, Step step, Outcome outcome, String detail, Instant startedAt, Duration duration) {

  /** Names how a step ended. */
  public enum Outcome {
    /** It was done. */
    DONE,
    /** It could not be done; the migration ended there and was undone. */
    FAILED,
    /** It was left out for a stated reason. */
    SKIPPED
  }

  /** Validates that the parts are there. */
  public StepRecord {
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(duration, "duration");
  }
}
