package io.intermodal.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Holds the evaluations of one move that was executed several times. A result counts when at least
 * {@value #MINIMUM} cycles gave identical results (TIOSA section III).
 *
 * <p>Two cycles are equal if every test and every aggregate has the same score, before relaxations.
 * What was measured may differ, as the time of a packet always does (our decision).
 *
 * @param evaluations one evaluation per cycle, in their order
 */
public record Cycles(List<Evaluation> evaluations) {
  /** How many equal cycles make a result. */
  public static final int MINIMUM = 3;

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no cycle, or cycles differ in rules or hypervisors
   *     and so cannot be compared
   */
  public Cycles {
    evaluations = List.copyOf(evaluations);
    if (evaluations.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one cycle");
    }
    Evaluation first = evaluations.get(0);
    for (Evaluation other : evaluations) {
      if (!other.rules().equals(first.rules())) {
        throw new IllegalArgumentException("cycles must be evaluated by the same rules");
      }
      if (!other.source().hypervisor().equals(first.source().hypervisor())
          || !other.target().hypervisor().equals(first.target().hypervisor())) {
        throw new IllegalArgumentException("cycles must be between the same hypervisors");
      }
    }
  }

  /** Returns the cycles of several evaluations of one move. */
  public static Cycles of(Evaluation first, Evaluation... others) {
    List<Evaluation> all = new ArrayList<>();
    all.add(first);
    all.addAll(List.of(others));
    return new Cycles(all);
  }

  /** Says whether the result counts; cycles that differ are UNSTABLE however many there are. */
  public Stability stability() {
    if (!differing().isEmpty()) {
      return Stability.UNSTABLE;
    }
    return evaluations.size() < MINIMUM ? Stability.INSUFFICIENT : Stability.STABLE;
  }

  /**
   * Returns the tests and aggregates whose score is not the same in every cycle, in their order.
   */
  public List<TestId> differing() {
    TreeMap<TestId, List<Score>> scores = scores();
    scores
        .values()
        .removeIf(
            each -> each.size() == evaluations.size() && each.stream().distinct().count() == 1);
    return List.copyOf(scores.keySet());
  }

  /** Returns the scores of a test or an aggregate, cycle by cycle; empty where it has none. */
  public List<Score> scoresOf(TestId id) {
    return List.copyOf(scores().getOrDefault(id, List.of()));
  }

  /** Returns the lowest overall score of all cycles, without relaxations. */
  public Score lowestScore() {
    return Score.lowest(evaluations.stream().map(Evaluation::scoreWithoutRelaxations).toList());
  }

  private TreeMap<TestId, List<Score>> scores() {
    TreeMap<TestId, List<Score>> scores = new TreeMap<>();
    for (Evaluation evaluation : evaluations) {
      for (TestResult test : evaluation.tests()) {
        add(scores, test.id(), test.scoreWithoutRelaxations());
      }
      for (AggregateResult result : evaluation.aggregates()) {
        add(scores, result.aggregate().id(), result.scoreWithoutRelaxations());
      }
    }
    return scores;
  }

  private static void add(TreeMap<TestId, List<Score>> scores, TestId id, Score score) {
    scores.computeIfAbsent(id, unused -> new ArrayList<>()).add(score);
  }
}
