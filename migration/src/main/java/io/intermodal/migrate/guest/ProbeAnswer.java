package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestFacts;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a guest answered.
 *
 * @param facts what it says of itself; null when it said nothing
 * @param steps what was done to find out, in order
 */
public record ProbeAnswer(@Nullable GuestFacts facts, List<ProbeStep> steps) {

  /** Copies the list. */
  public ProbeAnswer {
    steps = List.copyOf(Objects.requireNonNull(steps, "steps"));
  }
}
