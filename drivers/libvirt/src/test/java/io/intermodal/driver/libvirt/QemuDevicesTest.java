package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.PacketRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Disks, cards, packet rules and snapshots of the tiny guest on the QEMU host of the lab. */
final class QemuDevicesTest {

  private static final String NAME = "d-qemu-devices";
  private static final long MIB = 1L << 20;

  private static LibvirtHypervisor host;
  private static Properties lab;

  @BeforeAll
  static void open() {
    lab = Hosts.lab();
    host = Hosts.open(lab.getProperty("qemu.uri") + "&pool=" + lab.getProperty("qemu.pool"));
  }

  @AfterAll
  static void remove() {
    if (host != null) {
      Hosts.removeLeftover(host, NAME);
      Hosts.removeVolumes(host, lab.getProperty("qemu.pool"), NAME);
      host.close();
    }
  }

  private static LibvirtMachine define() {
    Hosts.removeLeftover(host, NAME);
    Hosts.removeVolumes(host, lab.getProperty("qemu.pool"), NAME);
    return Hosts.define(host, TinyGuest.onQemu(lab, NAME, ""));
  }

  private static List<String> filters() {
    return host.session()
        .ask("list filters", null, connect -> List.of(connect.listNetworkFilters()));
  }

  @Test
  void changesTheDevicesOfAStoppedMachineAndDeletesItWithItsDisks() {
    LibvirtMachine machine = define();
    DiskVolumes volumes = new DiskVolumes(host.session());
    machine.attachDisk(new DiskSpec("data", 8 * MIB, DiskBus.VIRTIO, null));
    machine.attachDisk(new DiskSpec("log", 4 * MIB, null, null));
    assertThat(machine.spec().disks()).extracting(DiskSpec::key).containsExactly("data", "log");
    assertThat(machine.spec().disk("data").orElseThrow().capacityBytes()).isEqualTo(8 * MIB);
    assertThatThrownBy(() -> machine.attachDisk(new DiskSpec("data", MIB, null, null)))
        .hasMessageContaining("a device has the key data already");

    machine.resizeDisk("data", 16 * MIB);
    assertThat(machine.spec().disk("data").orElseThrow().capacityBytes()).isEqualTo(16 * MIB);
    assertThatThrownBy(() -> machine.resizeDisk("data", MIB)).hasMessageContaining("only grow");

    machine.attachNic(new NicSpec("lan", null, "default", "52:54:00:0d:00:01"));
    assertThat(machine.spec().nics())
        .containsExactly(new NicSpec("lan", "virtio", "default", "52:54:00:0d:00:01"));

    machine.snapshot("before");
    machine.snapshot("then");
    assertThat(machine.snapshots()).containsExactly("before", "then");
    machine.revert("before");
    machine.deleteSnapshot("before");
    assertThatThrownBy(() -> machine.revert("before"))
        .isInstanceOfSatisfying(
            HypervisorException.class,
            e -> assertThat(e.code()).isEqualTo(HypervisorError.NO_SUCH_PART))
        .hasMessageContaining("there are [then]");

    machine.detachDisk("log");
    assertThat(volumes.exists(lab.getProperty("qemu.pool"), NAME + "-log.qcow2")).isFalse();
    assertThat(volumes.exists(lab.getProperty("qemu.pool"), NAME + "-data.qcow2")).isTrue();
    machine.delete();
    assertThat(volumes.exists(lab.getProperty("qemu.pool"), NAME + "-data.qcow2")).isFalse();
    assertThat(host.findMachine(NAME)).isEmpty();
  }

  @Test
  void leavesTheDisksWhenAskedTo() {
    LibvirtMachine machine = define();
    machine.attachDisk(new DiskSpec("kept", MIB, null, null));
    Map<String, String> places = machine.deleteKeepingDisks();
    assertThat(host.findMachine(NAME)).isEmpty();
    assertThat(places).containsOnlyKeys("kept");
    DiskVolumes volumes = new DiskVolumes(host.session());
    String pool = lab.getProperty("qemu.pool");
    assertThat(volumes.exists(pool, NAME + "-kept.qcow2")).isTrue();
    volumes.delete(
        new DiskVolumes.Found(
            pool, NAME + "-kept.qcow2", Objects.requireNonNull(places.get("kept")), MIB));
  }

  @Test
  void changesTheDevicesOfARunningMachine() {
    LibvirtMachine machine = define();
    machine.start();
    TinyGuest.awaitReady(machine);
    machine.attachDisk(new DiskSpec("data", 8 * MIB, DiskBus.VIRTIO, null));
    assertThat(TinyGuest.run(machine, "cat /sys/block/vda/size")).contains("16384");
    machine.resizeDisk("data", 16 * MIB);
    assertThat(TinyGuest.run(machine, "cat /sys/block/vda/size")).contains("32768");
    machine.detachDisk("data");
    assertThat(machine.spec().disks()).isEmpty();

    machine.attachNic(new NicSpec("lan", null, "default", "52:54:00:0d:00:02"));
    machine.setFirewall(
        "lan",
        List.of(
            new PacketRule(
                PacketRule.Direction.IN,
                PacketRule.Action.DROP,
                PacketRule.Protocol.TCP,
                22,
                22,
                null)));
    assertThat(filters()).anyMatch(name -> name.contains(machine.id()));
    assertThat(
            DomainXml.attribute(
                machine.domain().live(), "filter", "devices", "interface", "filterref"))
        .isPresent();
    machine.setFirewall("lan", List.of());
    assertThat(filters()).noneMatch(name -> name.contains(machine.id()));
    machine.detachNic("lan");
    assertThat(machine.spec().nics()).isEmpty();
    machine.setMemoryBytes(128 * MIB);
    assertThat(machine.spec().memoryBytes()).isEqualTo(128 * MIB);
    machine.stop(Duration.ZERO);
    machine.delete();
  }
}
