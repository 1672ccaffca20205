package io.intermodal.migrate;

import io.intermodal.evaluate.Score;
import io.intermodal.evaluate.Stability;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what all routes between two hosts gave.
 *
 * @param from name of the source host
 * @param to name of the target host
 * @param attempts a result for each route, best route of the planner first; empty before the first
 * @param leftOut routes that were left out because it was asked for
 */
public record SurveyPair(String from, String to, List<SurveyAttempt> attempts, int leftOut) {

  /** Copies the list. */
  public SurveyPair {
    attempts = List.copyOf(attempts);
  }

  /**
   * Returns the route whose result is the pair's: the best that counts; where none counts, the best
   * at all. Of equals the one that the planner holds for better.
   */
  public Optional<SurveyAttempt> best() {
    return attempts.stream()
        .filter(attempt -> attempt.score() != null)
        .max(
            Comparator.comparing((SurveyAttempt attempt) -> attempt.stability() == Stability.STABLE)
                .thenComparing(SurveyPair::scoreOf)
                .thenComparingInt(attempt -> -attempts.indexOf(attempt)));
  }

  private static Score scoreOf(SurveyAttempt attempt) {
    Score score = attempt.score();
    return score == null ? Score.FAILURE : score;
  }

  /** Returns the score of the best route; null while there is none. */
  public @Nullable Score score() {
    return best().map(SurveyAttempt::score).orElse(null);
  }

  /** Tells whether every cycle of every route is over. */
  public boolean isComplete() {
    return !attempts.isEmpty() && attempts.stream().allMatch(SurveyAttempt::isComplete);
  }
}
