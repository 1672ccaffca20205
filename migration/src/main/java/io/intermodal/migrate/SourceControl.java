package io.intermodal.migrate;

import io.intermodal.IntermodalException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineState;
import java.time.Duration;
import java.util.Optional;

/** Stops the source, puts it back into the state it had, and says what became of it. */
final class SourceControl {

  /** How long a guest may take to shut down before its power is cut. */
  static final Duration STOP_TIMEOUT = Duration.ofMinutes(2);

  private final Optional<Machine> machine;
  private final MachineState before;

  SourceControl(MigrationSource source, MachineState before) {
    this.machine = source.machine();
    this.before = before;
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

  /** Puts the source back into the state it had when the plan was made. */
  void restore() {
    machine.ifPresent(
        source -> {
          if (before == MachineState.STARTED && source.state() == MachineState.STOPPED) {
            source.start();
          } else if (before == MachineState.STOPPED && source.state() != MachineState.STOPPED) {
            source.stop(STOP_TIMEOUT);
          }
        });
  }

  /** Restores what can be restored after a failure and says how the source stands. */
  String restoreAfterFailure() {
    if (machine.isEmpty()) {
      return "the package is as it was";
    }
    try {
      restore();
      return "the source is " + machine.get().state() + ", as before";
    } catch (RuntimeException e) {
      return "the source could not be put back to " + before + " (" + e.getMessage() + ")";
    }
  }

  /** Ends a migration that went well; says what became of the source. */
  String finish(MigrationOptions options, boolean knownToBeGood) {
    if (machine.isEmpty()) {
      return "the package is as it was";
    }
    Machine source = machine.get();
    String name = source.name();
    if (options.mode() == MigrationOptions.Mode.COPY) {
      return name + " is " + source.state() + ", as before";
    }
    if (!options.deleteSource()) {
      return name + " is stopped and kept";
    }
    if (!knownToBeGood) {
      return name + " is stopped and kept, since the result is not known to be good";
    }
    try {
      source.delete();
      return name + " is deleted";
    } catch (RuntimeException e) {
      // The new machine is good; taking it back now could cost the only copy there is.
      return name + " could not be deleted (" + e.getMessage() + "); delete it yourself";
    }
  }
}
