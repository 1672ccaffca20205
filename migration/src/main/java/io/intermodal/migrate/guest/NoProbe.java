package io.intermodal.migrate.guest;

import io.intermodal.Cancellation;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.UnsupportedOperation;
import java.time.Duration;

/** Asks nobody. */
record NoProbe(String reason) implements GuestProbe {

  @Override
  public String name() {
    return "none";
  }

  @Override
  public GuestContact contact(Machine machine, Duration patience) {
    throw new UnsupportedOperation(
        machine.hypervisor().info().driver(),
        Operation.GUEST_FACTS,
        machine.hypervisor().capabilities());
  }

  @Override
  public ProbeReport probe(Machine machine, ProbeRequest request, Cancellation cancellation) {
    return ProbeReport.silent(name(), Duration.ZERO, 0, reason);
  }
}
