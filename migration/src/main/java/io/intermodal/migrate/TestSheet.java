package io.intermodal.migrate;

import io.intermodal.evaluate.Observation;
import io.intermodal.evaluate.Observations;
import io.intermodal.evaluate.TestId;
import io.intermodal.migrate.guest.ProbeReport;
import io.intermodal.migrate.guest.ProbeStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down, for one side, what the tests saw and what was done for each of them. */
final class TestSheet {

  private static final String VIA = "hypervisor";

  private final Observations.Builder observations;
  private final List<ProbeStep> steps = new ArrayList<>();
  private @Nullable ProbeReport guest;

  TestSheet(Observations.Builder observations) {
    this.observations = observations;
  }

  Observations.Builder observations() {
    return observations;
  }

  TestRun run() {
    return new TestRun(steps, guest);
  }

  void guest(ProbeReport report) {
    guest = report;
  }

  /**
   * Writes down a test of table II.
   *
   * @param startedNanos when it began, by {@link System#nanoTime()}
   * @param reason why it failed or could not be performed; null when it did what it should
   */
  void record(
      String test,
      String action,
      long startedNanos,
      ProbeStep.Outcome outcome,
      @Nullable String reason) {
    Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
    ProbeStep step = new ProbeStep(test, action, VIA, took, outcome, reason);
    steps.add(step);
    observations.put(TestId.of(test), observation(step));
  }

  private static Observation observation(ProbeStep step) {
    String reason = step.why().orElse("");
    return switch (step.outcome()) {
      case PERFORMED -> Observation.successful();
      case UNSUCCESSFUL -> Observation.unsuccessful(reason);
      case NOT_PERFORMED -> Observation.notPerformed(reason);
    };
  }
}
