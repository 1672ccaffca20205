package io.intermodal.cli;

import io.intermodal.disk.DiskCopy;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskSource;
import io.intermodal.disk.DiskTarget;
import io.intermodal.ovf.EnvelopeDraft;
import io.intermodal.ovf.EnvelopeDraft.DraftAttachment;
import io.intermodal.ovf.EnvelopeDraft.DraftController;
import io.intermodal.ovf.EnvelopeDraft.DraftDisk;
import io.intermodal.ovf.EnvelopeDraft.DraftFile;
import io.intermodal.ovf.EnvelopeDraft.DraftMachine;
import io.intermodal.ovf.EnvelopeDraft.DraftNic;
import io.intermodal.ovf.EnvelopeDraft.DraftProperty;
import io.intermodal.ovf.Firmware;
import io.intermodal.ovf.GuestOs;
import io.intermodal.ovf.packaging.OvaWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * Is an appliance with one machine and one disk, for tests to write and then to damage.
 *
 * @param machine name of the machine
 * @param diskBytes what the image of the disk holds
 * @param declaredBytes what the descriptor says that it holds
 * @param holdsDisk whether the package holds the file of the disk
 */
record SampleAppliance(String machine, long diskBytes, long declaredBytes, boolean holdsDisk) {

  static final String DESCRIPTOR = "sample.ovf";
  static final String DISK = "sample-disk1.vmdk";
  static final String MAC = "00:50:56:0a:0b:0c";
  private static final long MIB = 1L << 20;

  static SampleAppliance small() {
    return new SampleAppliance("web", 4 * MIB, 4 * MIB, true);
  }

  SampleAppliance named(String name) {
    return new SampleAppliance(name, diskBytes, declaredBytes, holdsDisk);
  }

  SampleAppliance withDiskBytes(long bytes) {
    return new SampleAppliance(machine, bytes, bytes, holdsDisk);
  }

  SampleAppliance declaring(long bytes) {
    return new SampleAppliance(machine, diskBytes, bytes, holdsDisk);
  }

  SampleAppliance withoutDisk() {
    return new SampleAppliance(machine, diskBytes, declaredBytes, false);
  }

  /** Writes the package as an archive. */
  Path writeOva(Path ova) {
    EnvelopeDraft draft = draft(diskBytes);
    try (OvaWriter writer = OvaWriter.create(ova, DESCRIPTOR, draft.roomBytes())) {
      long size = diskBytes;
      if (holdsDisk) {
        size = writer.addFile(DISK, this::writeDisk).sizeBytes();
      }
      writer.finish(draft(size).toXml());
    }
    return ova;
  }

  /** Returns the descriptor for an image of so many stored bytes. */
  byte[] descriptor(long storedBytes) {
    return draft(storedBytes).toXml();
  }

  /** Writes the image of the disk; every block of it holds data. */
  void writeDisk(WritableByteChannel channel) throws IOException {
    try (InputStream content = new DemoDiskContent(diskBytes, 7, 1)) {
      DiskCopy.from(DiskSource.rawStream(DISK, content, diskBytes))
          .to(
              DiskTarget.stream(DISK, Channels.newOutputStream(channel)),
              DiskFormat.VMDK_STREAM_OPTIMIZED)
          .seed(7)
          .run();
    }
  }

  private EnvelopeDraft draft(long storedBytes) {
    return new EnvelopeDraft(
        "sample",
        List.of(new DraftFile("file1", DISK, storedBytes)),
        List.of(new DraftDisk("vmdisk1", "file1", declaredBytes, DraftDisk.STREAM_OPTIMIZED, null)),
        List.of("VM Network"),
        List.of(
            new DraftMachine(
                machine,
                machine,
                List.of("vmx-14"),
                2,
                1,
                1L << 30,
                Firmware.BIOS,
                new GuestOs("96", "12", "Debian GNU/Linux 12 (64-bit)", "debian12_64Guest"),
                List.of("com.vmware.guestInfo"),
                List.of(new DraftController("scsi", 6, "lsilogic", 0)),
                List.of(
                    new DraftAttachment("scsi", 0, "vmdisk1", null),
                    new DraftAttachment(null, null, null, null)),
                List.of(new DraftNic("VmxNet3", "VM Network", MAC)),
                List.of(
                    new DraftProperty("hostname", "string", machine, true, false, "Host name")))));
  }
}
