package io.intermodal.migrate;

import io.intermodal.hypervisor.DiskBus;
import java.util.Set;

/** Knows which buses a guest has drivers for out of the box. */
final class GuestDrivers {

  /**
   * Windows ships drivers for IDE, AHCI, the usual SCSI adapters and, since 8.1, NVMe; it ships
   * none for virtio or Xen's block device, and stops with INACCESSIBLE_BOOT_DEVICE.
   */
  private static final Set<DiskBus> WINDOWS_LACKS = Set.of(DiskBus.VIRTIO, DiskBus.XEN);

  private GuestDrivers() {}

  static boolean windowsLacks(DiskBus bus) {
    return WINDOWS_LACKS.contains(bus);
  }
}
