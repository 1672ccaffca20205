package io.intermodal.evaluate;

import java.util.Objects;

/**
 * Says how well a test, a set of tests or a whole move went. The order of the constants is the
 * order of the scores: {@code FAILURE < WARNING < SUCCESS}, and among several the lowest wins
 * (TIOSA section III).
 */
public enum Score {
  /** Something is missing, does not work, or deviates beyond what is tolerated. */
  FAILURE,
  /** Something changed within what is tolerated; somebody should look. */
  WARNING,
  /** Nothing changed, or it works as asked. */
  SUCCESS;

  /** Returns the lower of two scores. */
  public static Score lowest(Score first, Score second) {
    return first.compareTo(second) <= 0 ? first : second;
  }

  /** Returns the lowest of one or more scores. */
  public static Score lowest(Score first, Score... others) {
    Score lowest = Objects.requireNonNull(first, "first");
    for (Score other : others) {
      lowest = lowest(lowest, other);
    }
    return lowest;
  }

  /**
   * Returns the lowest of several scores.
   *
   * @throws IllegalArgumentException if there is none: nothing has no score
   */
  public static Score lowest(Iterable<Score> scores) {
    Score lowest = SUCCESS;
    boolean any = false;
    for (Score score : scores) {
      lowest = lowest(lowest, score);
      any = true;
    }
    if (!any) {
      throw new IllegalArgumentException("cannot take the lowest score: there are none");
    }
    return lowest;
  }

  /**
   * Returns the higher of two scores; of several routes between two hypervisors the best counts.
   */
  public static Score highest(Score first, Score second) {
    return first.compareTo(second) >= 0 ? first : second;
  }

  /** Tells whether this score is the other or better. */
  public boolean isAtLeast(Score other) {
    return compareTo(other) >= 0;
  }

  /** Tells whether this score is the other or worse. */
  public boolean isAtMost(Score other) {
    return compareTo(other) <= 0;
  }
}
