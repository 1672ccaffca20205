package io.intermodal.descriptor;

import java.util.OptionalLong;

/** Tells how large the disks of a libvirt domain are, which its definition does not say. */
@FunctionalInterface
public interface DiskCapacities {

  /**
   * Returns the size of a disk as the guest sees it, in bytes.
   *
   * @return at least 1; empty when it is not known
   */
  OptionalLong capacityBytes(DomainDisk disk);

  /** Knows none, so that only what the definition itself notes is there. */
  static DiskCapacities unknown() {
    return disk -> OptionalLong.empty();
  }
}
