package io.intermodal.driver.libvirt;

import io.intermodal.disk.DiskCopy;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskSource;
import io.intermodal.disk.DiskTarget;
import io.intermodal.driver.local.LocalDriver;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorUri;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.libvirt.StoragePool;
import org.libvirt.StorageVol;

/** Makes the machine that is moved where things go wrong, and looks what is left of it. */
final class Cargo {

  static final String NAME = "l-cargo";
  static final String MAC = "52:54:00:1a:b0:77";

  /** Large enough for several messages of a stream, small enough for seconds. */
  private static final int DISK_BYTES = 12 << 20;

  private Cargo() {}

  static MachineSpec.Builder spec(String name) {
    return MachineSpec.named(name)
        .cpus(1)
        .memoryBytes(64L << 20)
        .addDisk(new DiskSpec("system", DISK_BYTES, null, null));
  }

  static MachineSpec withCard(String name) {
    return spec(name).addNic(new NicSpec("net0", null, "default", MAC)).build();
  }

  /** Opens a folder that behaves like KVM. */
  static Hypervisor folder(Path folder) {
    return new LocalDriver().connect(HypervisorUri.parse("local:" + folder + "?profile=kvm"));
  }

  /** Makes it with a disk that holds noise to the last byte. */
  static Machine make(Hypervisor host, MachineSpec spec) {
    try {
      byte[] noise = new byte[DISK_BYTES];
      new Random(7).nextBytes(noise);
      Path raw = Files.createTempFile("cargo-", ".raw");
      try (MachineImport making = host.importMachine(spec)) {
        Files.write(raw, noise);
        try (SeekableByteChannel disk = making.openDisk("system", DiskFormat.QCOW2.id())) {
          DiskCopy.from(DiskSource.file(raw).as(DiskFormat.RAW))
              .to(DiskTarget.channel("system", disk), DiskFormat.QCOW2)
              .run();
        }
        return making.commit();
      } finally {
        Files.delete(raw);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lists what a pool really holds. */
  static List<String> volumes(LibvirtHypervisor host, String name) {
    return host.session()
        .ask(
            "list the volumes of " + name,
            null,
            connect -> {
              StoragePool pool = connect.storagePoolLookupByName(name);
              try {
                pool.refresh(0);
                return Arrays.stream(pool.listVolumes()).sorted().toList();
              } finally {
                pool.free();
              }
            });
  }

  static void deleteVolume(LibvirtHypervisor host, String poolName, String name) {
    host.session()
        .change(
            "delete the volume " + name,
            null,
            connect -> {
              StoragePool pool = connect.storagePoolLookupByName(poolName);
              try {
                StorageVol volume = pool.storageVolLookupByName(name);
                try {
                  volume.delete(0);
                } finally {
                  volume.free();
                }
                return true;
              } finally {
                pool.free();
              }
            });
  }
}
