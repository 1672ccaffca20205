package io.intermodal.testkit;

import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.Support;
import java.util.EnumSet;
import java.util.Set;

/** Says which states allow an operation, as the methods of {@code Machine} state it. */
final class AllowedStates {

  private AllowedStates() {}

  /** Returns states that allow it whatever the driver declares. */
  static Set<MachineState> allowing(Operation operation) {
    return switch (operation) {
      case START, DELETE, DELETE_KEEPING_DISKS, EXPORT -> EnumSet.of(MachineState.STOPPED);
      case STOP -> EnumSet.of(MachineState.STARTED, MachineState.PAUSED, MachineState.SUSPENDED);
      case REBOOT, PAUSE, SUSPEND, SERIAL_CONSOLE, INJECT_FILE -> EnumSet.of(MachineState.STARTED);
      case UNPAUSE -> EnumSet.of(MachineState.PAUSED);
      case RESUME -> EnumSet.of(MachineState.SUSPENDED);
      default -> EnumSet.of(MachineState.STOPPED);
    };
  }

  /**
   * Tells whether an operation must be refused in a state; where a driver may choose, it is not.
   */
  static boolean forbids(Operation operation, MachineState state, Capabilities capabilities) {
    return switch (operation) {
      case START,
          STOP,
          REBOOT,
          PAUSE,
          UNPAUSE,
          SUSPEND,
          RESUME,
          SERIAL_CONSOLE,
          INJECT_FILE,
          DELETE,
          DELETE_KEEPING_DISKS,
          EXPORT ->
          !allowing(operation).contains(state);
      case SNAPSHOT,
          REVERT,
          SET_CPU,
          SET_MEMORY,
          ATTACH_DISK,
          DETACH_DISK,
          RESIZE_DISK,
          ATTACH_NIC,
          DETACH_NIC,
          FIREWALL ->
          state != MachineState.STOPPED
              && capabilities.support(operation).effect() == Support.Effect.NEEDS_STOP;
      default -> false;
    };
  }
}
