package io.intermodal.evaluate.survey;

import io.intermodal.evaluate.Score;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a survey knows about one path.
 *
 * @param path the path
 * @param scoreOrNull its score; null where it is not known
 * @param note how the score is known, or why it is not
 */
public record SurveyCell(SurveyPath path, @Nullable Score scoreOrNull, String note) {
  /**
   * @throws IllegalArgumentException if the note is blank
   */
  public SurveyCell {
    Objects.requireNonNull(path, "path");
    Texts.require(note, "note");
  }

  /** Returns the score, or nothing where it is not known. */
  public Optional<Score> score() {
    return Optional.ofNullable(scoreOrNull);
  }
}
