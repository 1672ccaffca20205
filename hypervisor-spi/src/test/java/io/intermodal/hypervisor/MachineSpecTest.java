package io.intermodal.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineSpecTest {

  private static final DiskSpec DISK = new DiskSpec("disk0", 512, DiskBus.SCSI, 0);

  @Test
  void refusesTwoDevicesOfOneKey() {
    refuses(
        MachineSpec.named("web").addDisk(DISK).addNic(new NicSpec("disk0", null, null, null)),
        "two devices have the key disk0");
    refuses(
        MachineSpec.named("web")
            .addDisk(DISK)
            .addDrive(new RemovableDrive("disk0", RemovableDrive.Kind.OPTICAL)),
        "two devices have the key disk0");
  }

  @Test
  void refusesWhatNoMachineHas() {
    refuses(MachineSpec.named(" "), "name must not be blank");
    refuses(MachineSpec.named("web").memoryBytes(0L), "memoryBytes must be at least 1: 0");
    refuses(MachineSpec.named("web").bootOrder(List.of("disk0")), "names no device");
    assertThatIllegalArgumentException().isThrownBy(() -> new DiskSpec("a", 0, null, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new DiskSpec(" ", 1, null, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new DiskSpec("a", 1, null, -1));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "4,3", "4,0", "4,8"})
  void refusesATopologyThatDoesNotFit(int count, int coresPerSocket) {
    assertThatIllegalArgumentException().isThrownBy(() -> new CpuSpec(count, coresPerSocket));
  }

  @ParameterizedTest
  @ValueSource(strings = {"52:54:00:AB:cd:ef", "52-54-00-AB-CD-EF"})
  void writesAddressesInOneForm(String mac) {
    assertThat(new NicSpec("net0", "E1000", null, mac))
        .isEqualTo(new NicSpec("net0", "e1000", null, "52:54:00:ab:cd:ef"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "52:54:00:ab:cd", "52:54:00:ab:cd:ef:00", "52:54:00:ab:cd:eg"})
  void refusesWhatIsNoAddress(String mac) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NicSpec("net0", null, null, mac))
        .withMessageContaining("mac must be six octets");
  }

  @Test
  void bootsFromTheBootOrderAndElseFromTheFirstDisk() {
    MachineSpec spec =
        MachineSpec.named("web").addDisk(DISK).addDisk(new DiskSpec("root", 1, null, null)).build();

    assertThat(spec.bootDisk()).contains(DISK);
    assertThat(spec.toBuilder().bootOrder(List.of("root")).build().bootDisk())
        .map(DiskSpec::key)
        .contains("root");
    assertThat(MachineSpec.named("web").build().bootDisk()).isEmpty();
  }

  @Test
  void keepsEverythingThroughItsBuilder() {
    MachineSpec spec =
        MachineSpec.named("web")
            .uuid("u")
            .cpu(new CpuSpec(4, 2))
            .memoryBytes(1L)
            .firmware(Firmware.EFI)
            .secureBoot(false)
            .guestOs(new GuestOs(96, "12", "debian12_64Guest", "Debian"))
            .addDisk(DISK)
            .addNic(new NicSpec("net0", null, null, null))
            .addDrive(new RemovableDrive("cd", RemovableDrive.Kind.OPTICAL))
            .bootOrder(List.of("net0"))
            .addExtra(new Extra("vmx", "a", "b"))
            .build();

    assertThat(spec.toBuilder().build()).isEqualTo(spec);
  }

  private static void refuses(MachineSpec.Builder builder, String reason) {
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(reason);
  }
}
