package io.intermodal.migrate;

import io.intermodal.IntermodalException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import java.time.Duration;
import java.util.Optional;

/** Stops the source, puts it back into the state it had, and says what became of it. */
final class SourceControl {

  /** How long a guest may take to shut down before its power is cut. */
  static final Duration STOP_TIMEOUT = Duration.ofMinutes(2);

  private final Optional<Machine> machine;
  private final MachineSpec spec;
  private final String name;
  private final MachineState before;
  private final MigrationOptions options;

  /** Whether somebody else started the source; what they want with it is theirs to say. */
  private boolean startedByOthers;

  SourceControl(MigrationPlan plan, MigrationSource source) {
    this.machine = source.machine();
    this.spec = plan.sourceSpec();
    this.name = spec.name();
    this.before = plan.sourceState();
    this.options = plan.options();
  }

  /** Stops a machine and looks whether it really is stopped. */
  static Machine stopAndVerify(Machine machine) {
    if (machine.state() != MachineState.STOPPED) {
      machine.stop(STOP_TIMEOUT);
    }
    MachineState state = machine.state();
    if (state != MachineState.STOPPED) {
      throw new IntermodalException(
          MigrateError.SOURCE_NOT_STOPPED,
          "cannot go on: " + machine.name() + " is " + state + " although it was told to stop",
          machine.name(),
          null);
    }
    return machine;
  }

  /**
   * Looks whether the source of a move is still stopped. Somebody else may have started it since;
   * then two would run, and what was moved is no longer all there is.
   */
  void requireStopped() {
    if (machine.isEmpty() || options.mode() == MigrationOptions.Mode.COPY) {
      return;
    }
    MachineState state = machine.get().state();
    if (state != MachineState.STOPPED) {
      startedByOthers = true;
      throw new IntermodalException(
          MigrateError.SOURCE_NOT_STOPPED,
          "cannot go on: "
              + name
              + " is "
              + state
              + " at the source although it was stopped; see who started it, and move it again",
          name,
          null);
    }
  }

  /** Puts the source back into the state it had when the plan was made. */
  void restore() {
    if (machine.isEmpty()) {
      return;
    }
    Machine source = machine.get();
    MachineState now = source.state();
    if (now == before) {
      return;
    }
    if (before == MachineState.STOPPED) {
      source.stop(STOP_TIMEOUT);
    } else if (before == MachineState.STARTED) {
      switch (now) {
        case STOPPED -> source.start();
        case PAUSED -> source.unpause();
        case SUSPENDED -> source.resume();
        default -> {}
      }
    }
    now = source.state();
    if (now != before) {
      throw new IntermodalException(
          MigrateError.SOURCE_NOT_RESTORED,
          "cannot put " + name + " back to " + before + ": it is " + now,
          name,
          null);
    }
  }

  /** Restores what can be restored after a failure and says how the source stands. */
  String restoreAfterFailure() {
    if (machine.isEmpty()) {
      return "the package is as it was";
    }
    if (startedByOthers) {
      return "the source is left to whoever started it meanwhile";
    }
    try {
      restore();
      return "the source is "
          + before
          + (machine.get().spec().equals(spec)
              ? ", as before"
              : "; its definition is another one than before, see its disks");
    } catch (RuntimeException e) {
      return "the source could not be put back to " + before + " (" + e.getMessage() + ")";
    }
  }

  /** Ends a migration that went well; says what became of the source, and never fails. */
  String finish(boolean knownToBeGood) {
    if (machine.isEmpty()) {
      return "the package is as it was";
    }
    if (options.mode() == MigrationOptions.Mode.COPY) {
      return copied(machine.get());
    }
    if (!options.deleteSource()) {
      return name + " is stopped and kept";
    }
    if (!knownToBeGood) {
      return name + " is stopped and kept, since the result is not known to be good";
    }
    return delete(machine.get());
  }

  private String copied(Machine source) {
    try {
      MachineState state = source.state();
      return name
          + " is "
          + state
          + (state == before ? ", as before" : "; it was " + before + " before the copy");
    } catch (RuntimeException e) {
      return name + " was put back to " + before + "; its state could not be asked for since";
    }
  }

  /** The new machine is good; taking it back now could cost the only copy there is. */
  private String delete(Machine source) {
    try {
      source.delete();
      return name + " is deleted";
    } catch (RuntimeException e) {
      return isGone(source)
          ? name + " is deleted"
          : name + " could not be deleted (" + e.getMessage() + "); delete it yourself";
    }
  }

  /** A driver may fail after all was done. */
  private static boolean isGone(Machine source) {
    try {
      String id = source.id();
      return source.hypervisor().machines().stream().noneMatch(other -> other.id().equals(id));
    } catch (RuntimeException e) {
      return false;
    }
  }
}
