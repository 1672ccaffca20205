package io.intermodal.cli;

import io.intermodal.disk.Compression;
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
import io.intermodal.ovf.packaging.PackageWriter;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes the appliance of the demonstration: a machine as vSphere would export it, with two disks
 * whose content looks like that of file systems, partly compressible and mostly empty. The same at
 * every run.
 */
final class DemoAppliance {

  private static final long SYSTEM_DISK_BYTES = 256L << 20;
  private static final long DATA_DISK_BYTES = 64L << 20;

  private DemoAppliance() {}

  static Path write(Path ova) {
    EnvelopeDraft draft = draft();
    try (OvaWriter writer = OvaWriter.create(ova, "appliance.ovf", draft.roomBytes())) {
      PackageWriter.Written system =
          addDisk(writer, "appliance-disk1.vmdk", SYSTEM_DISK_BYTES, 1, 5);
      PackageWriter.Written data = addDisk(writer, "appliance-disk2.vmdk", DATA_DISK_BYTES, 2, 9);
      writer.finish(
          draft
              .withSizes(Map.of(system.name(), system.sizeBytes(), data.name(), data.sizeBytes()))
              .toXml());
    }
    return ova;
  }

  private static PackageWriter.Written addDisk(
      OvaWriter writer, String name, long capacityBytes, long seed, int oneBlockIn) {
    InputStream content = new DemoDiskContent(capacityBytes, seed, oneBlockIn);
    return writer.addFile(
        name,
        channel ->
            DiskCopy.from(DiskSource.rawStream(name, content, capacityBytes))
                .to(
                    DiskTarget.stream(name, Channels.newOutputStream(channel)),
                    DiskFormat.VMDK_STREAM_OPTIMIZED)
                .compress(Compression.FAST)
                .contentDigest(false)
                .seed(seed)
                .run());
  }

  private static EnvelopeDraft draft() {
    return new EnvelopeDraft(
        "demo",
        List.of(
            new DraftFile("file1", "appliance-disk1.vmdk", 0),
            new DraftFile("file2", "appliance-disk2.vmdk", 0)),
        List.of(
            new DraftDisk("disk1", "file1", SYSTEM_DISK_BYTES, DraftDisk.STREAM_OPTIMIZED, null),
            new DraftDisk("disk2", "file2", DATA_DISK_BYTES, DraftDisk.STREAM_OPTIMIZED, null)),
        List.of("VM Network"),
        List.of(
            new DraftMachine(
                "demo-web",
                "demo-web",
                List.of("vmx-14"),
                2,
                1,
                1L << 30,
                Firmware.BIOS,
                new GuestOs("96", "12", "Debian GNU/Linux 12 (64-bit)", "debian12_64Guest"),
                List.of("com.vmware.guestInfo"),
                List.of(new DraftController("scsi", 6, "lsilogic", 0)),
                List.of(
                    new DraftAttachment("scsi", 0, "disk1", null),
                    new DraftAttachment("scsi", 1, "disk2", null),
                    new DraftAttachment(null, null, null, null)),
                List.of(new DraftNic("VmxNet3", "VM Network", "00:50:56:01:02:03")),
                List.of(
                    new DraftProperty("hostname", "string", "demo-web", true, false, "Host name"),
                    new DraftProperty("admin-password", "string", null, true, true, "Password")))));
  }
}
