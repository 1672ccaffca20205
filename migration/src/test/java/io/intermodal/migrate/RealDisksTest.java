package io.intermodal.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskImages;
import io.intermodal.disk.DiskSource;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries the folder driver's disks with the real disk engine. */
class RealDisksTest {

  private static final long TIB = 1L << 40;

  @TempDir Path folder;

  private static Machine blank(Hypervisor hypervisor, long... capacities) {
    MachineSpec.Builder spec = MachineSpec.named("web").cpus(1).memoryBytes(1L << 30);
    for (int i = 0; i < capacities.length; i++) {
      spec.addDisk(new DiskSpec("disk" + i, capacities[i], null, null));
    }
    try (MachineImport making = hypervisor.importMachine(spec.build())) {
      return making.commit();
    }
  }

  private DiskSource disk(String key, DiskFormat format) {
    String suffix = format.equals(DiskFormat.QCOW2) ? ".qcow2" : ".vmdk";
    return DiskSource.file(folder.resolve("web/v1/" + key + suffix)).as(format);
  }

  private static DiskFormat formatOf(String profile) {
    return profile.equals("kvm") ? DiskFormat.QCOW2 : DiskFormat.VMDK_STREAM_OPTIMIZED;
  }

  @ParameterizedTest
  @ValueSource(strings = {"kvm", "vsphere"})
  @Timeout(30)
  void aBlankOrLargerDiskOfATebibyteTakesNoTime(String profile) throws IOException {
    try (Hypervisor hypervisor = TestMachines.open(folder, profile)) {
      Machine machine = blank(hypervisor, TIB, 1L << 20);
      machine.resizeDisk("disk0", TIB + (1L << 30));
      machine.resizeDisk("disk1", TIB);

      assertThat(DiskImages.info(disk("disk0", formatOf(profile))).virtualSizeBytes())
          .isEqualTo(TIB + (1L << 30));
      assertThat(DiskImages.info(disk("disk1", formatOf(profile))).virtualSizeBytes())
          .isEqualTo(TIB);
      assertThat(Files.size(folder.resolve("web/v1/disk0" + suffix(profile)))).isLessThan(1 << 20);
      assertThat(TestMachines.listing(folder)).noneMatch(file -> file.contains(".part"));
    }
  }

  private static String suffix(String profile) {
    return profile.equals("kvm") ? ".qcow2" : ".vmdk";
  }

  @ParameterizedTest
  @CsvSource({
    "kvm,512",
    "kvm,65024",
    "kvm,66048",
    "kvm,1048576",
    "vsphere,512",
    "vsphere,65024",
    "vsphere,66048",
    "vsphere,1048576"
  })
  void growingKeepsTheContentAndAddsZeros(String profile, long capacity) throws IOException {
    Path raw = folder.resolve("content.raw");
    try (Hypervisor vsphere = TestMachines.open(folder.resolve("first"), "vsphere");
        Hypervisor hypervisor = TestMachines.open(folder, profile)) {
      MachineSpec spec =
          MachineSpec.named("web")
              .cpus(1)
              .memoryBytes(1L << 30)
              .addDisk(new DiskSpec("disk0", capacity, null, null))
              .build();
      Machine first = TestMachines.onVsphere(vsphere, spec);
      Files.write(raw, TestMachines.content(capacity, 1));
      Migration.of(MigrationSource.machine(first), hypervisor)
          .options(MigrationOptions.move().startTarget(false).testSource(false).build())
          .run();
      Machine machine = hypervisor.machine("web");
      machine.snapshot("small");

      machine.resizeDisk("disk0", 3L << 20);

      Files.write(raw, Arrays.copyOf(Files.readAllBytes(raw), 3 << 20));
      assertThat(DiskImages.contentDigest(disk("disk0", formatOf(profile))))
          .isEqualTo(DiskImages.contentDigest(DiskSource.file(raw).as(DiskFormat.RAW)));
      machine.revert("small");
      assertThat(machine.spec().disks())
          .extracting(DiskSpec::capacityBytes)
          .containsExactly(capacity);
      assertThat(machine.snapshots()).isEqualTo(List.of("small"));
    }
  }
}
