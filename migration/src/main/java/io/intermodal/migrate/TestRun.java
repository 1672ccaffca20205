package io.intermodal.migrate;

import io.intermodal.migrate.guest.ProbeReport;
import io.intermodal.migrate.guest.ProbeStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records what was done on one side for the tests of tables II and III.
 *
 * @param hypervisor what was done for each test of table II, in order
 * @param guest how the guest was reached and asked for table III; null when it never came to that
 */
public record TestRun(List<ProbeStep> hypervisor, @Nullable ProbeReport guest) {

  /** Copies the list. */
  public TestRun {
    hypervisor = List.copyOf(hypervisor);
  }
}
