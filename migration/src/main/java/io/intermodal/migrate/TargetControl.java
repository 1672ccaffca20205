package io.intermodal.migrate;

import io.intermodal.IntermodalException;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineState;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reserves, makes, starts and removes the new machine, and knows what is left of it when a driver
 * fails half way.
 */
final class TargetControl {

  private final MigrationPlan plan;
  private final Hypervisor target;

  /** The machines that were at the target before this run's; they are never touched. */
  private Set<String> there = Set.of();

  /** The new machine while it is this run's to remove. */
  private @Nullable Machine created;

  /** Its id; null while it is not known. */
  private @Nullable String createdId;

  /** Why nobody knows whether a commit that failed made the machine; null when that is known. */
  private @Nullable String commitUnknown;

  /** Why what was written is left at the target without a machine; null when it is not. */
  private @Nullable String reservationLeft;

  TargetControl(MigrationPlan plan, Hypervisor target) {
    this.plan = plan;
    this.target = target;
  }

  /**
   * Says what an undoing left at the target.
   *
   * @param isCleared false when the new machine is known to be there still
   * @param words the same for people
   */
  record Remains(boolean isCleared, String words) {}

  /** Returns the new machine; it must have been made. */
  Machine machine() {
    return Objects.requireNonNull(created, "created");
  }

  /** Returns the id of the new machine; null when there is none or it is not known. */
  @Nullable String machineId() {
    return createdId;
  }

  MachineImport reserve() {
    there = idsAtTarget();
    return target.importMachine(plan.targetSpec());
  }

  /**
   * Makes the machine. A driver may fail after it was made, and only the answer is lost; while the
   * name is still reserved, a new machine of that name can be nobody else's.
   */
  void commit(MachineImport reservation) {
    try {
      created = reservation.commit();
      createdId = created.id();
    } catch (RuntimeException | Error e) {
      if (created == null) {
        findCommitted(e);
      }
      throw e;
    }
  }

  private void findCommitted(Throwable failure) {
    try {
      for (Machine machine : target.machines()) {
        String id = machine.id();
        if (!there.contains(id) && machine.name().equals(plan.targetSpec().name())) {
          created = machine;
          createdId = id;
        }
      }
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      commitUnknown = "it could not be asked after the commit failed (" + e.getMessage() + ")";
    }
  }

  private Set<String> idsAtTarget() {
    return target.machines().stream().map(Machine::id).collect(Collectors.toSet());
  }

  void release(MachineImport reservation) {
    try {
      reservation.close();
    } catch (RuntimeException e) {
      reservationLeft = "what was written could not be given up (" + e.getMessage() + ")";
      throw e;
    }
    reservationLeft = null;
  }

  /** Starts the new machine and looks whether it runs. */
  Machine start() {
    Machine machine = machine();
    machine.start();
    MachineState state = machine.state();
    if (state != MachineState.STARTED) {
      throw new IntermodalException(
          MigrateError.TARGET_NOT_RUNNING,
          "cannot start " + machine.name() + " at the target: it is " + state,
          machine.name(),
          null);
    }
    return machine;
  }

  /** Stops the new machine and looks whether it is stopped. */
  void stop() {
    Machine machine = machine();
    machine.stop(SourceControl.STOP_TIMEOUT);
    MachineState state = machine.state();
    if (state != MachineState.STOPPED) {
      throw new IntermodalException(
          MigrateError.TARGET_NOT_STOPPED,
          "cannot leave " + machine.name() + " stopped at the target: it is " + state,
          machine.name(),
          null);
    }
  }

  /** Removes the new machine and says what is left. */
  Remains undo() {
    try {
      remove();
    } catch (RuntimeException e) {
      return new Remains(
          false,
          "the new machine "
              + (createdId == null ? "" : createdId + " ")
              + "could not be removed from the target ("
              + e.getMessage()
              + "); remove it "
              + (plan.options().mode() == MigrationOptions.Mode.COPY
                  ? "yourself"
                  : "before the source is started"));
    }
    String unknown = commitUnknown == null ? reservationLeft : commitUnknown;
    if (unknown == null) {
      return new Remains(true, "nothing is left at the target");
    }
    return new Remains(
        true,
        "whether something is left at the target is not known: "
            + unknown
            + "; look for "
            + plan.targetSpec().name()
            + " there and remove it before it is started");
  }

  /** Removes the new machine, if there is one. */
  void remove() {
    Machine machine = created;
    if (machine == null) {
      return;
    }
    try {
      if (machine.state() != MachineState.STOPPED) {
        machine.stop(Duration.ZERO);
      }
      machine.delete();
    } catch (RuntimeException e) {
      if (isAtTarget(e)) {
        throw e;
      }
    }
    created = null;
    createdId = null;
  }

  /** Tells whether the new machine is still there, or might be. */
  private boolean isAtTarget(RuntimeException failure) {
    try {
      return createdId == null || idsAtTarget().contains(createdId);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      return true;
    }
  }
}
