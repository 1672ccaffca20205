package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineOperations;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.Requirement;
import io.intermodal.hypervisor.UnsupportedOperation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life cycle of the tiny guest on the Xen host of the lab. */
@Tag("long")
final class XenHostTest {

  private static final String NAME = "d-xen-life";
  private static final String OTHER = "d-xen-devices";

  private static LibvirtHypervisor host;
  private static Properties lab;
  private static LibvirtMachine machine;

  @BeforeAll
  static void define() {
    lab = Hosts.lab();
    host = Hosts.open(lab.getProperty("xen.uri") + "?pool=" + lab.getProperty("xen.pool"));
    removeAll();
    machine = Hosts.define(host, TinyGuest.onXen(lab, NAME, ""));
  }

  @AfterAll
  static void remove() {
    if (host != null) {
      removeAll();
      host.close();
    }
  }

  private static void removeAll() {
    Hosts.removeLeftover(host, NAME);
    Hosts.removeLeftover(host, OTHER);
    Hosts.removeVolumes(host, lab.getProperty("xen.pool"), OTHER);
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

  @Test
  void changesItsDevicesAndDeletesItWithItsDisks() {
    LibvirtMachine other = Hosts.define(host, TinyGuest.onXen(lab, OTHER, ""));
    DiskVolumes volumes = new DiskVolumes(host.session());
    String pool = lab.getProperty("xen.pool");
    other.attachDisk(new DiskSpec("data", 8L << 20, null, null));
    other.attachNic(new NicSpec("lan", null, "default", "00:16:3e:0d:00:01"));
    assertThat(other.spec().disks())
        .containsExactly(new DiskSpec("data", 8L << 20, DiskBus.XEN, null));
    assertThat(other.spec().nics())
        .containsExactly(new NicSpec("lan", "xen-vif", "default", "00:16:3e:0d:00:01"));
    assertThat(volumes.exists(pool, OTHER + "-data.raw")).isTrue();
    other.resizeDisk("data", 16L << 20);
    other.start();
    TinyGuest.awaitReady(other);
    assertThat(TinyGuest.run(other, "cat /sys/block/xvda/size")).contains("32768");
    assertThatThrownBy(() -> other.resizeDisk("data", 32L << 20))
        .isInstanceOfSatisfying(
            HypervisorException.class,
            e -> assertThat(e.code()).isEqualTo(HypervisorError.ILLEGAL_STATE));
    other.stop(Duration.ZERO);
    other.detachNic("lan");
    assertThat(other.spec().nics()).isEmpty();
    other.delete();
    assertThat(host.findMachine(OTHER)).isEmpty();
    assertThat(volumes.exists(pool, OTHER + "-data.raw")).isFalse();
  }
}
