package io.intermodal.descriptor;

import io.intermodal.convert.Loss;
import io.intermodal.convert.Loss.Severity;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.xml.XmlElement;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes {@code <os>}: what the guest's machine is and what starts in it. */
final class DomainOsXml {

  private static final Set<String> FIRMWARE = Set.of("loader", "nvram", "firmware");
  private static final Set<String> PORTABLE = Set.of("bootmenu", "bios");
  private static final Set<String> KERNEL = Set.of("kernel", "initrd", "cmdline", "dtb", "init");

  private final MachineSpec machine;
  private final DomainTarget target;
  private final DomainSettings settings;
  private final List<Loss> losses;
  private final DomainKind kind;
  private final @Nullable XmlElement before;
  private final Firmware firmware;
  private final boolean secure;

  DomainOsXml(
      MachineSpec machine, DomainTarget target, DomainSettings settings, List<Loss> losses) {
    this.machine = machine;
    this.target = target;
    this.settings = settings;
    this.losses = losses;
    kind = target.kind();
    before = settings.element("os");
    firmware = machine.firmware() == null ? Firmware.BIOS : machine.firmware();
    secure = Boolean.TRUE.equals(machine.secureBoot()) && firmware == Firmware.EFI;
  }

  /** Tells whether the guest's machine has PCI Express and thus no IDE. */
  boolean isQ35() {
    return kind.isQemu() && machineType().contains("q35");
  }

  /** Tells whether the firmware needs system management mode. */
  boolean needsSmm() {
    return kind.isQemu() && secure;
  }

  private String machineType() {
    String old =
        settings.sameKind() && before != null
            ? DomainXml.attribute(before, "type", "machine")
            : null;
    boolean ide = machine.disks().stream().anyMatch(disk -> disk.bus() == DiskBus.IDE);
    boolean wantsQ35 = firmware == Firmware.EFI && (secure || !ide);
    if (old == null || !firmwareAsBefore()) {
      return wantsQ35 ? "q35" : "pc";
    }
    if (settings.exact()) {
      return old;
    }
    // Another host may not know this version of the machine.
    return old.startsWith("pc-q35") ? "q35" : old.startsWith("pc-i440fx") ? "pc" : old;
  }

  private boolean firmwareAsBefore() {
    if (before == null || !settings.sameKind()) {
      return false;
    }
    DomainFirmware old = DomainFirmware.of(kind, before);
    Firmware now = kind.isParavirtual() ? null : firmware;
    Boolean secureNow = now == Firmware.EFI ? machine.secureBoot() : null;
    return old.firmware() == now && Objects.equals(old.secureBoot(), secureNow);
  }

  XmlElement write(List<String> bootWords) {
    tell();
    boolean asBefore = settings.exact() && firmwareAsBefore();
    boolean efi = firmware == Firmware.EFI && !kind.isParavirtual() && kind != DomainKind.TEST;
    boolean autoselected =
        (asBefore && before != null) ? "efi".equals(DomainXml.attribute(before, "firmware")) : efi;
    XmlElement.Builder os = DomainXml.start("os", "firmware", autoselected ? "efi" : null);
    os.add(type());
    if (before != null && asBefore) {
      DomainXml.without(before, Set.of("type", "boot")).childElements().forEach(os::add);
    } else {
      portable(os);
      if (autoselected && machine.secureBoot() != null) {
        os.add(secureBoot());
      }
    }
    DomainTarget.Kernel kernel = target.kernel();
    if (kernel != null) {
      os.add(DomainXml.holding("kernel", kernel.path()));
      if (kernel.initrd() != null) {
        os.add(DomainXml.holding("initrd", kernel.initrd()));
      }
      if (kernel.commandLine() != null) {
        os.add(DomainXml.holding("cmdline", kernel.commandLine()));
      }
    } else if (kind.isParavirtual() && !asBefore) {
      // A boot loader hands the command line of its menu on; without this it found none at all.
      os.add(DomainXml.holding("cmdline", "console=hvc0"));
    }
    bootWords.forEach(word -> os.add(DomainXml.of("boot", "dev", word)));
    return os.build();
  }

  private XmlElement type() {
    String arch = before == null ? null : DomainXml.attribute(before, "type", "arch");
    String here = arch == null ? "x86_64" : arch;
    return switch (kind) {
      case XEN_PV -> DomainXml.holding("type", "linux");
      case XEN_PVH -> DomainXml.holding("type", "xenpvh");
      case XEN_HVM, TEST -> DomainXml.holding("type", "hvm", "arch", here);
      case QEMU, KVM -> DomainXml.holding("type", "hvm", "arch", here, "machine", machineType());
    };
  }

  private void portable(XmlElement.Builder os) {
    if (before == null) {
      return;
    }
    boolean kernelGone = false;
    for (XmlElement child : before.childElements()) {
      if (settings.sameKind() && DomainXml.isOneOf(child, PORTABLE)) {
        os.add(child);
      } else if (DomainXml.isOneOf(child, KERNEL)) {
        kernelGone = true;
      } else if (DomainXml.isOneOf(child, FIRMWARE)) {
        lose(
            "libvirt.firmware.files",
            Severity.INFO,
            "firmware",
            null,
            "<" + child.localName() + "> names what the old host has; the new one chooses its own");
      } else if (!child.is("", "type") && !child.is("", "boot")) {
        lose(
            "libvirt.extra.dropped",
            Severity.INFO,
            DomainExtras.path("os/" + child.name().qualified()),
            null,
            "it belongs to the host or hypervisor it comes from");
      }
    }
    if (kernelGone && target.kernel() == null) {
      lose(
          "libvirt.kernel.dropped",
          Severity.WARNING,
          "boot",
          null,
          "its kernel lies on the old host, not on its disk; the disk must hold a boot loader");
    }
  }

  private XmlElement secureBoot() {
    String enabled = secure ? "yes" : "no";
    return DomainXml.start("firmware")
        .add(DomainXml.of("feature", "enabled", enabled, "name", "secure-boot"))
        .add(DomainXml.of("feature", "enabled", enabled, "name", "enrolled-keys"))
        .build();
  }

  private void tell() {
    if (kind.isParavirtual() && machine.firmware() != null) {
      boolean efi = machine.firmware() == Firmware.EFI;
      lose(
          "libvirt.firmware.none",
          efi ? Severity.WARNING : Severity.INFO,
          "firmware",
          machine.firmware().name(),
          "a para-virtual guest has no firmware; its kernel is started directly");
    } else if (kind == DomainKind.TEST && machine.firmware() == Firmware.EFI) {
      lose(
          "libvirt.firmware.none",
          Severity.WARNING,
          "firmware",
          "EFI",
          "libvirt's test driver has no firmware");
    } else if (!kind.isParavirtual() && machine.firmware() == null) {
      lose(
          "libvirt.firmware.chosen",
          Severity.INFO,
          "firmware",
          null,
          "it was not stated; the domain gets BIOS");
    }
    boolean efiHere = firmware == Firmware.EFI && !kind.isParavirtual() && kind != DomainKind.TEST;
    if (machine.secureBoot() != null && !efiHere) {
      lose(
          "libvirt.secure-boot.dropped",
          machine.secureBoot() ? Severity.WARNING : Severity.INFO,
          "secureBoot",
          machine.secureBoot().toString(),
          "only EFI checks signatures");
    }
  }

  private void lose(
      String rule, Severity severity, String path, @Nullable String value, String reason) {
    losses.add(new Loss(rule, severity, path, value, reason, null));
  }
}
