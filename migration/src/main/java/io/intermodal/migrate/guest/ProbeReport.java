package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestFacts;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a probe found out and how.
 *
 * @param probe name of the probe
 * @param via how the guest was reached; null when it never was
 * @param waited how long it took until the guest answered, or until waiting was given up
 * @param tries how often it was tried
 * @param silence why others did not answer before, or why nobody did; null when there is nothing to
 *     say
 * @param facts what the guest says of itself; null when it said nothing
 * @param steps what was done for each test, in order
 */
public record ProbeReport(
    String probe,
    @Nullable String via,
    Duration waited,
    int tries,
    @Nullable String silence,
    @Nullable GuestFacts facts,
    List<ProbeStep> steps) {

  /** Copies the list. */
  public ProbeReport {
    Objects.requireNonNull(probe, "probe");
    Objects.requireNonNull(waited, "waited");
    steps = List.copyOf(steps);
  }

  static ProbeReport silent(String probe, Duration waited, int tries, String reason) {
    return new ProbeReport(probe, null, waited, tries, reason, null, List.of());
  }

  static ProbeReport of(
      String probe, GuestContact contact, ContactWait.Outcome wait, ProbeAnswer answer) {
    return new ProbeReport(
        probe,
        contact.via(),
        wait.waited(),
        wait.tries(),
        wait.reason().isEmpty() ? null : wait.reason(),
        answer.facts(),
        answer.steps());
  }

  /** Tells whether somebody in the guest answered. */
  public boolean isAnswered() {
    return via != null;
  }

  /** Returns the last step that was made for a test. */
  public Optional<ProbeStep> step(String test) {
    return steps.stream().filter(step -> step.test().equals(test)).reduce((one, next) -> next);
  }
}
