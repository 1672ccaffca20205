package io.intermodal.migrate;

import io.intermodal.disk.Compression;
import io.intermodal.disk.DiskCopy;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskSource;
import io.intermodal.disk.DiskTarget;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Drivers;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes hypervisors in folders and machines on them. */
final class TestMachines {

  static final long DISK_BYTES = 2L << 20;
  private static final int BLOCK_BYTES = 64 << 10;

  private TestMachines() {}

  static Hypervisor open(Path folder, String profile) {
    return Drivers.load().connect("local:" + folder + "?profile=" + profile);
  }

  /** A machine as vSphere has it: two SCSI disks, a vmxnet3 card. */
  static MachineSpec spec(String name) {
    return MachineSpec.named(name)
        .cpus(2)
        .memoryBytes(512L << 20)
        .firmware(Firmware.BIOS)
        .guestOs(new GuestOs(96, "12", "debian12_64Guest", "Debian 12"))
        .addDisk(new DiskSpec("system", DISK_BYTES, DiskBus.SCSI, 0))
        .addDisk(new DiskSpec("data", DISK_BYTES / 2, DiskBus.SCSI, 1))
        .addNic(new NicSpec("nic0", "vmxnet3", "VM Network", "00:50:56:00:00:07"))
        .build();
  }

  /** Makes a machine on a vSphere profile, with content on its disks. */
  static Machine onVsphere(Hypervisor hypervisor, MachineSpec spec) {
    try (MachineImport making = hypervisor.importMachine(spec)) {
      long seed = 1;
      for (DiskSpec disk : spec.disks()) {
        try (SeekableByteChannel out = making.openDisk(disk.key(), "vmdk-streamOptimized")) {
          byte[] content = content(disk.capacityBytes(), seed++);
          DiskCopy.from(
                  DiskSource.rawStream(
                      disk.key(), new ByteArrayInputStream(content), content.length))
              .to(DiskTarget.channel(disk.key(), out), DiskFormat.VMDK_STREAM_OPTIMIZED)
              .compress(Compression.FAST)
              .run();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return making.commit();
    }
  }

  /** A block of noise, one of zeros and one that compresses well, in turn. */
  static byte[] content(long capacityBytes, long seed) {
    byte[] content = new byte[(int) capacityBytes];
    Random random = new Random(seed);
    byte[] noise = new byte[BLOCK_BYTES];
    for (int at = 0; at < content.length; at += BLOCK_BYTES) {
      int length = Math.min(BLOCK_BYTES, content.length - at);
      switch (at / BLOCK_BYTES % 3) {
        case 0 -> {
          random.nextBytes(noise);
          System.arraycopy(noise, 0, content, at, length);
        }
        case 1 -> Arrays.fill(content, at, at + length, (byte) seed);
        default -> {}
      }
    }
    return content;
  }

  /** Lists every file below a folder with its size, without the locks. */
  static List<String> listing(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    TreeMap<String, Long> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().contains("lock")) {
          files.put(folder.relativize(file).toString(), Files.size(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files.entrySet().stream().map(file -> file.getKey() + " " + file.getValue()).toList();
  }
}
