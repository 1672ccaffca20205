package io.intermodal.migrate;

import io.intermodal.ErrorCategory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds what one execution of the full sequence gave: one pair, one route, one cycle. Either it
 * broke down, or both sides were observed.
 *
 * @param from name of the source host
 * @param to name of the target host
 * @param route the route in words, see {@link io.intermodal.convert.Route#explain}
 * @param cycle its number, from 1
 * @param startedAt when it began
 * @param duration how long it took, with import and clean-up
 * @param breakdown why there is nothing to score; null when there is
 * @param observed what both sides saw; null when it broke down
 * @param versions versions of everything that took part, by name
 */
public record SurveyCycle(
    String from,
    String to,
    String route,
    int cycle,
    Instant startedAt,
    Duration duration,
    @Nullable Breakdown breakdown,
    ObservationsJson.@Nullable Sides observed,
    Map<String, String> versions) {

  /**
   * Says why a cycle broke down.
   *
   * @param where the step, in words
   * @param code code of the error
   * @param category whose affair it is
   * @param message the error
   */
  public record Breakdown(String where, String code, ErrorCategory category, String message) {

    /** Validates that all parts are there. */
    public Breakdown {
      Objects.requireNonNull(where, "where");
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(category, "category");
      Objects.requireNonNull(message, "message");
    }
  }

  /** Validates that it broke down or was observed, and not both. */
  public SurveyCycle {
    if ((breakdown == null) == (observed == null)) {
      throw new IllegalArgumentException("a cycle either broke down or was observed");
    }
    if (cycle < 1) {
      throw new IllegalArgumentException("cycle must be at least 1: " + cycle);
    }
    versions = Map.copyOf(versions);
  }
}
