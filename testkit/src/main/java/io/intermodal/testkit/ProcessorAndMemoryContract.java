package io.intermodal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.Support;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Processors and memory change as it is declared. */
interface ProcessorAndMemoryContract extends ContractPart {

  @Test
  @Order(Phase.STOPPED)
  default void changesTheProcessorsOfAStoppedMachine() {
    bench().need(ContractPoint.STOPPED_CPU_AND_MEMORY);
    bench().need(Operation.SET_CPU);
    Machine machine = bench().in(MachineState.STOPPED);
    int before = Specs.cpus(machine);
    bench().within("set-cpu", () -> machine.setCpus(bench().driver().otherCpus()));
    assertThat(Specs.cpus(machine)).isEqualTo(bench().driver().otherCpus());
    bench().within("set-cpu", () -> machine.setCpus(before));
    assertThat(Specs.cpus(machine)).isEqualTo(before);
  }

  @Test
  @Order(Phase.STOPPED)
  default void changesTheMemoryOfAStoppedMachine() {
    bench().need(ContractPoint.STOPPED_CPU_AND_MEMORY);
    bench().need(Operation.SET_MEMORY);
    Machine machine = bench().in(MachineState.STOPPED);
    long before = Specs.memoryBytes(machine);
    long other = bench().driver().otherMemoryBytes();
    bench().within("set-memory", () -> machine.setMemoryBytes(other));
    assertThat(Specs.memoryBytes(machine)).isEqualTo(other);
    bench().within("set-memory", () -> machine.setMemoryBytes(before));
    assertThat(Specs.memoryBytes(machine)).isEqualTo(before);
  }

  /** What is declared to reboot takes effect by the reboot it causes. */
  @Test
  @Order(Phase.REBOOTED + 1)
  default void restartsTheGuestWhereAChangeSaysSo() {
    bench().need(ContractPoint.RUNNING_CPU_AND_MEMORY);
    if (effect(Operation.SET_CPU) != Support.Effect.REBOOTS
        && effect(Operation.SET_MEMORY) != Support.Effect.REBOOTS) {
      Assumptions.abort("no change of processors or memory is declared to reboot");
    }
    Machine machine = bench().in(MachineState.STARTED);
    Optional<String> boot = machine.bootId();
    if (effect(Operation.SET_CPU) == Support.Effect.REBOOTS) {
      bench().within("set-cpu", () -> machine.setCpus(bench().driver().otherCpus()));
      assertThat(Specs.cpus(machine)).isEqualTo(bench().driver().otherCpus());
    } else {
      bench()
          .within("set-memory", () -> machine.setMemoryBytes(bench().driver().otherMemoryBytes()));
      assertThat(Specs.memoryBytes(machine)).isEqualTo(bench().driver().otherMemoryBytes());
    }
    assertThat(machine.state()).isEqualTo(MachineState.STARTED);
    if (boot.isPresent()) {
      assertThat(machine.bootId()).isPresent().isNotEqualTo(boot);
    }
  }

  private Support.Effect effect(Operation operation) {
    return bench().capabilities().support(operation).effect();
  }
}
