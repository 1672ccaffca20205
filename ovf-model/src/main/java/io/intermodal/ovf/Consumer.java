package io.intermodal.ovf;

/**
 * Names a product that takes packages in, for {@link Envelope#findingsFor}. What is said of each is
 * from the reports and documents of its users, not from running it; what was not seen to be refused
 * is a warning at most.
 */
public enum Consumer {
  /** VMware's vSphere, vCloud Director and ovftool. */
  VMWARE("VMware"),
  /** Oracle's VirtualBox. */
  VIRTUALBOX("VirtualBox"),
  /** XenServer and XCP-ng, with XenCenter or Xen Orchestra. */
  XENSERVER("XenServer"),
  /** oVirt and RHV. */
  OVIRT("oVirt");

  private final String title;

  Consumer(String title) {
    this.title = title;
  }

  /** Returns the product's name for people. */
  public String title() {
    return title;
  }
}
