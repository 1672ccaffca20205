package io.intermodal.hypervisor;

/** Names what starts a machine's boot loader. Not stated is absence, never a default. */
public enum Firmware {
  /** Legacy PC BIOS; Hyper-V's generation 1. */
  BIOS,
  /** UEFI; Hyper-V's generation 2. */
  EFI
}
