package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineOperations;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Requirement;
import io.intermodal.hypervisor.UnsupportedOperation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The life cycle of the tiny guest on the Xen host of the lab. */
final class XenHostTest {

  private static final String NAME = "d-xen-life";

  private static LibvirtHypervisor host;
  private static LibvirtMachine machine;

  @BeforeAll
  static void define() {
    Properties lab = Hosts.lab();
    host = Hosts.open(lab.getProperty("xen.uri"));
    Hosts.removeLeftover(host, NAME);
    machine = Hosts.define(host, TinyGuest.onXen(lab, NAME, ""));
  }

  @AfterAll
  static void remove() {
    if (host != null) {
      Hosts.removeLeftover(host, NAME);
      host.close();
    }
  }

  @Test
  void saysWhatItIsAndHidesItsControlDomain() {
    assertThat(host.info().product()).isEqualTo("Xen");
    assertThat(host.info().version()).contains("libvirt");
    assertThat(host.findMachine("Domain-0")).isEmpty();
    assertThat(host.resources().freeMemoryBytes()).isNotNull().isPositive();
  }

  @Test
  void refusesWhatXenDoesNotDo() {
    assertThatThrownBy(() -> machine.snapshot("s")).isInstanceOf(UnsupportedOperation.class);
    assertThat(machine.snapshots()).isEmpty();
    assertThatThrownBy(() -> machine.setFirewall("nic0", List.of()))
        .isInstanceOf(UnsupportedOperation.class);
    assertThatThrownBy(() -> machine.injectFile("/x", new byte[0]))
        .isInstanceOf(UnsupportedOperation.class);
    assertThat(machine.guestAgent()).isEmpty();
  }

  @Test
  void goesThroughTheLifeCycle() {
    assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
    machine.start();
    assertThat(TinyGuest.awaitReady(machine)).contains("/ #");
    assertThatThrownBy(
            () -> MachineOperations.on(machine).require(Requirement.noReboot()).setCpus(2))
        .isInstanceOfSatisfying(
            HypervisorException.class,
            e -> assertThat(e.code()).isEqualTo(HypervisorError.REQUIREMENT_NOT_MET))
        .hasMessageContaining("without a reboot");
    machine.pause();
    assertThat(machine.state()).isEqualTo(MachineState.PAUSED);
    machine.unpause();
    machine.suspend();
    assertThat(machine.state()).isEqualTo(MachineState.SUSPENDED);
    machine.resume();
    Optional<String> before = machine.bootId();
    // Nobody in this guest obeys: it is switched off and on again.
    machine.reboot();
    assertThat(machine.bootId()).isPresent().isNotEqualTo(before);
    assertThat(machine.id()).isEqualTo(host.machine(NAME).id());
    machine.stop(Duration.ofSeconds(2));
    assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
    machine.setCpus(1);
    machine.setMemoryBytes(160L << 20);
    assertThat(machine.domain().storedXml()).contains("163840");
  }
}
