package io.intermodal.driver.local;

import static io.intermodal.driver.local.Folders.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.RemovableDrive;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdmissionTest {

  @ParameterizedTest
  @EnumSource(Profile.class)
  void statesWhatThePlatformChoosesTheSameWayEachTime(Profile profile) {
    MachineSpec spec =
        MachineSpec.named("web")
            .addDisk(new DiskSpec("disk0", 1, null, null))
            .addNic(new NicSpec("net0", null, profile.defaultNetworks().get(0), null))
            .addNic(new NicSpec("net1", null, null, "02:00:00:00:00:01"))
            .build();
    MachineSpec admitted = admission(profile).admit(spec, "web");

    assertThat(admission(profile).admit(spec, "web")).isEqualTo(admitted);
    assertThat(admission(profile).admit(admitted, "web")).isEqualTo(admitted);
    assertThat(admitted.firmware()).isEqualTo(Firmware.BIOS);
    assertThat(admitted.disks().get(0).bus()).isNotNull();
    assertThat(admitted.nics().get(0).mac()).startsWith(profile.macPrefix());
    assertThat(admitted.nics().get(0).model()).isEqualTo(profile.capabilities().nicModels().get(0));
    assertThat(admitted.nics().get(1).mac()).isEqualTo("02:00:00:00:00:01");
    assertThat(admission(profile).admit(spec, "other").nics().get(0).mac())
        .isNotEqualTo(admitted.nics().get(0).mac());
  }

  @ParameterizedTest
  @CsvSource({"VSPHERE,768", "KVM,240", "XEN,64", "HYPERV,64"})
  void givesAsManyProcessorsAsTheProduct(Profile profile, int most) {
    MachineSpec.Builder spec = MachineSpec.named("web");
    admission(profile).admit(spec.cpus(most).build(), "web");
    assertFails(
            HypervisorError.LIMIT_EXCEEDED,
            () -> admission(profile).admit(spec.cpus(most + 1).build(), "web"))
        .withMessageContaining("gives at most " + most);
  }

  @Test
  void refusesWhatIsNotOffered() {
    MachineSpec.Builder spec = MachineSpec.named("web");
    refuses(Profile.XEN, spec.memoryBytes(2L << 40), "at most 1649267441664");
    spec.memoryBytes(1L << 30);
    refuses(Profile.XEN, spec.secureBoot(true), "secure boot with EFI");
    spec.secureBoot(null);
    refuses(
        Profile.XEN, spec.addDrive(new RemovableDrive("fd", RemovableDrive.Kind.FLOPPY)), "FLOPPY");
    spec.drives(List.of());
    refuses(
        Profile.VSPHERE,
        MachineSpec.named("a").addDisk(new DiskSpec("disk0", 1, DiskBus.VIRTIO, 0)),
        "[SCSI, SATA, NVME, IDE]");
    refuses(
        Profile.KVM,
        MachineSpec.named("a").addNic(new NicSpec("net0", "vmxnet3", null, null)),
        "[virtio, e1000e, e1000, rtl8139]");
    MachineSpec.Builder wide = MachineSpec.named("a");
    IntStream.range(0, 29).forEach(i -> wide.addDisk(new DiskSpec("d" + i, 1, null, null)));
    refuses(Profile.KVM, wide, "disks is 29 disks");
    refuses(Profile.VSPHERE, MachineSpec.named("a".repeat(81)), "name is 81 characters");
    assertFails(
            HypervisorError.NO_SUCH_PART,
            () ->
                admission(Profile.KVM)
                    .admit(
                        MachineSpec.named("a")
                            .addNic(new NicSpec("net0", null, "VM Network", null))
                            .build(),
                        "a"))
        .withMessageContaining("the folder's networks are [default]");
  }

  private static void refuses(Profile profile, MachineSpec.Builder spec, String reason) {
    assertFails(HypervisorError.LIMIT_EXCEEDED, () -> admission(profile).admit(spec.build(), "web"))
        .withMessageContaining(reason);
  }

  private static Admission admission(Profile profile) {
    return new Admission(HypervisorRecord.fresh(profile));
  }
}
