package io.intermodal.evaluate.survey;

import java.util.Objects;

/**
 * One place of a survey: a guest system that is moved from one hypervisor to another. The three are
 * the parameters of every TIOSA test.
 *
 * @param source the hypervisor source
 * @param target the hypervisor under test
 * @param guest the guest operating system
 */
public record SurveyPath(Hypervisor source, Hypervisor target, GuestSystem guest) {
  /**
   * @throws IllegalArgumentException if source and target are the same
   */
  public SurveyPath {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(guest, "guest");
    if (source.equals(target)) {
      throw new IllegalArgumentException("source and target are the same: " + source);
    }
  }

  /** Returns source, target and guest in words. */
  @Override
  public String toString() {
    return guest + " from " + source + " to " + target;
  }
}
