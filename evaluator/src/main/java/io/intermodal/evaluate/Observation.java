package io.intermodal.evaluate;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what one test saw on one side.
 *
 * @param outcome how the test went
 * @param reasonOrNull why it went so, in words for people; null where nothing is to be said
 * @param valueOrNull what was seen; null for tests that only pass or fail, and where nothing was
 *     seen
 */
public record Observation(
    Outcome outcome, @Nullable String reasonOrNull, @Nullable ObservedValue valueOrNull) {
  private static final Observation SUCCESSFUL = new Observation(Outcome.SUCCESSFUL, null, null);
  private static final Observation NOT_PERFORMED =
      new Observation(Outcome.NOT_PERFORMED, null, null);

  /**
   * @throws IllegalArgumentException if the reason is blank, or a test that was not performed has a
   *     value
   */
  public Observation {
    Objects.requireNonNull(outcome, "outcome");
    Checks.textOrAbsent(reasonOrNull, "reason");
    if (outcome == Outcome.NOT_PERFORMED && valueOrNull != null) {
      throw new IllegalArgumentException("a test that was not performed cannot have seen a value");
    }
  }

  /** Returns the observation of a test that did what it should. */
  public static Observation successful() {
    return SUCCESSFUL;
  }

  /** Returns the observation of a test that ran and saw a value. */
  public static Observation of(ObservedValue value) {
    return new Observation(Outcome.SUCCESSFUL, null, Objects.requireNonNull(value, "value"));
  }

  /** Returns the observation of a test that ran and did not do what it should. */
  public static Observation unsuccessful(String reason) {
    return new Observation(Outcome.UNSUCCESSFUL, Objects.requireNonNull(reason, "reason"), null);
  }

  /** Returns the observation of a test that was not performed, for a reason nobody gave. */
  public static Observation notPerformed() {
    return NOT_PERFORMED;
  }

  /** Returns the observation of a test that could not be performed. */
  public static Observation notPerformed(String reason) {
    return new Observation(Outcome.NOT_PERFORMED, Objects.requireNonNull(reason, "reason"), null);
  }

  /** Returns why the test went as it did, if that was recorded. */
  public Optional<String> reason() {
    return Optional.ofNullable(reasonOrNull);
  }

  /** Returns what the test saw, if it saw anything. */
  public Optional<ObservedValue> value() {
    return Optional.ofNullable(valueOrNull);
  }

  boolean isSuccessful() {
    return outcome == Outcome.SUCCESSFUL;
  }

  /** Says in words for people how the test went and what it saw. */
  public String describe() {
    String what =
        switch (outcome) {
          case SUCCESSFUL -> "successful";
          case UNSUCCESSFUL -> "unsuccessful";
          case NOT_PERFORMED -> "could not be performed";
        };
    if (valueOrNull != null) {
      what =
          outcome == Outcome.SUCCESSFUL
              ? valueOrNull.describe()
              : what + ", " + valueOrNull.describe();
    }
    return reasonOrNull == null ? what : what + " (" + reasonOrNull + ")";
  }
}
