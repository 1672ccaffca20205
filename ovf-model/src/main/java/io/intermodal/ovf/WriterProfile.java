package io.intermodal.ovf;

/**
 * Names who a descriptor is written for. All forms are valid against DMTF's schema of their version
 * and hold the same machine; what is said below about products is drawn from the documents they
 * write and the troubles their users report, and was not tried on the products.
 *
 * <p>Common to all: RASD children in the order of the schema, programmatic units, vendors' elements
 * marked {@code ovf:required="false"}, and no sub type of a device that the author did not state.
 */
public enum WriterProfile {
  /** OVF 1.1 as DSP0243 and DSP8023 1.1.1 have it, nothing chosen for anybody. */
  STRICT("SHA256"),
  /**
   * OVF 2.x: the namespace {@code envelope/2}. Devices stay Items, which 2.x allows and more
   * products read than its StorageItem and EthernetPortItem.
   */
  OVF_2("SHA256"),
  /**
   * VMware. Of the hardware families those that VMware knows are written, and the least one for the
   * devices where none is stated; controllers of SATA and NVMe get VMware's sub types; sub types of
   * other makers are left to VMware to choose; blank disks state a format, which VMware demands.
   */
  VMWARE("SHA256"),
  /**
   * VirtualBox. The hardware family is {@code virtualbox-2.2}; SATA controllers are {@code AHCI};
   * sub types that VirtualBox lacks, such as VmxNet3 and VirtualSCSI, are left to it; a guest type
   * of its own is written as {@code vbox:OSType}. Firmware, which it reads from its own settings
   * only, is written as for the others.
   */
  VIRTUALBOX("SHA256"),
  /**
   * XenServer and XCP-ng. The hardware family is {@code xen-3.0-unknown}; nothing of other vendors
   * is written, as their elements were refused, so firmware and cores per socket are left out;
   * memory states its Limit, whose absence was an error. The manifest is SHA1, the algorithm of
   * 1.x.
   */
  XENSERVER("SHA1"),
  /**
   * oVirt, which takes the standard form besides its own. No hardware family is written; sub types
   * of VMware's that it has no device for are left to it; processors always have a quantity.
   */
  OVIRT("SHA256");

  private final String digest;

  WriterProfile(String digest) {
    this.digest = digest;
  }

  /** Returns the digest algorithm to recommend for the manifest: {@code SHA1} or {@code SHA256}. */
  public String recommendedDigest() {
    return digest;
  }

  /** Tells whether elements and attributes of vendors are written. */
  boolean vendorParts() {
    return this != XENSERVER;
  }
}
