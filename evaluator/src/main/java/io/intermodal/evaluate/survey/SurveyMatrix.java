package io.intermodal.evaluate.survey;

import io.intermodal.evaluate.Cycles;
import io.intermodal.evaluate.Evaluation;
import io.intermodal.evaluate.Score;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds a survey: for every guest system, a score for every ordered pair of hypervisors. A path
 * that was not tried, or whose score is not known, has a cell without a score. Immutable and
 * thread-safe.
 */
public final class SurveyMatrix {
  private final List<Hypervisor> hypervisors;
  private final List<GuestSystem> guests;
  private final Map<SurveyPath, SurveyCell> cells;
  private final Map<GuestSystem, Tally> unplaced;

  private SurveyMatrix(Builder builder) {
    hypervisors = List.copyOf(builder.hypervisors);
    guests = List.copyOf(builder.guests);
    unplaced = Map.copyOf(builder.unplaced);
    Map<SurveyPath, SurveyCell> all = new LinkedHashMap<>();
    for (SurveyPath path : paths(hypervisors, guests)) {
      SurveyCell stated = builder.stated.get(path);
      all.put(path, stated == null ? measured(path, builder.attempts.get(path)) : stated);
    }
    cells = Collections.unmodifiableMap(all);
    for (GuestSystem guest : guests) {
      if (unplaced(guest).scored() > placed(guest).unknown()) {
        throw new IllegalArgumentException(
            "there are more scores without a place than cells without a score: " + guest);
      }
    }
  }

  private static List<SurveyPath> paths(List<Hypervisor> hypervisors, List<GuestSystem> guests) {
    List<SurveyPath> paths = new ArrayList<>();
    for (GuestSystem guest : guests) {
      for (Hypervisor source : hypervisors) {
        for (Hypervisor target : hypervisors) {
          if (!source.equals(target)) {
            paths.add(new SurveyPath(source, target, guest));
          }
        }
      }
    }
    return paths;
  }

  private static SurveyCell measured(SurveyPath path, @Nullable List<Attempt> attempts) {
    return attempts == null
        ? new SurveyCell(path, null, "not tried")
        : Attempt.best(path, attempts);
  }

  /** Starts a matrix of these hypervisors and guest systems. */
  public static Builder of(List<Hypervisor> hypervisors, List<GuestSystem> guests) {
    return new Builder(hypervisors, guests);
  }

  /** Returns the hypervisors in the order of rows and columns. */
  public List<Hypervisor> hypervisors() {
    return hypervisors;
  }

  /** Returns the guest systems in their order. */
  public List<GuestSystem> guests() {
    return guests;
  }

  /** Returns every cell: by guest, then by source, then by target. */
  public List<SurveyCell> cells() {
    return List.copyOf(cells.values());
  }

  /**
   * Returns the cell of a path.
   *
   * @throws IllegalArgumentException if the path is not in this matrix
   */
  public SurveyCell cell(SurveyPath path) {
    SurveyCell cell = cells.get(path);
    if (cell == null) {
      throw new IllegalArgumentException("not in this survey: " + path);
    }
    return cell;
  }

  /** Counts the cells of a guest system. */
  public Tally placed(GuestSystem guest) {
    Tally tally = Tally.NONE;
    for (SurveyCell cell : cells.values()) {
      tally = cell.path().guest().equals(guest) ? tally.plus(cell.scoreOrNull()) : tally;
    }
    return tally;
  }

  /** Counts all cells. */
  public Tally placed() {
    return guests.stream().map(this::placed).reduce(Tally.NONE, Tally::plus);
  }

  /** Counts the scores of a guest system that are known to exist but not in which cell. */
  public Tally unplaced(GuestSystem guest) {
    return unplaced.getOrDefault(guest, Tally.NONE);
  }

  /** Counts all scores that are known to exist but not in which cell. */
  public Tally unplaced() {
    return guests.stream().map(this::unplaced).reduce(Tally.NONE, Tally::plus);
  }

  /** Counts a guest system's scores, those without a place too. */
  public Tally total(GuestSystem guest) {
    return placed(guest).resolvedBy(unplaced(guest));
  }

  /** Counts all scores, those without a place too. */
  public Tally total() {
    return placed().resolvedBy(unplaced());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SurveyMatrix matrix
        && hypervisors.equals(matrix.hypervisors)
        && guests.equals(matrix.guests)
        && cells.equals(matrix.cells)
        && unplaced.equals(matrix.unplaced);
  }

