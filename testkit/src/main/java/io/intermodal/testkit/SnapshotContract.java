package io.intermodal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Snapshots keep a state under a name, and go. */
interface SnapshotContract extends ContractPart {

  @Test
  @Order(Phase.STOPPED)
  default void goesBackToASnapshot() {
    bench().need(ContractPoint.SNAPSHOTS);
    bench().need(Operation.SNAPSHOT);
    Machine machine = bench().in(MachineState.STOPPED);
    Set<String> before = bench().inventory();
    int cpus = Specs.cpus(machine);

    bench().within("snapshot", () -> machine.snapshot("first"));
    if (bench().capabilities().supports(Operation.SET_CPU)) {
      bench().within("set-cpu", () -> machine.setCpus(bench().driver().otherCpus()));
    }
    bench().within("snapshot", () -> machine.snapshot("second"));
    assertThat(machine.snapshots()).as("oldest first").containsExactly("first", "second");

    bench().within("revert", () -> machine.revert("first"));
    assertThat(Specs.cpus(machine)).isEqualTo(cpus);
    assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
    assertThat(machine.snapshots()).as("they stay").containsExactly("first", "second");

    assertRefused(HypervisorError.NO_SUCH_PART, () -> machine.snapshot("first"));
    assertRefused(HypervisorError.NO_SUCH_PART, () -> machine.revert(Acts.ABSENT));
    assertRefused(HypervisorError.NO_SUCH_PART, () -> machine.deleteSnapshot(Acts.ABSENT));
    bench().within("delete a snapshot", () -> machine.deleteSnapshot("first"));
    bench().within("delete a snapshot", () -> machine.deleteSnapshot("second"));
    assertThat(machine.snapshots()).isEmpty();
    assertThat(Specs.cpus(machine)).isEqualTo(cpus);
    assertThat(bench().inventory()).as("nothing is left of the snapshots").isEqualTo(before);
  }
}
