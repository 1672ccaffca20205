package io.intermodal.migrate;

import io.intermodal.Cancellation;
import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes the steps of a run: each is announced, timed and recorded, however it ends. */
final class StepLog {

  private final MigrationListener listener;
  private final Cancellation cancellation;
  private final Clock clock;
  private final String machine;
  private final List<StepRecord> records = new ArrayList<>();
  private Step current = Step.SOURCE_METADATA;
  private int cycle = 1;

  StepLog(MigrationListener listener, Cancellation cancellation, Clock clock, String machine) {
    this.listener = listener;
    this.cancellation = cancellation;
    this.clock = clock;
    this.machine = machine;
  }

  void startCycle(int number) {
    cycle = number;
  }

  /** Returns the step that was taken last. */
  Step current() {
    return current;
  }

  List<StepRecord> records() {
    return records;
  }

  /**
   * Takes a step.
   *
   * @param detail says what was done, from what the step gave
   * @throws IntermodalException what the step throws, or the wish to stop; never once it is done
   */
  <T> T take(Step step, Supplier<T> action, Function<T, String> detail) {
    current = step;
    cancellation.check("migration of " + machine);
    listener.stepStarted(cycle, step);
    Instant startedAt = clock.instant();
    try {
      T result = action.get();
      record(step, StepRecord.Outcome.DONE, describe(detail, result), startedAt);
      return result;
    } catch (RuntimeException e) {
      record(step, StepRecord.Outcome.FAILED, String.valueOf(asOurs(e).getMessage()), startedAt);
      throw e;
    }
  }

  /** What was done is done, and somebody must close it, whether or not it can be described. */
  private static <T> String describe(Function<T, String> detail, T result) {
    try {
      return detail.apply(result);
    } catch (RuntimeException e) {
      return "done; it could not be asked for details (" + e.getMessage() + ")";
    }
  }

  /** Leaves a step out. */
  void skip(Step step, String reason) {
    current = step;
    listener.stepStarted(cycle, step);
    record(step, StepRecord.Outcome.SKIPPED, reason, clock.instant());
  }

  private void record(Step step, StepRecord.Outcome outcome, String detail, Instant startedAt) {
    Duration duration = Duration.between(startedAt, clock.instant());
    StepRecord done = new StepRecord(cycle, step, outcome, detail, startedAt, duration);
    records.add(done);
    listener.stepEnded(done);
  }

  /** Makes an unexpected exception one of ours, so that a report can hold it. */
  static IntermodalException asOurs(RuntimeException e) {
    return e instanceof IntermodalException ours
        ? ours
        : new IntermodalException(
            CommonError.INTERNAL, "the migration failed unexpectedly: " + e, null, e);
  }
}
