package io.intermodal.hypervisor;

import java.util.Optional;

/** Names where a machine is in its life cycle, in the words of CIMI (DSP0263, Machine.state). */
public enum MachineState {
  /** Being made. */
  CREATING,
  /** On its way to STARTED. */
  STARTING,
  /** Running and usable. */
  STARTED,
  /** On its way to STOPPED. */
  STOPPING,
  /** Not running; its configuration and disks are kept. */
  STOPPED,
  /** On its way to PAUSED. */
  PAUSING,
  /** Not running; memory is kept on the host. */
  PAUSED,
  /** On its way to SUSPENDED. */
  SUSPENDING,
  /** Memory saved to disk, compute released; resumes in the exact state. */
  SUSPENDED,
  /** Being deleted. */
  DELETING,
  /** Something is wrong; the hypervisor says what. */
  ERROR;

  /** Names the three states of the ODCA usage model. */
  public enum LifeCycle {
    /** Running and usable. */
    STARTED,
    /** Configuration kept for a restart. */
    STOPPED,
    /** State saved, compute and memory released (ACPI S4). */
    SUSPENDED
  }

  /**
   * Returns the ODCA state this one stands for; PAUSED counts as STARTED, as memory and compute
   * stay allocated. Empty for the states in between and for ERROR.
   */
  public Optional<LifeCycle> lifeCycle() {
    return switch (this) {
      case STARTED, PAUSED -> Optional.of(LifeCycle.STARTED);
      case STOPPED -> Optional.of(LifeCycle.STOPPED);
      case SUSPENDED -> Optional.of(LifeCycle.SUSPENDED);
      default -> Optional.empty();
    };
  }
}
