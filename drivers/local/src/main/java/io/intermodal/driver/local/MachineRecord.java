package io.intermodal.driver.local;

import io.intermodal.hypervisor.MachineState;
import java.util.List;
import java.util.Optional;

/**
 * Says what a machine is doing: the content of its {@code state.json}. Replacing that file is the
 * one step in which a change becomes real.
 *
 * @param state one of STARTED, STOPPED, PAUSED and SUSPENDED
 * @param boots how often its guest booted
 * @param current name of the folder with its definition and disks
 * @param snapshots its snapshots, oldest first
 */
record MachineRecord(MachineState state, long boots, String current, List<Snapshot> snapshots) {

  /** Names a snapshot and the folder it is in. */
  record Snapshot(String name, String folder) {}

  MachineRecord {
    snapshots = List.copyOf(snapshots);
  }

  static MachineRecord created() {
    return new MachineRecord(MachineState.STOPPED, 0, "v1", List.of());
  }

  MachineRecord withState(MachineState newState) {
    return new MachineRecord(newState, boots, current, snapshots);
  }

  MachineRecord booted() {
    return new MachineRecord(MachineState.STARTED, boots + 1, current, snapshots);
  }

  MachineRecord withCurrent(String newCurrent) {
    return new MachineRecord(state, boots, newCurrent, snapshots);
  }

  MachineRecord withSnapshots(List<Snapshot> newSnapshots) {
    return new MachineRecord(state, boots, current, newSnapshots);
  }

  Optional<Snapshot> snapshot(String name) {
    return snapshots.stream().filter(snapshot -> snapshot.name().equals(name)).findFirst();
  }

  /** Tells whether a guest is up, in memory or saved. */
  boolean hasGuest() {
    return state != MachineState.STOPPED;
  }
}
