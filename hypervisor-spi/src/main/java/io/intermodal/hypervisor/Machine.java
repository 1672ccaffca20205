package io.intermodal.hypervisor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Is one machine at a hypervisor. Every call asks the hypervisor anew; nothing is cached. An
 * operation that the driver does not declare throws {@link UnsupportedOperation} and changes
 * nothing; one that the state does not allow throws {@code ILLEGAL_STATE} and names the states that
 * do.
 *
 * <p>A driver overrides what it declares in its {@link Capabilities}.
 */
public interface Machine {

  /** Returns its id, stable and unique at its hypervisor. */
  String id();

  /** Returns its name. */
  String name();

  /** Returns the hypervisor it is at. */
  Hypervisor hypervisor();

  /** Reads its definition. */
  MachineSpec spec();

  /** Reads its state. */
  MachineState state();

  /**
   * Returns a text that is another one after each boot of the guest, so that an unwanted reboot can
   * be told; empty when the driver cannot tell.
   */
  default Optional<String> bootId() {
    return Optional.empty();
  }

  /** Starts it from STOPPED; returns when it is STARTED. */
  default void start() {
    throw unsupported(Operation.START);
  }

  /**
   * Shuts the guest down and returns when it is STOPPED; a suspended machine loses its saved state.
   *
   * @param timeout how long the guest may take before its power is cut; zero cuts it at once
   */
  default void stop(Duration timeout) {
    throw unsupported(Operation.STOP);
  }

  /** Restarts the guest of a STARTED machine. */
  default void reboot() {
    throw unsupported(Operation.REBOOT);
  }

  /** Stops the processors of a STARTED machine and keeps its memory. */
  default void pause() {
    throw unsupported(Operation.PAUSE);
  }

  /** Lets a PAUSED machine run on. */
  default void unpause() {
    throw unsupported(Operation.UNPAUSE);
  }

  /** Saves the memory of a STARTED machine to disk and releases the host's resources. */
  default void suspend() {
    throw unsupported(Operation.SUSPEND);
  }

  /** Lets a SUSPENDED machine run on in its exact state. */
  default void resume() {
    throw unsupported(Operation.RESUME);
  }

  /** Keeps the state of disks and definition of a STOPPED machine under a new name. */
  default void snapshot(String snapshotName) {
    throw unsupported(Operation.SNAPSHOT);
  }

  /** Lists its snapshots, oldest first. */
  default List<String> snapshots() {
    return List.of();
  }

  /** Puts a STOPPED machine back to a snapshot, which stays. */
  default void revert(String snapshotName) {
    throw unsupported(Operation.REVERT);
  }

  /** Deletes a snapshot; the machine stays as it is. */
  default void deleteSnapshot(String snapshotName) {
    throw unsupported(Operation.SNAPSHOT);
  }

  /** Changes the number of processors, in the way {@link Operation#SET_CPU} declares. */
  default void setCpus(int count) {
    throw unsupported(Operation.SET_CPU);
  }

  /** Changes the memory, in the way {@link Operation#SET_MEMORY} declares. */
  default void setMemoryBytes(long bytes) {
    throw unsupported(Operation.SET_MEMORY);
  }

  /** Adds a new blank disk. */
  default void attachDisk(DiskSpec disk) {
    throw unsupported(Operation.ATTACH_DISK);
  }

  /** Removes a disk and deletes its content. */
  default void detachDisk(String diskKey) {
    throw unsupported(Operation.DETACH_DISK);
  }

  /** Makes a disk larger; smaller is refused. */
  default void resizeDisk(String diskKey, long capacityBytes) {
    throw unsupported(Operation.RESIZE_DISK);
  }

  /** Reads what the guest of a STARTED machine wrote to its serial console since it booted. */
  default String serialOutput() {
    throw unsupported(Operation.SERIAL_CONSOLE);
  }

  /** Asks the guest of a STARTED machine for its own facts; empty when nobody in it answers. */
  default Optional<GuestFacts> guestFacts() {
    return Optional.empty();
  }

  /** Deletes a STOPPED machine with its disks and snapshots. */
  default void delete() {
    throw unsupported(Operation.DELETE);
  }

  private UnsupportedOperation unsupported(Operation operation) {
    return new UnsupportedOperation(
        hypervisor().info().driver(), operation, hypervisor().capabilities());
  }
}
