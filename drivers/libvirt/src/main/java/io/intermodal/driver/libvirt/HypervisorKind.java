package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.HypervisorInfo;

/** Names what can be at the other end of a connection, as the scheme of its URI says. */
enum HypervisorKind {
  /** QEMU, with or without KVM. */
  QEMU("qemu", "QEMU", HypervisorInfo.Reality.REAL),
  /** Xen, with the libxl tool stack. */
  XEN("xen", "Xen", HypervisorInfo.Reality.REAL),
  /** libvirt's own simulator, in this process. */
  TEST("test", "libvirt test driver", HypervisorInfo.Reality.SIMULATOR),
  /** VMware ESX; accepted, never verified. */
  ESX("esx", "VMware ESX", HypervisorInfo.Reality.REAL);

  private final String scheme;
  private final String product;
  private final HypervisorInfo.Reality reality;

  HypervisorKind(String scheme, String product, HypervisorInfo.Reality reality) {
    this.scheme = scheme;
    this.product = product;
    this.reality = reality;
  }

  String scheme() {
    return scheme;
  }

  String product() {
    return product;
  }

  HypervisorInfo.Reality reality() {
    return reality;
  }
}
