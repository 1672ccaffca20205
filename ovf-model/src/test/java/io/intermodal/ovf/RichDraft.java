package io.intermodal.ovf;

import io.intermodal.ovf.DraftDetails.DraftConfig;
import io.intermodal.ovf.DraftDetails.DraftDevice;
import io.intermodal.ovf.DraftDetails.DraftOverride;
import io.intermodal.ovf.DraftDetails.DraftProduct;
import io.intermodal.ovf.DraftGroup.DraftOption;
import io.intermodal.ovf.DraftGroup.DraftStart;
import io.intermodal.ovf.EnvelopeDraft.DraftAttachment;
import io.intermodal.ovf.EnvelopeDraft.DraftController;
import io.intermodal.ovf.EnvelopeDraft.DraftDisk;
import io.intermodal.ovf.EnvelopeDraft.DraftFile;
import io.intermodal.ovf.EnvelopeDraft.DraftMachine;
import io.intermodal.ovf.EnvelopeDraft.DraftNic;
import io.intermodal.ovf.EnvelopeDraft.DraftProperty;
import java.util.List;
import java.util.Map;

/** Makes a draft that uses what drafts can say. */
public final class RichDraft {

  private RichDraft() {}

  private static DraftMachine machine(String id, List<String> families) {
    return new DraftMachine(
            id,
            "Web " + id,
            families,
            4,
            2,
            2L << 30,
            Firmware.EFI,
            new GuestOs("96", "12", "Debian", "Debian_64"),
            List.of("iso"),
            List.of(
                new DraftController("s", 6, "VirtualSCSI", 0),
                new DraftController("a", 20, "AHCI", 0),
                new DraftController("p", 6, null, 1)),
            List.of(
                new DraftAttachment("s", 0, "d-" + id, null),
                new DraftAttachment("a", 1, null, "iso")),
            List.of(
                new DraftNic("VmxNet3", "net", "00:50:56:00:00:01"),
                new DraftNic("E1000", "net", null)),
            List.of(
                new DraftProperty(
                    "size", "uint16", "1", true, false, "Size", Map.of("big", "2", "huge", "3"))))
        .withDetails(
            new DraftDetails(
                new DraftProduct(
                    "Shop", "Example", "1", "1.0.1", null, "https://example.com", null),
                List.of("Be kind."),
                "A note",
                List.of(
                    new DraftDevice(14, "Floppy", null, null, 0, null, false),
                    new DraftDevice(35, "Sound", "ensoniq1371", null, null, null, false)),
                List.of(new DraftConfig("cpuHotAddEnabled", "true", false)),
                List.of(new DraftOverride("big", 8, 4L << 30)),
                true,
                List.of()));
  }

  /** Returns a draft that uses what a draft can say. */
  public static EnvelopeDraft draft() {
    return new EnvelopeDraft(
        "group",
        List.of(
            new DraftFile("f", "base disk.vmdk", 10, true, 4L),
            new DraftFile("iso", "tools.iso", 7)),
        List.of(
            new DraftDisk("d-a", "f", 8L << 30, DraftDisk.STREAM_OPTIMIZED, 5L),
            new DraftDisk("d-b", null, 1000, null, null, "d-a")),
        List.of("net"),
        List.of(machine("a", List.of("vmx-14", "xen-3")), machine("b", List.of())),
        new DraftGroup(
            List.of(
                new DraftOption("small", "S", "Small", false),
                new DraftOption("big", "B", "Big", true),
                new DraftOption("huge", "H", "Huge", false)),
            List.of(
                new DraftStart("a", 1, 30, true, "guestShutdown"),
                new DraftStart("b", 2, null, false, null)),
            List.of()));
  }
}
