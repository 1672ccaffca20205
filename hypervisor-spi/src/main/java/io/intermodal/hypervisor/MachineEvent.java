package io.intermodal.hypervisor;

import java.time.Instant;
import java.util.Objects;

/**
 * Says that something happened to a machine, whoever caused it.
 *
 * @param machineId id of the machine
 * @param machineName its name
 * @param kind what happened
 * @param at when this process was told
 */
public record MachineEvent(String machineId, String machineName, Kind kind, Instant at) {

  /** Names what can happen to a machine. */
  public enum Kind {
    /** It was made, or its definition was replaced. */
    DEFINED,
    /** It was deleted. */
    DELETED,
    /** It started. */
    STARTED,
    /** Its guest restarted. */
    REBOOTED,
    /** It was paused. */
    PAUSED,
    /** It runs on after a pause. */
    UNPAUSED,
    /** Its memory was saved to disk. */
    SUSPENDED,
    /** It stopped: its guest shut down, or its power was cut. */
    STOPPED,
    /** Its guest crashed. */
    CRASHED
  }

  /** Validates that all parts are there. */
  public MachineEvent {
    Objects.requireNonNull(machineId, "machineId");
    Objects.requireNonNull(machineName, "machineName");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(at, "at");
  }
}
