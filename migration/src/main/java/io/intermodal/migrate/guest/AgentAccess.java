package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.UnsupportedOperation;
import java.time.Duration;

/** Reaches a guest through the agent of its hypervisor. */
final class AgentAccess implements GuestAccess {

  static final AgentAccess INSTANCE = new AgentAccess();

  private AgentAccess() {}

  @Override
  public String name() {
    return "agent";
  }

  @Override
  public GuestShell open(Machine machine, Duration patience) {
    String driver = machine.hypervisor().info().driver();
    if (!machine.hypervisor().capabilities().supports(Operation.GUEST_AGENT)) {
      throw new UnsupportedOperation(
          driver, Operation.GUEST_AGENT, machine.hypervisor().capabilities());
    }
    return machine
        .guestAgent()
        .orElseThrow(
            () ->
                new HypervisorException(
                    HypervisorError.GUEST_UNREACHABLE,
                    driver,
                    "cannot reach the guest of "
                        + machine.name()
                        + " through its agent: the machine has none, or it does not answer",
                    machine.name()));
  }
}
