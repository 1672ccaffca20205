package io.intermodal.samples;

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
import io.intermodal.ovf.Firmware;
import io.intermodal.ovf.GuestOs;
import io.intermodal.ovf.packaging.OvaWriter;
import io.intermodal.ovf.packaging.PackageWriter;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes an appliance of one machine, two processors and one disk of 4 MiB, half of it empty. */
final class SmallAppliance {

  static final String MACHINE = "web-1";
  static final String DISK_FILE = "web-1-disk1.vmdk";
  private static final int CAPACITY_BYTES = 4 << 20;

  private SmallAppliance() {}

  static Path write(Path ova) {
    EnvelopeDraft draft = draft();
    try (OvaWriter writer = OvaWriter.create(ova, "web-1.ovf", draft.roomBytes())) {
      PackageWriter.Written disk =
          writer.addFile(
              DISK_FILE,
              channel ->
                  DiskCopy.from(DiskSource.rawStream(DISK_FILE, content(), CAPACITY_BYTES))
                      .to(
                          DiskTarget.stream(DISK_FILE, Channels.newOutputStream(channel)),
                          DiskFormat.VMDK_STREAM_OPTIMIZED)
                      .run());
      writer.finish(draft.withSizes(Map.of(disk.name(), disk.sizeBytes())).toXml());
    }
    return ova;
  }

  private static ByteArrayInputStream content() {
    byte[] content = new byte[CAPACITY_BYTES];
    byte[] noise = new byte[CAPACITY_BYTES / 2];
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 0, content, 0, noise.length);
    return new ByteArrayInputStream(content);
  }

  private static EnvelopeDraft draft() {
    DraftMachine machine =
        new DraftMachine(
            MACHINE,
            MACHINE,
            List.of("vmx-14"),
            2,
            1,
            1L << 30,
            Firmware.BIOS,
            new GuestOs("96", "12", "Debian GNU/Linux 12 (64-bit)", "debian12_64Guest"),
            List.of(),
            List.of(new DraftController("scsi", 6, "lsilogic", 0)),
            List.of(new DraftAttachment("scsi", 0, "disk1", null)),
            List.of(new DraftNic("VmxNet3", "VM Network", "00:50:56:01:02:03")),
            List.of());
    return new EnvelopeDraft(
        MACHINE,
        List.of(new DraftFile("file1", DISK_FILE, 0)),
        List.of(new DraftDisk("disk1", "file1", CAPACITY_BYTES, DraftDisk.STREAM_OPTIMIZED, null)),
        List.of("VM Network"),
        List.of(machine));
  }
}
