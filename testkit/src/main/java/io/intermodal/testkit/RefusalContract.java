package io.intermodal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.UnsupportedOperation;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What cannot be is refused with its type and its reason, and nothing has changed. */
interface RefusalContract extends ContractPart {

  @TestFactory
  @Order(Phase.STOPPED + 10)
  default Stream<DynamicTest> refusesWhatItDoesNotDeclare() {
    return Arrays.stream(Operation.values())
        .filter(operation -> !bench().capabilities().supports(operation))
        .filter(operation -> !Acts.WITHOUT_CALL.contains(operation))
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.displayName() + " is not declared", () -> unsupported(operation)));
  }

  private void unsupported(Operation operation) {
    Machine machine = bench().in(MachineState.STOPPED);
    MachineSpec spec = machine.spec();
    Set<String> before = bench().inventory();
    assertThatExceptionOfType(UnsupportedOperation.class)
        .isThrownBy(
            () ->
                bench()
                    .within(
                        operation.displayName() + " " + machine.name(),
                        () -> Acts.perform(machine, operation)))
        .withMessageContaining("supported are")
        .satisfies(e -> assertThat(e.operation()).isEqualTo(operation))
        .satisfies(e -> assertThat(e.driver()).isEqualTo(bench().hypervisor().info().driver()));
    assertThat(machine.spec()).isEqualTo(spec);
    assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
    assertThat(bench().inventory()).isEqualTo(before);
  }

  @Test
  @Order(Phase.MADE_AND_GONE)
  default void saysWhichMachinesThereAreWhenOneIsNot() {
    Hypervisor hypervisor = bench().hypervisor();
    assertThat(hypervisor.findMachine(bench().name("absent"))).isEmpty();
    assertRefused(
            HypervisorError.MACHINE_NOT_FOUND, () -> hypervisor.machine(bench().name("absent")))
        .withMessageContaining(bench().name("absent"));
  }

  @Test
  @Order(Phase.MADE_AND_GONE)
  default void saysThatAMachineIsGone() {
    Machine machine = bench().make("gone");
    String id = machine.id();
    bench().delete(machine);
    assertThat(bench().hypervisor().findMachine(id)).isEmpty();
    assertRefused(HypervisorError.MACHINE_NOT_FOUND, machine::state);
    assertRefused(HypervisorError.MACHINE_NOT_FOUND, machine::spec);
    assertRefused(HypervisorError.MACHINE_NOT_FOUND, machine::start);
    if (bench().capabilities().supports(Operation.DELETE)) {
      assertRefused(HypervisorError.MACHINE_NOT_FOUND, machine::delete);
    }
  }

  @Test
  @Order(Phase.STOPPED)
  default void refusesANameThatIsTaken() {
    bench().need(Operation.IMPORT);
    bench().need(ContractPoint.IMPORT);
    Machine machine = bench().machine();
    Set<String> before = bench().inventory();
    MachineSpec same = bench().driver().machine(machine.name());
    assertRefused(
            HypervisorError.NAME_TAKEN, () -> bench().hypervisor().importMachine(same).close())
        .withMessageContaining(machine.name());
    assertThat(bench().inventory()).isEqualTo(before);
  }

  @Test
  @Order(Phase.STOPPED)
  default void refusesMoreThanItsLimits() {
    bench().need(ContractPoint.LIMITS);
    Integer limit = bench().capabilities().limits().maxCpus();
    int most = limit == null ? Assumptions.abort("no limit of processors is stated") : limit;
    bench().need(Operation.SET_CPU);
    Machine machine = bench().in(MachineState.STOPPED);
    MachineSpec before = machine.spec();
    assertRefused(HypervisorError.LIMIT_EXCEEDED, () -> machine.setCpus(most + 1))
        .withMessageContaining(String.valueOf(most));
    assertThat(machine.spec()).isEqualTo(before);
  }
}
