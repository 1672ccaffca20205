package io.intermodal.migrate.guest;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records what was done for one test.
 *
 * @param test id of the test of TIOSA's tables: {@code 2.3.e}
 * @param action the command or the operation
 * @param via how the guest or the machine was reached
 * @param duration how long it took; for a command in a guest by the guest's own clock; null when
 *     not known
 * @param outcome how it ended
 * @param reason why it failed or could not be performed; null when there is nothing to say
 */
public record ProbeStep(
    String test,
    String action,
    String via,
    @Nullable Duration duration,
    Outcome outcome,
    @Nullable String reason) {

  /** Names how a test ended. */
  public enum Outcome {
    /** It was performed and did what it should. */
    PERFORMED,
    /** It was performed and did not do what it should. */
    UNSUCCESSFUL,
    /** It could not be performed. */
    NOT_PERFORMED
  }

  /** Validates that the parts are there; a reason is needed unless all went well. */
  public ProbeStep {
    Objects.requireNonNull(test, "test");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(via, "via");
    Objects.requireNonNull(outcome, "outcome");
    if (outcome != Outcome.PERFORMED && (reason == null || reason.isBlank())) {
      throw new IllegalArgumentException("reason must be given for " + outcome);
    }
  }

  /** Returns why it failed or could not be performed. */
  public Optional<String> why() {
    return Optional.ofNullable(reason);
  }
}
