package io.intermodal.descriptor;

import io.intermodal.hypervisor.DiskBus;
import org.jspecify.annotations.Nullable;

/** Knows libvirt's words for the buses of disks. */
final class DomainBuses {

  private DomainBuses() {}

  /** Returns the bus of a word of {@code target@bus}; null for one the neutral machine lacks. */
  static @Nullable DiskBus ofWord(String word) {
    return switch (word) {
      case "ide" -> DiskBus.IDE;
      case "scsi" -> DiskBus.SCSI;
      case "sata" -> DiskBus.SATA;
      case "nvme" -> DiskBus.NVME;
      case "virtio" -> DiskBus.VIRTIO;
      case "xen" -> DiskBus.XEN;
      default -> null;
    };
  }

  /** Returns the bus that libvirt takes from the name of a device alone. */
  static @Nullable DiskBus ofTarget(String target) {
    if (target.startsWith("xvd")) {
      return DiskBus.XEN;
    }
    return switch (target.length() < 2 ? "" : target.substring(0, 2)) {
      case "vd" -> DiskBus.VIRTIO;
      case "hd" -> DiskBus.IDE;
      case "sd" -> DiskBus.SCSI;
      default -> null;
    };
  }

  static String word(DiskBus bus) {
    return switch (bus) {
      case IDE -> "ide";
      case SCSI -> "scsi";
      case SATA -> "sata";
      case NVME -> "nvme";
      case VIRTIO -> "virtio";
      case XEN -> "xen";
    };
  }

  /** Returns what names of devices on that bus start with. */
  static String prefix(DiskBus bus) {
    return switch (bus) {
      case IDE -> "hd";
      case SCSI, SATA -> "sd";
      case NVME -> "nvme";
      case VIRTIO -> "vd";
      case XEN -> "xvd";
    };
  }
}
