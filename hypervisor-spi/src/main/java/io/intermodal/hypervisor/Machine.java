package io.intermodal.hypervisor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  /** Adds a network card; its key must be new to the machine. */
  default void attachNic(NicSpec nic) {
    throw unsupported(Operation.ATTACH_NIC);
  }

  /** Removes a network card. */
  default void detachNic(String nicKey) {
    throw unsupported(Operation.DETACH_NIC);
  }

  /**
   * Replaces the rules that the hypervisor applies to the packets of a card; none lets everything
   * pass. What no rule matches passes. A driver that cannot apply the rules refuses them.
   *
   * @throws HypervisorException {@code NO_SUCH_PART} for a key that no card has
   */
  default void setFirewall(String nicKey, List<PacketRule> rules) {
    throw unsupported(Operation.FIREWALL);
  }

  /**
   * Writes a file into the guest of a STARTED machine, through the hypervisor; one that exists is
   * replaced.
   *
   * @param path absolute path in the guest
   */
  default void injectFile(String path, byte[] content) {
    throw unsupported(Operation.INJECT_FILE);
  }

  /**
   * Reads what the guest of a STARTED machine wrote to its serial console since it booted. A
   * hypervisor that keeps nothing of it gives what the guest writes now.
   */
  default String serialOutput() {
    throw unsupported(Operation.SERIAL_CONSOLE);
  }

  /** Opens the serial console of a STARTED machine; whoever had it open before loses it. */
  default GuestConsole openConsole() {
    throw unsupported(Operation.SERIAL_CONSOLE);
  }

  /**
   * Opens a shell in the guest of a STARTED machine through the hypervisor's guest agent; empty
   * when the machine has none, or it does not answer at once.
   */
  default Optional<GuestShell> guestAgent() {
    return Optional.empty();
  }

  /** Lists the addresses of the guest that the hypervisor knows now, the likeliest first. */
  default List<GuestAddress> addresses() {
    return List.of();
  }

  /** Asks the guest of a STARTED machine for its own facts; empty when nobody in it answers. */
  default Optional<GuestFacts> guestFacts() {
    return Optional.empty();
  }

  /** Deletes a STOPPED machine with its disks and snapshots. */
  default void delete() {
    throw unsupported(Operation.DELETE);
  }

  /**
   * Deletes the definition of a STOPPED machine and leaves its disks where they are.
   *
   * @return where the hypervisor keeps each disk, by its key
   */
  default Map<String, String> deleteKeepingDisks() {
    throw unsupported(Operation.DELETE_KEEPING_DISKS);
  }

  private UnsupportedOperation unsupported(Operation operation) {
    return new UnsupportedOperation(
        hypervisor().info().driver(), operation, hypervisor().capabilities());
  }
}
