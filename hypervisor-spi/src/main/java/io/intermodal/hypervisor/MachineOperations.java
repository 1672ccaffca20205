package io.intermodal.hypervisor;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the operations common to all hypervisors with one syntax, under the caller's
 * requirements (ODCA VM interoperability, Usage Scenario 3). Immutable; as thread-safe as the
 * machine.
 *
 * <pre>{@code
 * MachineOperations.on(machine).require(noReboot()).setCpus(4);
 * }</pre>
 */
public final class MachineOperations {

  private static final Duration STOP_TIMEOUT = Duration.ofMinutes(2);

  private final Machine machine;
  private final Set<Requirement> requirements;

  private MachineOperations(Machine machine, Set<Requirement> requirements) {
    this.machine = machine;
    this.requirements = requirements;
  }

  /** Starts with no requirement. */
  public static MachineOperations on(Machine machine) {
    return new MachineOperations(
        Objects.requireNonNull(machine, "machine"), EnumSet.noneOf(Requirement.class));
  }

  /** Adds a requirement to all that follows. */
  public MachineOperations require(Requirement requirement) {
    EnumSet<Requirement> all = EnumSet.of(requirement);
    all.addAll(requirements);
    return new MachineOperations(machine, all);
  }

  /** Starts the machine. */
  public OperationResult start() {
    return perform(Operation.START, "started", machine::start);
  }

  /** Shuts the guest down within two minutes, then cuts its power. */
  public OperationResult stop() {
    return stop(STOP_TIMEOUT);
  }

  /** Shuts the guest down; its power is cut after the timeout, at once when that is zero. */
  public OperationResult stop(Duration timeout) {
    return perform(Operation.STOP, "stopped", () -> machine.stop(timeout));
  }

  /** Restarts the guest. */
  public OperationResult reboot() {
    return perform(Operation.REBOOT, "rebooted", machine::reboot);
  }

  /** Pauses the machine in memory. */
  public OperationResult pause() {
    return perform(Operation.PAUSE, "paused", machine::pause);
  }

  /** Lets the paused machine run on. */
  public OperationResult unpause() {
    return perform(Operation.UNPAUSE, "runs on", machine::unpause);
  }

  /** Suspends the machine to disk. */
  public OperationResult suspend() {
    return perform(Operation.SUSPEND, "suspended", machine::suspend);
  }

  /** Resumes the suspended machine. */
  public OperationResult resume() {
    return perform(Operation.RESUME, "resumed", machine::resume);
  }

  /** Takes a snapshot. */
  public OperationResult snapshot(String name) {
    return perform(Operation.SNAPSHOT, "snapshot " + name + " taken", () -> machine.snapshot(name));
  }

  /** Goes back to a snapshot. */
  public OperationResult revert(String name) {
    return perform(Operation.REVERT, "back at snapshot " + name, () -> machine.revert(name));
  }

  /** Changes the number of processors. */
  public OperationResult setCpus(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1: " + count);
    }
    return perform(Operation.SET_CPU, "now has " + count + " cpus", () -> machine.setCpus(count));
  }

  /** Changes the memory. */
  public OperationResult setMemoryBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes must be at least 1: " + bytes);
    }
    return perform(
        Operation.SET_MEMORY,
        "now has " + bytes + " bytes of memory",
        () -> machine.setMemoryBytes(bytes));
  }

  /** Deletes the machine with its disks and snapshots. */
  public OperationResult delete() {
    Hypervisor hypervisor = machine.hypervisor();
    MachineState before = machine.state();
    String name = machine.name();
    check(Operation.DELETE, hypervisor, before);
    machine.delete();
    return new OperationResult(
        name, Operation.DELETE, before, MachineState.DELETING, null, name + ": deleted");
  }

  private OperationResult perform(Operation operation, String outcome, Runnable action) {
    MachineState before = machine.state();
    check(operation, machine.hypervisor(), before);
    Optional<String> bootBefore = machine.bootId();
    action.run();
    Optional<String> bootAfter = machine.bootId();
    Boolean rebooted = rebooted(bootBefore, bootAfter);
    MachineState after = machine.state();
    boolean ranThrough = after == alive(operation) && !Boolean.TRUE.equals(rebooted);
    if (requirements.contains(Requirement.NO_REBOOT)
        && before == MachineState.STARTED
        && !ranThrough) {
      throw new HypervisorException(
          HypervisorError.REQUIREMENT_NOT_MET,
          machine.hypervisor().info().driver(),
          "the machine "
              + machine.name()
              + " did not run on through "
              + operation.displayName()
              + " although no reboot was required; it is now "
              + after,
          machine.name());
    }
    return new OperationResult(
        machine.name(), operation, before, after, rebooted, machine.name() + ": " + outcome);
  }

  /** Returns where an operation leaves a guest that neither stopped nor restarted. */
  private static MachineState alive(Operation operation) {
    return switch (operation) {
      case PAUSE -> MachineState.PAUSED;
      case SUSPEND -> MachineState.SUSPENDED;
      default -> MachineState.STARTED;
    };
  }

  private static @Nullable Boolean rebooted(Optional<String> before, Optional<String> after) {
    if (before.isEmpty() || after.isEmpty()) {
      return null;
    }
    return !before.equals(after);
  }

  private void check(Operation operation, Hypervisor hypervisor, MachineState state) {
    Capabilities capabilities = hypervisor.capabilities();
    String driver = hypervisor.info().driver();
    Support support = capabilities.support(operation);
    if (!support.isSupported()) {
      throw new UnsupportedOperation(driver, operation, capabilities);
    }
    if (requirements.contains(Requirement.NO_REBOOT)
        && state == MachineState.STARTED
        && support.effect() != Support.Effect.LIVE) {
      throw new HypervisorException(
          HypervisorError.REQUIREMENT_NOT_MET,
          driver,
          "cannot "
              + operation.displayName()
              + " "
              + machine.name()
              + " without a reboot: "
              + hypervisor.info().product()
              + " declares "
              + support.effect()
              + (support.note() == null ? "" : " (" + support.note() + ")")
              + "; nothing was changed",
          machine.name());
    }
  }
}