  @Override
  public int hashCode() {
    return Objects.hash(hypervisors, guests, cells, unplaced);
  }

  /** Returns the totals. */
  @Override
  public String toString() {
    return hypervisors + " x " + guests + ": " + total();
  }

  /**
   * Collects what is known about a survey's paths. Of several routes on one path the best result is
   * the path's result (TIOSA section III). Not thread-safe.
   */
  public static final class Builder {
    private final Set<Hypervisor> hypervisors;
    private final Set<GuestSystem> guests;
    private final Map<SurveyPath, SurveyCell> stated = new LinkedHashMap<>();
    private final Map<SurveyPath, List<Attempt>> attempts = new LinkedHashMap<>();
    private final Map<GuestSystem, Tally> unplaced = new LinkedHashMap<>();

    private Builder(List<Hypervisor> hypervisors, List<GuestSystem> guests) {
      this.hypervisors = new LinkedHashSet<>(hypervisors);
      this.guests = new LinkedHashSet<>(guests);
    }

    /**
     * States a score that was not measured here, and how it is known. It stands before
     * measurements.
     *
     * @throws IllegalArgumentException if the path is not in this matrix
     */
    public Builder stated(SurveyPath path, Score score, String note) {
      stated.put(known(path), new SurveyCell(path, Objects.requireNonNull(score, "score"), note));
      return this;
    }

    /**
     * States that a score is not known, and why.
     *
     * @throws IllegalArgumentException if the path is not in this matrix
     */
    public Builder unknown(SurveyPath path, String note) {
      stated.put(known(path), new SurveyCell(path, null, note));
      return this;
    }

    /**
     * States scores of a guest system that are known to exist but not in which cell.
     *
     * @throws IllegalArgumentException if the guest is not in this matrix, or the tally has
     *     unknowns
     */
    public Builder unplaced(GuestSystem guest, Tally scores) {
      if (!guests.contains(guest)) {
        throw new IllegalArgumentException("not in this survey: " + guest);
      }
      if (scores.unknown() != 0) {
        throw new IllegalArgumentException("scores without a place must be scores");
      }
      unplaced.put(guest, scores);
      return this;
    }

    /**
     * Adds the evaluation of one execution of one route. Its score without relaxations counts, as
     * those are agreed for an application and not for a product.
     *
     * @throws IllegalArgumentException if the path is not in this matrix
     */
    public Builder measured(SurveyPath path, String route, Evaluation evaluation) {
      return attempt(
          path, new Attempt(route, evaluation.scoreWithoutRelaxations(), "one execution"));
    }

    /**
     * Adds the cycles of one route. Only cycles that are STABLE count; others leave a note.
     *
     * @throws IllegalArgumentException if the path is not in this matrix
     */
    public Builder measured(SurveyPath path, String route, Cycles cycles) {
      int count = cycles.evaluations().size();
      return attempt(
          path,
          switch (cycles.stability()) {
            case STABLE -> new Attempt(route, cycles.lowestScore(), count + " equal cycles");
            case INSUFFICIENT -> new Attempt(route, null, count + " cycles, too few to count");
            case UNSTABLE -> new Attempt(route, null, "cycles differ in " + cycles.differing());
          });
    }

    /**
     * Adds a route that broke down before there was anything to observe: a FAILURE.
     *
     * @throws IllegalArgumentException if the path is not in this matrix
     */
    public Builder failed(SurveyPath path, String route, String reason) {
      Texts.require(reason, "reason");
      return attempt(path, new Attempt(route, Score.FAILURE, reason));
    }

    private Builder attempt(SurveyPath path, Attempt attempt) {
      attempts.computeIfAbsent(known(path), unused -> new ArrayList<>()).add(attempt);
      return this;
    }

    private SurveyPath known(SurveyPath path) {
      if (!hypervisors.contains(path.source())
          || !hypervisors.contains(path.target())
          || !guests.contains(path.guest())) {
        throw new IllegalArgumentException("not in this survey: " + path);
      }
      return path;
    }

    /**
     * Returns the matrix.
     *
     * @throws IllegalArgumentException if there are more scores without a place than cells without
     *     a score
     */
    public SurveyMatrix build() {
      return new SurveyMatrix(this);
    }
  }
}
