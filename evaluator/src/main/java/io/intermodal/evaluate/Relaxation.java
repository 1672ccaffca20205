package io.intermodal.evaluate;

import java.util.Objects;

/**
 * Lets a known deviation pass: a changed address, say, for an application known not to mind. Both
 * TIOSA and the ODCA usage model ask that it be discussed and agreed, so it names the reason and
 * who agreed. An evaluation always has its scores with and without relaxations.
 *
 * @param test the test whose WARNING becomes a SUCCESS
 * @param reason why, one line of at most 300 characters
 * @param agreedBy who agreed, one line of at most 100 characters
 * @param includingFailure whether its FAILURE becomes a SUCCESS too
 */
public record Relaxation(TestId test, String reason, String agreedBy, boolean includingFailure) {
  private static final int MAX_REASON = 300;
  private static final int MAX_NAME = 100;

  /**
   * @throws IllegalArgumentException if the test is unknown or an aggregate, or a text is blank,
   *     too long or has control characters
   */
  public Relaxation {
    Objects.requireNonNull(test, "test");
    if (!TestCatalog.isKnown(test)) {
      throw TestCatalog.unknown(test);
    }
    Checks.line(reason, "reason", MAX_REASON);
    Checks.line(agreedBy, "agreedBy", MAX_NAME);
  }

  /** Lets a test's WARNING pass. */
  public static Relaxation ofWarning(TestId test, String reason, String agreedBy) {
    return new Relaxation(test, reason, agreedBy, false);
  }

  /** Lets a test's WARNING and its FAILURE pass. */
  public static Relaxation ofFailure(TestId test, String reason, String agreedBy) {
    return new Relaxation(test, reason, agreedBy, true);
  }

  boolean raises(Score score) {
    return score == Score.WARNING || (score == Score.FAILURE && includingFailure);
  }

  String describe() {
    return reason + ", agreed by " + agreedBy;
  }
}
