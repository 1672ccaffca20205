package io.intermodal.hypervisor;

/** Names the bus a guest sees a disk on. */
public enum DiskBus {
  /** ATA on a PIIX-like controller. */
  IDE,
  /** Any parallel or serial-attached SCSI controller. */
  SCSI,
  /** AHCI. */
  SATA,
  /** NVM Express. */
  NVME,
  /** virtio-blk. */
  VIRTIO,
  /** Xen's para-virtual block device. */
  XEN
}
