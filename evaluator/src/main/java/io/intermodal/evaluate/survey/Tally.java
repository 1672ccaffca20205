package io.intermodal.evaluate.survey;

import io.intermodal.evaluate.Score;
import org.jspecify.annotations.Nullable;

/**
 * Counts scores.
 *
 * @param success how many are SUCCESS
 * @param warning how many are WARNING
 * @param failure how many are FAILURE
 * @param unknown how many are not known
 */
public record Tally(int success, int warning, int failure, int unknown) {
  /** Nothing counted yet. */
  public static final Tally NONE = new Tally(0, 0, 0, 0);

  /**
   * @throws IllegalArgumentException if a count is negative
   */
  public Tally {
    if (success < 0 || warning < 0 || failure < 0 || unknown < 0) {
      throw new IllegalArgumentException("counts must not be negative");
    }
  }

  Tally plus(@Nullable Score score) {
    if (score == null) {
      return new Tally(success, warning, failure, unknown + 1);
    }
    return switch (score) {
      case SUCCESS -> new Tally(success + 1, warning, failure, unknown);
      case WARNING -> new Tally(success, warning + 1, failure, unknown);
      case FAILURE -> new Tally(success, warning, failure + 1, unknown);
    };
  }

  Tally plus(Tally other) {
    return new Tally(
        success + other.success,
        warning + other.warning,
        failure + other.failure,
        unknown + other.unknown);
  }

  /** Counts scores whose place is not known against cells whose score is not known. */
  Tally resolvedBy(Tally unplaced) {
    return plus(new Tally(unplaced.success, unplaced.warning, unplaced.failure, 0))
        .withUnknown(unknown - unplaced.scored());
  }

  private Tally withUnknown(int count) {
    return new Tally(success, warning, failure, count);
  }

  /** Returns how many scores are known. */
  public int scored() {
    return success + warning + failure;
  }

  /** Returns how many were counted in all, known or not. */
  public int all() {
    return scored() + unknown;
  }
}
