package io.intermodal.evaluate.survey;

import io.intermodal.evaluate.Score;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One route that was tried on a path; without a score where its result does not count. */
record Attempt(String route, @Nullable Score score, String note) {
  Attempt {
    Texts.require(route, "route");
  }

  /** The best route that counts; of equally good ones the first. */
  static SurveyCell best(SurveyPath path, List<Attempt> attempts) {
    Attempt best = attempts.get(0);
    for (Attempt attempt : attempts) {
      if (attempt.isBetterThan(best)) {
        best = attempt;
      }
    }
    String of = attempts.size() == 1 ? "route " : "best of " + attempts.size() + " routes: ";
    return new SurveyCell(path, best.score, of + best.route + ", " + best.note);
  }

  private boolean isBetterThan(Attempt other) {
    return score != null && (other.score == null || score.compareTo(other.score) > 0);
  }
}
