package io.intermodal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each operation has its effect from the states that allow it, and is refused from the others. */
interface LifeCycleContract extends ContractPart {

  @TestFactory
  @Order(Phase.STOPPED)
  default Stream<DynamicTest> refusesWhatAStoppedMachineCannot() {
    return refusedWhile(MachineState.STOPPED);
  }

  @TestFactory
  @Order(Phase.STARTED)
  default Stream<DynamicTest> refusesWhatAStartedMachineCannot() {
    return refusedWhile(MachineState.STARTED);
  }

  @TestFactory
  @Order(Phase.PAUSED)
  default Stream<DynamicTest> refusesWhatAPausedMachineCannot() {
    return refusedWhile(MachineState.PAUSED);
  }

  @TestFactory
  @Order(Phase.SUSPENDED)
  default Stream<DynamicTest> refusesWhatASuspendedMachineCannot() {
    return refusedWhile(MachineState.SUSPENDED);
  }

  @Test
  @Order(Phase.STARTED - 1)
  default void startsWhatIsStopped() {
    Machine machine = bench().in(MachineState.STARTED);
    assertThat(bench().hypervisor().machine(machine.id()).state()).isEqualTo(MachineState.STARTED);
  }

  @Test
  @Order(Phase.PAUSED - 1)
  default void pausesAndRunsOnInTheSameBoot() {
    bench().need(Operation.PAUSE);
    Machine machine = bench().in(MachineState.STARTED);
    Optional<String> boot = machine.bootId();
    bench().in(MachineState.PAUSED);
    bench().in(MachineState.STARTED);
    assertThat(machine.bootId()).isEqualTo(boot);
    bench().in(MachineState.PAUSED);
  }

  @Test
  @Order(Phase.SUSPENDED - 1)
  default void suspendsAStartedMachine() {
    bench().need(ContractPoint.SUSPEND);
    bench().need(Operation.SUSPEND);
    assertThat(bench().in(MachineState.SUSPENDED).state()).isEqualTo(MachineState.SUSPENDED);
  }

  @Test
  @Order(Phase.SUSPENDED + 1)
  default void resumesInTheSameBoot() {
    bench().need(ContractPoint.SUSPEND);
    bench().need(Operation.RESUME);
    Machine machine = bench().in(MachineState.SUSPENDED);
    bench().in(MachineState.STARTED);
    Optional<String> boot = machine.bootId();
    bench().in(MachineState.SUSPENDED);
    bench().in(MachineState.STARTED);
    bench().need(ContractPoint.SAME_BOOT_AFTER_RESUME);
    assertThat(machine.bootId()).isEqualTo(boot);
  }

  @Test
  @Order(Phase.REBOOTED)
  default void rebootsIntoAnotherBoot() {
    bench().need(ContractPoint.REBOOT);
    bench().need(Operation.REBOOT);
    Machine machine = bench().in(MachineState.STARTED);
    Optional<String> boot = machine.bootId();
    bench().act(machine, Operation.REBOOT);
    bench().awaitGuest(machine);
    assertThat(machine.state()).isEqualTo(MachineState.STARTED);
    if (boot.isPresent()) {
      assertThat(machine.bootId()).isPresent().isNotEqualTo(boot);
    }
  }

  @Test
  @Order(Phase.ENDED)
  default void cutsThePowerOfAPausedMachine() {
    bench().need(ContractPoint.STOP_FROM_REST);
    Machine machine = bench().in(MachineState.PAUSED);
    bench().act(machine, Operation.STOP);
    assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
    assertThat(machine.bootId()).isEmpty();
  }

  @Test
  @Order(Phase.ENDED + 1)
  default void stopsASuspendedMachineAndDropsItsMemory() {
    bench().need(ContractPoint.STOP_FROM_REST);
    Machine machine = bench().in(MachineState.SUSPENDED);
    bench().act(machine, Operation.STOP);
    assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
    // Only what was suspended can be resumed: with the state gone there is nothing to go on with.
    assertRefused(HypervisorError.ILLEGAL_STATE, machine::resume);
  }

  @Test
  @Order(Phase.ENDED + 2)
  default void shutsTheGuestDown() {
    bench().need(ContractPoint.GRACEFUL_STOP);
    Machine machine = bench().in(MachineState.STARTED);
    bench().shutDown(machine, bench().driver().guestPatience());
    assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
  }

  private Stream<DynamicTest> refusedWhile(MachineState state) {
    return Arrays.stream(Operation.values())
        .filter(operation -> bench().capabilities().supports(operation))
        .filter(operation -> AllowedStates.forbids(operation, state, bench().capabilities()))
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.displayName() + " while " + state, () -> refused(operation, state)));
  }

  private void refused(Operation operation, MachineState state) {
    Machine machine = bench().in(state);
    var refusal =
        assertRefused(
            HypervisorError.ILLEGAL_STATE,
            () ->
                bench()
                    .within(
                        operation.displayName() + " " + machine.name(),
                        () -> Acts.perform(machine, operation)));
    assertThat(machine.state()).as("state after the refusal").isEqualTo(state);
    bench().need(ContractPoint.STATE_NAMED);
    refusal.satisfies(
        e ->
            assertThat(AllowedStates.allowing(operation))
                .as("states that allow it, in: " + e.getMessage())
                .anyMatch(allowed -> String.valueOf(e.getMessage()).contains(allowed.name())));
  }
}
