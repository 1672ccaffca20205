package io.intermodal.descriptor;

import java.util.Locale;
import java.util.Optional;

/** Names who runs a libvirt domain, and how its guest is started. */
public enum DomainKind {
  /** QEMU that emulates the processor (TCG). */
  QEMU("qemu"),
  /** QEMU with KVM. */
  KVM("kvm"),
  /** Xen, para-virtual: a kernel is loaded from outside or found by a boot loader in dom0. */
  XEN_PV("xen"),
  /** Xen, para-virtual devices in a hardware container: {@code xenpvh}. */
  XEN_PVH("xen"),
  /** Xen with an emulated PC, which boots as one. */
  XEN_HVM("xen"),
  /** libvirt's own test driver, which runs nothing. */
  TEST("test");

  private final String domainType;

  DomainKind(String domainType) {
    this.domainType = domainType;
  }

  /** Returns the value of {@code domain@type}. */
  public String domainType() {
    return domainType;
  }

  /** Tells whether Xen runs it. */
  public boolean isXen() {
    return this == XEN_PV || this == XEN_PVH || this == XEN_HVM;
  }

  /** Tells whether QEMU runs it without Xen. */
  public boolean isQemu() {
    return this == QEMU || this == KVM;
  }

  /** Tells whether the guest sees Xen's devices only, no PC. */
  boolean isParavirtual() {
    return this == XEN_PV || this == XEN_PVH;
  }

  /** Tells whether what one kind does not share with the neutral machine fits another as it is. */
  boolean sharesSettingsWith(DomainKind other) {
    return this == other || (isQemu() && other.isQemu());
  }

  /** Returns the word for it in extras. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<DomainKind> ofId(String id) {
    for (DomainKind kind : values()) {
      if (kind.id().equals(id)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
