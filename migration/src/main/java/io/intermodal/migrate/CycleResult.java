package io.intermodal.migrate;

import io.intermodal.evaluate.Evaluation;
import io.intermodal.evaluate.Observations;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds what one run of the sequence gave.
 *
 * @param cycle its number, from 1
 * @param source what the tests saw at the source; null when they were not run there
 * @param target what the tests saw at the target
 * @param evaluation the scores; null when the source was not tested, as there is nothing to compare
 * @param disks what became of each disk
 * @param sourceTests what was done for each test at the source; null when they were not run there
 * @param targetTests what was done for each test at the target
 */
public record CycleResult(
    int cycle,
    @Nullable Observations source,
    Observations target,
    @Nullable Evaluation evaluation,
    List<DiskRecord> disks,
    @Nullable TestRun sourceTests,
    TestRun targetTests) {

  /** Copies the list. */
  public CycleResult {
    disks = List.copyOf(disks);
    Objects.requireNonNull(targetTests, "targetTests");
  }
}
