package io.intermodal.ovf;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells buses by the types and models of controllers (CIM ResourceType). */
final class Buses {

  private Buses() {}

  /** Returns the bus of a controller; null when its type and model do not tell. */
  static @Nullable String ofController(int type, @Nullable String subtype) {
    String model = subtype == null ? "" : subtype.toLowerCase(Locale.ROOT);
    return switch (type) {
      // Cisco writes virtio disks behind an IDE controller of that model.
      case 5 -> model.equals("virtio") ? "virtio" : "ide";
      case 6 -> "scsi";
      case 7 -> "fc";
      case 8 -> "iscsi";
      case 20 -> ofStorage(model);
      case 23 -> "usb";
      default -> null;
    };
  }

  private static @Nullable String ofStorage(String model) {
    if (model.contains("nvme")) {
      return "nvme";
    }
    if (model.contains("ahci") || model.contains("sata")) {
      return "sata";
    }
    if (model.contains("virtio")) {
      return "virtio";
    }
    return model.contains("lsilogic") || model.contains("buslogic") || model.contains("scsi")
        ? "scsi"
        : null;
  }

  /** Returns the bus that oVirt states on the disk; null when it states none. */
  static @Nullable String ofDisk(@Nullable String diskInterface) {
    if (diskInterface == null) {
      return null;
    }
    String name = diskInterface.toLowerCase(Locale.ROOT);
    return name.equals("virtio_scsi") || name.equals("spapr_vscsi") ? "scsi" : name;
  }
}
