package io.intermodal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Holds what the tests of one driver share: a session, one machine that is brought from state to
 * state, and the ways to say that something is missing. One thread uses it.
 */
final class Bench implements AutoCloseable {

  private final DriverUnderTest driver;
  private final Deadline deadline;
  private final Hypervisor hypervisor;
  private final EventLog events;
  private @Nullable Machine shared;

  Bench(DriverUnderTest driver) {
    this.driver = driver;
    this.deadline = new Deadline(driver.deadline());
    this.hypervisor = deadline.call("connect", driver::connect);
    this.events = EventLog.of(hypervisor);
    deleteAll();
  }

  DriverUnderTest driver() {
    return driver;
  }

  Hypervisor hypervisor() {
    return hypervisor;
  }

  Capabilities capabilities() {
    return hypervisor.capabilities();
  }

  EventLog events() {
    return events;
  }

  String name(String rest) {
    return driver.namePrefix() + rest;
  }

  /** Makes a machine of its own for a test; it is deleted at the end at the latest. */
  Machine make(String rest) {
    return make(driver.machine(name(rest)));
  }

  Machine make(MachineSpec spec) {
    return deadline.call("make " + spec.name(), () -> driver.make(hypervisor, spec));
  }

  /** Returns the shared machine, whatever its state. */
  Machine machine() {
    Machine machine = shared;
    if (machine == null) {
      machine = make("shared");
      shared = machine;
    }
    return machine;
  }

  /** Brings the shared machine into one of the four states that last. */
  Machine in(MachineState wanted) {
    Machine machine = machine();
    if (wanted != MachineState.STOPPED) {
      need(ContractPoint.RUNNING);
      need(Operation.START);
    }
    if (wanted == MachineState.SUSPENDED) {
      need(ContractPoint.SUSPEND);
      need(Operation.SUSPEND);
    } else if (wanted == MachineState.PAUSED) {
      need(Operation.PAUSE);
    }
    MachineState now = machine.state();
    if (now == wanted) {
      return machine;
    }
    if (wanted == MachineState.STOPPED) {
      stop(machine);
    } else {
      run(machine, now);
      if (wanted == MachineState.PAUSED) {
        act(machine, Operation.PAUSE);
      } else if (wanted == MachineState.SUSPENDED) {
        act(machine, Operation.SUSPEND);
      }
    }
    assertThat(machine.state()).as("state of " + machine.name()).isEqualTo(wanted);
    return machine;
  }

  private void run(Machine machine, MachineState now) {
    switch (now) {
      case STARTED -> {}
      case PAUSED -> act(machine, Operation.UNPAUSE);
      case SUSPENDED -> act(machine, Operation.RESUME);
      default -> start(machine);
    }
  }

  /** Starts a machine and waits for its guest. */
  void start(Machine machine) {
    act(machine, Operation.START);
    awaitGuest(machine);
  }

  void awaitGuest(Machine machine) {
    new Deadline(driver.guestPatience())
        .run("wait for the guest of " + machine.name(), () -> driver.awaitGuest(machine));
  }

  /** Cuts the power. */
  void stop(Machine machine) {
    act(machine, Operation.STOP);
  }

  /** Carries an operation out within the deadline and remembers it for the events. */
  void act(Machine machine, Operation operation) {
    boolean silent = operation == Operation.STOP && machine.state() == MachineState.SUSPENDED;
    within(operation.displayName() + " " + machine.name(), () -> Acts.perform(machine, operation));
    if (!silent) {
      // Nothing runs while it is suspended, so nothing need be heard when that ends.
      events.expect(machine, operation);
    }
  }

  /** Does something that must be over by the deadline of one operation. */
  void within(String what, Runnable action) {
    deadline.run(what, action);
  }

  /** Shuts the guest down; longer than the guest's patience and a deadline is a failure. */
  void shutDown(Machine machine, Duration patience) {
    new Deadline(driver.deadline().plus(patience))
        .run("shut down " + machine.name(), () -> machine.stop(patience));
    events.expect(machine, Operation.STOP);
  }

  /** Reports a test as skipped with the reason when its point is declared missing. */
  void need(ContractPoint point) {
    String reason = driver.gaps().get(point);
    if (reason != null) {
      Assumptions.abort("declared missing, " + point + ": " + reason);
    }
  }

  /** Reports a test as skipped when the driver does not declare the operation. */
  void need(Operation operation) {
    if (!capabilities().supports(operation)) {
      Assumptions.abort(
          "the " + hypervisor.info().driver() + " driver does not declare " + operation);
    }
  }

  Set<String> inventory() {
    return new TreeSet<>(driver.inventory(hypervisor));
  }

  /** Deletes a machine whatever its state, and the shared one for good when it is that. */
  void delete(Machine machine) {
    within("delete " + machine.name(), () -> driver.remove(machine));
    if (machine.equals(shared)) {
      shared = null;
    }
  }

  private void deleteAll() {
    for (Machine machine : hypervisor.machines()) {
      if (machine.name().startsWith(driver.namePrefix())) {
        try {
          delete(machine);
        } catch (HypervisorException e) {
          if (e.code() != HypervisorError.MACHINE_NOT_FOUND) {
            throw e;
          }
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      deleteAll();
    } finally {
      events.close();
      hypervisor.close();
    }
  }
}
