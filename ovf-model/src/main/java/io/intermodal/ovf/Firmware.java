package io.intermodal.ovf;

/** Names the firmware of a machine. OVF itself has no word for it; vendors' extensions do. */
public enum Firmware {
  /** PC BIOS. */
  BIOS,
  /** UEFI. */
  EFI
}
