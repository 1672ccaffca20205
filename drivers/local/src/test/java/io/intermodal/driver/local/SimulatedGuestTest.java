package io.intermodal.driver.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.GuestFacts;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedGuestTest {

  private static final MachineSpec MACHINE =
      MachineSpec.named("web")
          .cpus(2)
          .memoryBytes(1L << 31)
          .addDisk(new DiskSpec("data", 100, null, null))
          .addDisk(new DiskSpec("root", 200, null, null))
          .addNic(new NicSpec("net0", null, "lan", "52:54:00:12:34:56"))
          .addNic(new NicSpec("net1", null, null, "52:54:00:12:34:57"))
          .bootOrder(List.of("root"))
          .build();

  @TempDir Path folder;

  @Test
  void seesWhatTheDefinitionSays() {
    GuestFacts facts = facts(MACHINE, Profile.KVM);

    assertThat(facts.kernelRelease()).isEqualTo("6.1.0-28-amd64");
    assertThat(facts.cores()).isEqualTo(2);
    assertThat(facts.memoryBytes()).isEqualTo(1L << 31);
    assertThat(facts.mounts())
        .containsExactly(new GuestFacts.Mount("/mnt/data", 100), new GuestFacts.Mount("/", 200));
    assertThat(facts.interfaces())
        .containsExactly(
            new GuestFacts.NetworkInterface("ens3", "52:54:00:12:34:56"),
            new GuestFacts.NetworkInterface("ens4", "52:54:00:12:34:57"));
    assertThat(facts.addresses()).hasSize(1);
    assertThat(addresses(facts).get(0)).matches("10\\.\\d+\\.\\d+\\.\\d+/16");
    assertThat(facts.routes()).hasSize(2);
    assertThat(facts.userAndFileChecks())
        .containsOnlyKeys("2.4.a", "2.4.b", "2.4.c", "2.4.d", "2.4.e", "2.4.f")
        .doesNotContainValue(false);
    assertThat(facts).isEqualTo(facts(MACHINE, Profile.KVM));
  }

  @Test
  void keepsItsAddressesAndSeesOtherCardsWhenItMoves() {
    GuestFacts before = facts(MACHINE, Profile.VSPHERE);
    GuestFacts after = facts(MACHINE, Profile.KVM);

    assertThat(before.interfaces()).extracting("name").containsExactly("ens192", "ens224");
    assertThat(addresses(after)).isEqualTo(addresses(before));
    assertThat(facts(MACHINE, Profile.XEN).interfaces()).extracting("name").contains("eth0");
    for (Profile one : Profile.values()) {
      for (Profile other : Profile.values()) {
        assertThat(Math.abs(one.cpuMhz() - other.cpuMhz()) * 10).isLessThan(one.cpuMhz());
      }
    }
  }

  @Test
  void hasNoNetworkWithoutALink() {
    GuestFacts facts =
        facts(
            MACHINE.toBuilder()
                .nics(List.of(new NicSpec("net0", null, null, "52:54:00:00:00:01")))
                .build(),
            Profile.HYPERV);

    assertThat(facts.addresses()).isEmpty();
    assertThat(facts.routes()).isEmpty();
    assertThat(facts.publicPing()).isEqualTo(new GuestFacts.Ping(3, 3, 0));
    assertThat(facts.privateLookup()).isNull();
  }

  @Test
  void isWindowsWhereTheDefinitionSaysSo() {
    GuestFacts facts =
        facts(
            MACHINE.toBuilder()
                .guestOs(new GuestOs(null, null, "windows2019srv_64Guest", null))
                .build(),
            Profile.VSPHERE);

    assertThat(facts.kernelRelease()).isEqualTo("10.0.17763");
    assertThat(facts.mounts()).extracting(GuestFacts.Mount::path).containsExactly("D:", "C:");
    assertThat(facts.interfaces()).extracting("name").containsExactly("Ethernet", "Ethernet 2");
  }

  @Test
  void writesToItsSerialConsoleAtEachBoot() {
    try (Hypervisor hypervisor = Folders.open(folder, "kvm")) {
      Machine machine = Folders.make(hypervisor, "web");
      machine.start();
      assertThat(machine.serialOutput()).contains("Linux version 6.1.0-28-amd64", "CPUs: 2\n");
      machine.setCpus(4);
      machine.reboot();
      assertThat(machine.serialOutput()).contains("CPUs: 4\n");
    }
  }

  private static List<String> addresses(GuestFacts facts) {
    return Objects.requireNonNull(facts.addresses()).stream()
        .map(GuestFacts.Address::address)
        .toList();
  }

  private static GuestFacts facts(MachineSpec spec, Profile profile) {
    return new SimulatedGuest(spec, profile).facts();
  }
}
