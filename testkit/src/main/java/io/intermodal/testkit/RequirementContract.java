package io.intermodal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineOperations;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.OperationResult;
import io.intermodal.hypervisor.Requirement;
import io.intermodal.hypervisor.Support;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A requirement is checked against what is declared before anything is done, and holds after. */
interface RequirementContract extends ContractPart {

  @TestFactory
  @Order(Phase.STARTED + 10)
  default Stream<DynamicTest> refusesBeforeActingWhatIsNotDeclaredLive() {
    return Stream.of(
            Operation.STOP,
            Operation.REBOOT,
            Operation.SNAPSHOT,
            Operation.SET_CPU,
            Operation.SET_MEMORY)
        .filter(operation -> bench().capabilities().supports(operation))
        .filter(
            operation -> bench().capabilities().support(operation).effect() != Support.Effect.LIVE)
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.displayName() + " without a reboot", () -> refuses(operation)));
  }

  @Test
  @Order(Phase.RUNNING_CHANGES)
  default void changesProcessorsLiveWhereItSaysSo() {
    bench().need(ContractPoint.RUNNING_CPU_AND_MEMORY);
    Machine machine = live(Operation.SET_CPU);
    int cpus = bench().driver().otherCpus();
    holds(machine, strict -> strict.setCpus(cpus));
    assertThat(Specs.cpus(machine)).isEqualTo(cpus);
  }

  @Test
  @Order(Phase.RUNNING_CHANGES)
  default void changesMemoryLiveWhereItSaysSo() {
    bench().need(ContractPoint.RUNNING_CPU_AND_MEMORY);
    Machine machine = live(Operation.SET_MEMORY);
    long bytes = bench().driver().otherMemoryBytes();
    holds(machine, strict -> strict.setMemoryBytes(bytes));
    assertThat(machine.spec().memoryBytes()).isEqualTo(bytes);
  }

  @Test
  @Order(Phase.STARTED + 11)
  default void takesAPauseForNoReboot() {
    if (bench().capabilities().support(Operation.PAUSE).effect() != Support.Effect.LIVE) {
      bench().need(Operation.PAUSE);
      return;
    }
    Machine machine = bench().in(MachineState.STARTED);
    OperationResult result = strict(machine).pause();
    bench().events().expect(machine, Operation.PAUSE);
    assertThat(result.after()).isEqualTo(MachineState.PAUSED);
    assertThat(result.rebooted()).isNotEqualTo(true);
  }

  private Machine live(Operation operation) {
    bench().need(operation);
    Support support = bench().capabilities().support(operation);
    if (support.effect() != Support.Effect.LIVE) {
      Assumptions.abort(
          operation + " is declared " + support.effect() + ", not LIVE: " + support.note());
    }
    return bench().in(MachineState.STARTED);
  }

  private void holds(Machine machine, Function<MachineOperations, OperationResult> change) {
    Optional<String> boot = machine.bootId();
    OperationResult result =
        new Deadline(bench().driver().deadline())
            .call("change " + machine.name(), () -> change.apply(strict(machine)));
    assertThat(result.after()).isEqualTo(MachineState.STARTED);
    assertThat(result.rebooted()).isNotEqualTo(true);
    assertThat(machine.bootId()).isEqualTo(boot);
  }

  private void refuses(Operation operation) {
    Machine machine = bench().in(MachineState.STARTED);
    MachineSpec before = machine.spec();
    Optional<String> boot = machine.bootId();
    assertRefused(
            HypervisorError.REQUIREMENT_NOT_MET,
            () ->
                bench()
                    .within(
                        operation.displayName() + " " + machine.name(),
                        () -> demand(strict(machine), operation)))
        .withMessageContaining("nothing was changed");
    assertThat(machine.state()).isEqualTo(MachineState.STARTED);
    assertThat(machine.spec()).isEqualTo(before);
    assertThat(machine.bootId()).isEqualTo(boot);
  }

  private void demand(MachineOperations strict, Operation operation) {
    switch (operation) {
      case STOP -> strict.stop(Duration.ZERO);
      case REBOOT -> strict.reboot();
      case SNAPSHOT -> strict.snapshot("now");
      case SET_CPU -> strict.setCpus(bench().driver().otherCpus());
      case SET_MEMORY -> strict.setMemoryBytes(bench().driver().otherMemoryBytes());
      default -> throw new IllegalArgumentException(operation.displayName());
    }
  }

  private static MachineOperations strict(Machine machine) {
    return MachineOperations.on(machine).require(Requirement.noReboot());
  }
}
