package io.intermodal.migrate.guest;

import io.intermodal.migrate.guest.ProbeStep.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what was done for each test. */
final class StepSheet {

  private final String via;
  private final List<ProbeStep> steps = new ArrayList<>();

  StepSheet(String via) {
    this.via = via;
  }

  List<ProbeStep> steps() {
    return steps;
  }

  void performed(String test, String action, @Nullable Duration duration) {
    add(test, action, duration, Outcome.PERFORMED, null);
  }

  void unsuccessful(String test, String action, @Nullable Duration duration, String reason) {
    add(test, action, duration, Outcome.UNSUCCESSFUL, reason);
  }

  void notPerformed(String test, String action, @Nullable Duration duration, String reason) {
    add(test, action, duration, Outcome.NOT_PERFORMED, reason);
  }

  private void add(
      String test,
      String action,
      @Nullable Duration duration,
      Outcome outcome,
      @Nullable String reason) {
    steps.add(new ProbeStep(test, action, via, duration, outcome, reason));
  }
}
