package io.intermodal.driver.local;

import static io.intermodal.driver.local.Folders.MIB;
import static io.intermodal.driver.local.Folders.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineImport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DevicesAndSnapshotsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Profile.class)
  void goesBackToASnapshotWithDisksAndDefinition(Profile profile) throws Exception {
    try (Hypervisor hypervisor = Folders.open(folder, profile.id())) {
      Machine machine = withContent(hypervisor, profile);
      machine.snapshot("with \"quotes\"");
      machine.setCpus(8);
      machine.detachDisk("disk0");
      machine.snapshot("later");
      assertThat(machine.snapshots()).containsExactly("with \"quotes\"", "later");

      machine.revert("with \"quotes\"");

      assertThat(Folders.cpu(machine).count()).isEqualTo(2);
      try (MachineExport export = hypervisor.exportMachine(machine)) {
        assertThat(Folders.read(export.openDisk("disk0"), 5)).isEqualTo("hello");
      }
      machine.deleteSnapshot("with \"quotes\"");
      assertThat(machine.snapshots()).containsExactly("later");
      assertThat(Folders.files(machineFolder())).containsExactly("s2", "state.json", "v2");
    }
  }

  @Test
  void refusesASnapshotThatIsThereOrIsNot() {
    try (Hypervisor hypervisor = Folders.open(folder, "xen")) {
      Machine machine = Folders.make(hypervisor, "web");
      machine.snapshot("a");
      assertFails(HypervisorError.NO_SUCH_PART, () -> machine.snapshot("a"));
      assertFails(HypervisorError.NO_SUCH_PART, () -> machine.revert("b"))
          .withMessageContaining("there are [a]");
      assertFails(HypervisorError.NO_SUCH_PART, () -> machine.deleteSnapshot("b"));
      assertThatIllegalArgumentException().isThrownBy(() -> machine.snapshot(" "));
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void attachesGrowsAndDetachesADisk(Profile profile) throws Exception {
    try (Hypervisor hypervisor = Folders.open(folder, profile.id())) {
      Machine machine = withContent(hypervisor, profile);
      machine.attachDisk(new DiskSpec("Data/1", MIB, null, null));
      machine.resizeDisk("Data/1", 3 * MIB);
      machine.resizeDisk("disk0", 2 * MIB);
      assertThat(machine.spec().disk("Data/1"))
          .contains(
              new DiskSpec("Data/1", 3 * MIB, profile.capabilities().diskBuses().get(0), null));
      try (MachineExport export = hypervisor.exportMachine(machine)) {
        assertThat(export.disks())
            .extracting(MachineExport.ExportedDisk::storedBytes)
            .containsExactly(2 * MIB, 3 * MIB);
        assertThat(Folders.read(export.openDisk("disk0"), 5)).isEqualTo("hello");
      }
      machine.detachDisk("Data/1");
      assertThat(machine.spec().disks()).hasSize(1);
      assertThat(Folders.files(machineFolder().resolve("v1"))).hasSize(2);
    }
  }

  @Test
  void refusesDisksThatCannotBe() {
    try (Hypervisor hypervisor = Folders.open(folder, "xen")) {
      Machine machine = Folders.make(hypervisor, "web");
      assertFails(
          HypervisorError.NO_SUCH_PART,
          () -> machine.attachDisk(new DiskSpec("net0", MIB, null, null)));
      assertFails(
              HypervisorError.LIMIT_EXCEEDED,
              () -> machine.attachDisk(new DiskSpec("a", MIB, DiskBus.VIRTIO, null)))
          .withMessageContaining("[XEN, IDE]");
      assertFails(
          HypervisorError.LIMIT_EXCEEDED,
          () -> machine.attachDisk(new DiskSpec("a", 1L << 41, null, null)));
      assertFails(HypervisorError.NO_SUCH_PART, () -> machine.detachDisk("a"))
          .withMessageContaining("[disk0]");
      assertFails(HypervisorError.UNSUPPORTED_OPERATION, () -> machine.resizeDisk("disk0", MIB - 1))
          .withMessageContaining("only grow");
      assertFails(HypervisorError.LIMIT_EXCEEDED, () -> machine.setCpus(65))
          .withMessageContaining("at most 64 (XenServer 8");
      machine.start();
      assertFails(HypervisorError.ILLEGAL_STATE, () -> machine.detachDisk("disk0"))
          .withMessageContaining("runs from");
    }
  }

  @Test
  void deletesEverythingOfAMachine() throws Exception {
    try (Hypervisor hypervisor = Folders.open(folder, "xen")) {
      Machine machine = Folders.make(hypervisor, "web");
      machine.snapshot("a");
      machine.delete();
      assertThat(Folders.files(folder)).containsExactly(".locks", "hypervisor.json");
      assertFails(HypervisorError.MACHINE_NOT_FOUND, machine::state);
      assertFails(HypervisorError.MACHINE_NOT_FOUND, machine::start);
      Folders.make(hypervisor, "web");
    }
  }

  private Path machineFolder() {
    return folder.resolve("web");
  }

  private static Machine withContent(Hypervisor hypervisor, Profile profile) {
    try (MachineImport making = hypervisor.importMachine(Folders.spec("web").build())) {
      Folders.write(making.openDisk("disk0", profile.diskFormat()), "hello", MIB);
      return making.commit();
    }
  }
}
