package io.intermodal.driver.libvirt;

import io.intermodal.descriptor.DomainKind;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.MachineSpec;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the kind of domain that a machine becomes.
 *
 * <p>At QEMU it runs emulated: whether KVM works can only be told by running a guest. At Xen the
 * URI's {@code guest} decides; otherwise a machine that was para-virtual stays what it was, one
 * that is said to hold Linux and does not start by EFI becomes para-virtual with a boot loader in
 * dom0 (pygrub), since every kernel of today can and no processor extension is needed, and any
 * other becomes an emulated PC, which boots what a BIOS boots.
 */
final class GuestKinds {

  /** Numbers of CIM_OperatingSystem.OsType that mean a Linux. */
  private static final Set<Integer> LINUX =
      Set.of(
          36, 79, 80, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100,
          101, 106, 107, 108, 109);

  private static final List<String> WORDS =
      List.of(
          "linux", "debian", "ubuntu", "centos", "fedora", "rhel", "red hat", "redhat", "suse",
          "sles", "alma", "rocky", "alpine", "arch");

  private GuestKinds() {}

  static DomainKind choose(LibvirtUri uri, MachineSpec machine) {
    return switch (uri.kind()) {
      case QEMU, ESX -> DomainKind.QEMU;
      case TEST -> DomainKind.TEST;
      case XEN -> uri.guest() == null ? ofXen(machine) : uri.guest();
    };
  }

  private static DomainKind ofXen(MachineSpec machine) {
    if (wasParavirtual(machine)) {
      return DomainKind.XEN_PV;
    }
    return isLinux(machine.guestOs()) && machine.firmware() != Firmware.EFI
        ? DomainKind.XEN_PV
        : DomainKind.XEN_HVM;
  }

  private static boolean wasParavirtual(MachineSpec machine) {
    return machine.extras().stream()
        .filter(extra -> extra.namespace().equals("libvirt-xml") && extra.name().equals("kind"))
        .anyMatch(extra -> extra.value().equals("xen-pv") || extra.value().equals("xen-pvh"));
  }

  static boolean isLinux(@Nullable GuestOs os) {
    if (os == null || os.isWindows()) {
      return false;
    }
    if (os.cimOsType() != null && LINUX.contains(os.cimOsType())) {
      return true;
    }
    return Stream.of(os.vendorType(), os.description())
        .filter(text -> text != null)
        .map(text -> text.toLowerCase(Locale.ROOT))
        .anyMatch(text -> WORDS.stream().anyMatch(text::contains));
  }
}
