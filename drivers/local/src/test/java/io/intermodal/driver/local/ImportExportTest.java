package io.intermodal.driver.local;

import static io.intermodal.driver.local.Folders.MIB;
import static io.intermodal.driver.local.Folders.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.intermodal.IntermodalException;
import io.intermodal.convert.ConvertError;
import io.intermodal.convert.Converters;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorUri;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImportExportTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Profile.class)
  void givesBackTheDisksItTook(Profile profile) {
    try (Hypervisor hypervisor = Folders.open(folder, profile.id())) {
      String format = profile.diskFormat();
      MachineSpec spec =
          Folders.spec("web").addDisk(new DiskSpec("data disk", 2 * MIB, null, null)).build();
      Machine machine;
      try (MachineImport making = hypervisor.importMachine(spec)) {
        SeekableByteChannel first = making.openDisk("disk0", format);
        assertThat(first).isInstanceOf(FileChannel.class);
        assertThatIllegalStateException().isThrownBy(() -> making.openDisk("disk0", format));
        Folders.write(first, "a first attempt that failed", MIB);
        Folders.write(making.openDisk("disk0", format), "hello", MIB);
        assertThat(Folders.read(making.reopenDisk("disk0"), 5)).isEqualTo("hello");
        assertThatIllegalStateException().isThrownBy(() -> making.reopenDisk("data disk"));
        assertThat(hypervisor.machines()).isEmpty();
        machine = making.commit();
      }
      assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
      assertThat(hypervisor.machines()).hasSize(1);

      try (MachineExport export = hypervisor.exportMachine(machine)) {
        assertThat(export.spec()).isEqualTo(machine.spec());
        assertThat(export.disks())
            .containsExactly(
                new MachineExport.ExportedDisk("disk0", format, MIB),
                new MachineExport.ExportedDisk("data disk", format, 2 * MIB));
        assertThat(Folders.read(export.openDisk("disk0"), 5)).isEqualTo("hello");
        assertThat(Folders.read(export.openDisk("disk0"), 5)).isEqualTo("hello");
        assertThat(Folders.read(export.openDisk("data disk"), 2)).isEqualTo("\0\0");
        assertFails(HypervisorError.NO_SUCH_PART, () -> export.openDisk("x"))
            .withMessageContaining("[disk0, data disk]");
        assertFails(HypervisorError.LOCKED, machine::start).withMessageContaining("export web");
      }
      machine.start();
    }
  }

  @Test
  void leavesNothingWithoutACommit() throws Exception {
    try (Hypervisor hypervisor = Folders.open(folder, "xen")) {
      try (MachineImport making = hypervisor.importMachine(Folders.spec("web").build())) {
        Folders.write(making.openDisk("disk0", "raw"), "hello", MIB);
      }
      assertThat(Folders.files(folder)).isEmpty();
      Folders.make(hypervisor, "web");
    }
  }

  @Test
  void refusesATakenNameBeforeTheFirstByte() {
    try (Hypervisor hypervisor = Folders.open(folder, "kvm")) {
      Folders.make(hypervisor, "web");
      assertFails(HypervisorError.NAME_TAKEN, () -> Folders.make(hypervisor, "web"));
      Folders.make(hypervisor, "WEB");
      MachineImport making = hypervisor.importMachine(Folders.spec("db").build());
      assertFails(HypervisorError.NAME_TAKEN, () -> Folders.make(hypervisor, "db"))
          .withMessageContaining("is being made");
      making.close();
      Folders.make(hypervisor, "db");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"VSPHERE", "HYPERV"})
  void ignoresTheCaseOfNamesWhereTheProductDoes(Profile profile) {
    try (Hypervisor hypervisor = Folders.open(folder, profile.id())) {
      Folders.make(hypervisor, "Web");
      assertFails(HypervisorError.NAME_TAKEN, () -> Folders.make(hypervisor, "wEB"));
      assertThat(hypervisor.machine("WEB").name()).isEqualTo("Web");
    }
  }

  @Test
  void refusesAnotherFormatAndAnotherDisk() {
    try (Hypervisor hypervisor = Folders.open(folder, "kvm");
        MachineImport making = hypervisor.importMachine(Folders.spec("web").build())) {
      assertFails(
              HypervisorError.UNSUPPORTED_OPERATION, () -> making.openDisk("disk0", "vhdx-dynamic"))
          .withMessageContaining("takes qcow2");
      assertFails(HypervisorError.NO_SUCH_PART, () -> making.openDisk("disk9", "qcow2"));
    }
  }

  @Test
  void refusesADiskThatWasNotWrittenWhole() {
    try (Hypervisor hypervisor = Folders.open(folder, "hyperv");
        MachineImport making = hypervisor.importMachine(Folders.spec("web").build())) {
      Folders.write(making.openDisk("disk0", "raw"), "hello", MIB - 1);
      assertFails(HypervisorError.OPERATION_FAILED, making::commit)
          .withMessageContaining("1048575 bytes, its definition says 1048576");
    }
    assertThat(folder.resolve("web")).doesNotExist();
  }

  @Test
  void takesTheSizeThatAFormatRoundedUpTo() {
    try (Hypervisor hypervisor = Folders.open(folder, "hyperv");
        MachineImport making = hypervisor.importMachine(Folders.spec("web").build())) {
      Folders.write(making.openDisk("disk0", "raw"), "hello", MIB + 512);
      assertThat(making.commit().spec().disk("disk0").orElseThrow().capacityBytes())
          .isEqualTo(MIB + 512);
      assertThatIllegalStateException().isThrownBy(making::commit);
    }
  }

  @Test
  void takesAwayAFolderThatOnlyAnImportWithoutACommitMade() throws Exception {
    Path fresh = folder.resolve("fresh");
    try (Hypervisor hypervisor = Folders.open(fresh, "xen")) {
      try (MachineImport making = hypervisor.importMachine(Folders.spec("web").build())) {
        Folders.write(making.openDisk("disk0", "raw"), "hello", MIB);
      }
      assertThat(fresh).doesNotExist();
      Folders.make(hypervisor, "web");
      assertThat(hypervisor.machines()).hasSize(1);
    }
  }

  @Test
  void keepsAFolderInWhichSomeoneElseIsAtWork() throws Exception {
    Path fresh = folder.resolve("fresh");
    try (Hypervisor hypervisor = Folders.open(fresh, "xen")) {
      MachineImport first = hypervisor.importMachine(Folders.spec("one").build());
      try (MachineImport second = hypervisor.importMachine(Folders.spec("two").build())) {
        first.close();
        Folders.write(second.openDisk("disk0", "raw"), "hello", MIB);
        second.commit();
      }
      assertThat(hypervisor.machines()).extracting(Machine::name).containsExactly("two");
    }
  }

  @Test
  void saysThatAConverterIsMissing() throws Exception {
    LocalDriver driver = LocalDriver.using(Converters.of(List.of(), List.of()));
    try (Hypervisor hypervisor =
            driver.connect(HypervisorUri.parse("local:" + folder + "?profile=kvm"));
        MachineImport making = hypervisor.importMachine(Folders.spec("web").build())) {
      assertThatExceptionOfType(IntermodalException.class)
          .isThrownBy(making::commit)
          .withMessageContaining("no converter from raw to qcow2")
          .satisfies(e -> assertThat(e.code()).isEqualTo(ConvertError.NO_ROUTE));
    }
    assertThat(Folders.files(folder)).isEmpty();
  }

  @Test
  void keepsSparseDisksSparse() throws Exception {
    try (Hypervisor hypervisor = Folders.open(folder, "xen")) {
      Machine machine =
          Folders.make(
              hypervisor,
              MachineSpec.named("big")
                  .addDisk(new DiskSpec("disk0", 1L << 40, null, null))
                  .build());
      assertThat(Files.size(folder.resolve("big/v1/disk0.raw"))).isEqualTo(1L << 40);
      machine.resizeDisk("disk0", (1L << 40) + 512);
      assertThat(Files.size(folder.resolve("big/v1/disk0.raw"))).isEqualTo((1L << 40) + 512);
    }
  }
}
