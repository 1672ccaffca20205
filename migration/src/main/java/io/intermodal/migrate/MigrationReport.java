package io.intermodal.migrate;

import io.intermodal.evaluate.Cycles;
import io.intermodal.evaluate.Evaluation;
import io.intermodal.hypervisor.HypervisorInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything a migration did, for people ({@link HtmlReport}) and programs ({@link
 * JsonReport}). Immutable.
 *
 * @param plan what was planned
 * @param sourceInfo the source hypervisor; null for a package
 * @param startedAt when it began
 * @param duration how long it took
 * @param steps the outcome of every step, in order
 * @param cycles what each run of the sequence gave
 * @param evaluations the evaluations of all cycles, which tell whether the result is stable; null
 *     without a score
 * @param failure why it did not complete; null when it did
 * @param machineId id of the new machine; null when there is none
 * @param sourceOutcome what became of the source, in a sentence
 * @param versions versions of everything that took part, by name
 */
public record MigrationReport(
    MigrationPlan plan,
    @Nullable HypervisorInfo sourceInfo,
    Instant startedAt,
    Duration duration,
    List<StepRecord> steps,
    List<CycleResult> cycles,
    @Nullable Cycles evaluations,
    @Nullable Failure failure,
    @Nullable String machineId,
    String sourceOutcome,
    Map<String, String> versions) {

  /** Copies the collections. */
  public MigrationReport {
    steps = List.copyOf(steps);
    cycles = List.copyOf(cycles);
  }

  /** Tells whether the machine is at the target, whatever its score. */
  public boolean isComplete() {
    return failure == null;
  }

  /**
   * Returns the evaluation of the last cycle; empty when there was nothing to compare, or the
   * migration did not complete: whatever earlier cycles gave, no machine is at the target.
   */
  public Optional<Evaluation> evaluation() {
    return cycles.isEmpty() || !isComplete()
        ? Optional.empty()
        : Optional.ofNullable(cycles.get(cycles.size() - 1).evaluation());
  }
}
