package io.intermodal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.PacketRule;
import io.intermodal.hypervisor.Support;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Network cards come and go, and packet rules are set, as it is declared. */
interface NicContract extends ContractPart {

  String NIC = "contract-nic";
  String MAC = "52:54:00:c0:de:01";

  @Test
  @Order(Phase.STOPPED)
  default void attachesAndDetachesACardOfAStoppedMachine() {
    bench().need(ContractPoint.STOPPED_NICS);
    bench().need(Operation.ATTACH_NIC);
    attachAndDetach(bench().in(MachineState.STOPPED));
  }

  @Test
  @Order(Phase.RUNNING_CHANGES + 2)
  default void attachesAndDetachesACardWhileTheGuestRuns() {
    bench().need(ContractPoint.RUNNING_NICS);
    bench().need(Operation.ATTACH_NIC);
    for (Operation operation : List.of(Operation.ATTACH_NIC, Operation.DETACH_NIC)) {
      if (bench().capabilities().support(operation).effect() != Support.Effect.LIVE) {
        Assumptions.abort(operation + " is not declared LIVE");
      }
    }
    attachAndDetach(bench().in(MachineState.STARTED));
  }

  private void attachAndDetach(Machine machine) {
    List<NicSpec> before = machine.spec().nics();
    MachineState state = machine.state();
    NicSpec nic = new NicSpec(NIC, null, network(), MAC);
    bench().within("attach-nic", () -> machine.attachNic(nic));
    NicSpec attached =
        machine.spec().nics().stream()
            .filter(one -> one.key().equals(NIC))
            .findFirst()
            .orElseThrow(() -> new AssertionError("the new card has another key"));
    assertThat(attached.mac()).isEqualTo(MAC);
    assertThat(attached.network()).isEqualTo(network());
    assertRefused(HypervisorError.NO_SUCH_PART, () -> machine.attachNic(nic));
    bench().within("detach-nic", () -> machine.detachNic(NIC));
    assertThat(machine.spec().nics()).isEqualTo(before);
    assertThat(machine.state()).isEqualTo(state);
  }

  private String network() {
    return bench().hypervisor().resources().networks().stream()
        .findFirst()
        .orElseGet(() -> Assumptions.abort("the hypervisor has no network"));
  }

  @Test
  @Order(Phase.STOPPED)
  default void refusesCardsThatAreNotThere() {
    bench().need(ContractPoint.STOPPED_NICS);
    bench().need(Operation.DETACH_NIC);
    Machine machine = bench().in(MachineState.STOPPED);
    assertRefused(HypervisorError.NO_SUCH_PART, () -> machine.detachNic(Acts.ABSENT));
  }

  @Test
  @Order(Phase.STOPPED)
  default void setsAndDropsPacketRules() {
    bench().need(ContractPoint.FIREWALL);
    bench().need(Operation.FIREWALL);
    Machine machine = bench().in(MachineState.STOPPED);
    String nic =
        machine.spec().nics().stream()
            .map(NicSpec::key)
            .findFirst()
            .orElseGet(() -> Assumptions.abort("the small machine has no network card"));
    List<PacketRule> rules =
        List.of(
            new PacketRule(
                PacketRule.Direction.IN,
                PacketRule.Action.DROP,
                PacketRule.Protocol.TCP,
                22,
                22,
                null));
    var before = bench().inventory();
    bench().within("firewall", () -> machine.setFirewall(nic, rules));
    assertRefused(HypervisorError.NO_SUCH_PART, () -> machine.setFirewall(Acts.ABSENT, rules));
    bench().within("firewall", () -> machine.setFirewall(nic, List.of()));
    assertThat(bench().inventory()).as("no rule is left").isEqualTo(before);
  }
}
