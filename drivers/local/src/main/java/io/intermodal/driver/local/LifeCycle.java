package io.intermodal.driver.local;

import static io.intermodal.hypervisor.MachineState.PAUSED;
import static io.intermodal.hypervisor.MachineState.STARTED;
import static io.intermodal.hypervisor.MachineState.STOPPED;
import static io.intermodal.hypervisor.MachineState.SUSPENDED;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.Support;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in which states each operation is allowed. */
final class LifeCycle {

  private LifeCycle() {}

  /**
   * Returns when the state allows the operation.
   *
   * @throws HypervisorException {@code ILLEGAL_STATE} that names the states that do
   */
  static void require(Operation operation, MachineState state, Profile profile, String machine) {
    Set<MachineState> allowed = allowed(operation, profile);
    if (!allowed.contains(state)) {
      throw new HypervisorException(
          HypervisorError.ILLEGAL_STATE,
          LocalDriver.ID,
          "cannot "
              + operation.displayName()
              + " "
              + machine
              + ": it is "
              + state
              + ", it must be "
              + allowed.stream().map(Enum::name).collect(Collectors.joining(" or ")),
          machine);
    }
  }

  static Set<MachineState> allowed(Operation operation, Profile profile) {
    return switch (operation) {
      case START, SNAPSHOT, REVERT, DELETE, EXPORT -> EnumSet.of(STOPPED);
      case STOP -> EnumSet.of(STARTED, PAUSED, SUSPENDED);
      case REBOOT, PAUSE, SUSPEND, SERIAL_CONSOLE, GUEST_FACTS -> EnumSet.of(STARTED);
      case UNPAUSE -> EnumSet.of(PAUSED);
      case RESUME -> EnumSet.of(SUSPENDED);
      default ->
          // A paused or suspended guest could not take part in a change of its hardware.
          profile.capabilities().support(operation).effect() == Support.Effect.NEEDS_STOP
              ? EnumSet.of(STOPPED)
              : EnumSet.of(STARTED, STOPPED);
    };
  }
}
