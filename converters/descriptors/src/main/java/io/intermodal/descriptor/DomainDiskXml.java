package io.intermodal.descriptor;

import io.intermodal.convert.Loss;
import io.intermodal.convert.Loss.Severity;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.RemovableDrive;
import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the disks and drives of a machine whose targets are known. */
final class DomainDiskXml {

  private static final Set<String> REPLACED =
      Set.of("driver", "source", "target", "backingStore", "readonly");
  private static final Set<String> PORTABLE_DRIVER =
      Set.of("cache", "io", "discard", "detect_zeroes", "error_policy", "rerror_policy");

  private final String name;
  private final DomainTarget target;
  private final DomainDiskTargets targets;
  private final DomainSettings settings;
  private final Map<String, Integer> bootOrder;
  private final List<Loss> losses;

  DomainDiskXml(
      String name,
      DomainTarget target,
      DomainDiskTargets targets,
      DomainSettings settings,
      Map<String, Integer> bootOrder,
      List<Loss> losses) {
    this.name = name;
    this.target = target;
    this.targets = targets;
    this.settings = settings;
    this.bootOrder = bootOrder;
    this.losses = losses;
  }

  List<XmlElement> write(MachineSpec machine) {
    List<XmlElement> all = new ArrayList<>();
    List<DiskSpec> disks = new ArrayList<>(machine.disks());
    // Xen boots from the first disk of the document, whatever its name.
    machine
        .bootDisk()
        .filter(boot -> target.kind().isXen())
        .ifPresent(
            boot -> {
              disks.remove(boot);
              disks.add(0, boot);
            });
    for (DiskSpec disk : disks) {
      targets.of(disk.key()).ifPresent(place -> all.add(disk(disk, place)));
    }
    for (RemovableDrive drive : machine.drives()) {
      targets.of(drive.key()).ifPresent(place -> all.add(drive(drive, place)));
    }
    return all;
  }

  private XmlElement disk(DiskSpec disk, DomainDiskTargets.Target to) {
    XmlElement before = settings.element(DomainExtras.DISK + disk.key());
    DomainTarget.Place place = place(disk, before);
    String device = before == null ? null : DomainXml.attribute(before, "device");
    XmlElement.Builder element;
    if (place == null && before != null) {
      element =
          DomainXml.start("disk", "type", DomainXml.attribute(before, "type"), "device", device);
      DomainXml.child(before, "driver").ifPresent(element::add);
      DomainXml.child(before, "source").ifPresent(element::add);
      DomainXml.child(before, "backingStore").ifPresent(element::add);
    } else {
      DomainTarget.Place there = place == null ? invented(disk) : place;
      element =
          DomainXml.start(
              "disk", "type", there.path() == null ? "volume" : "file", "device", "disk");
      element.add(driver(before, there.format()));
      element.add(
          DomainXml.of(
              "source", "file", there.path(), "pool", there.pool(), "volume", there.volume()));
    }
    element.add(DomainXml.of("target", "dev", to.name(), "bus", DomainBuses.word(to.bus())));
    keep(element, before, to);
    order(element, disk.key());
    return element.build();
  }

  private DomainTarget.@Nullable Place place(DiskSpec disk, @Nullable XmlElement before) {
    DomainTarget.Place given = target.place(disk.key());
    boolean keepsItsOwn =
        settings.exact() && before != null && DomainXml.child(before, "source").isPresent();
    return given == null && !keepsItsOwn ? invented(disk) : given;
  }

  /** Says where a disk would usually be, as a domain without sources is refused. */
  private DomainTarget.Place invented(DiskSpec disk) {
    String format = target.kind().isXen() ? "raw" : "qcow2";
    String file =
        (name + "-" + DomainText.plain(disk.key())).replaceAll("[/\\p{Cntrl}]", "_") + "." + format;
    String path = "/var/lib/libvirt/images/" + file;
    losses.add(
        new Loss(
            "libvirt.disk.place.chosen",
            Severity.INFO,
            "disks[" + disk.key() + "]",
            null,
            "a domain names a file for each disk; it is expected at " + path,
            "put the disk there, or change the path"));
    return DomainTarget.Place.file(path, format);
  }

  private XmlElement driver(@Nullable XmlElement before, String format) {
    // Only dom0's own block driver serves a para-virtual guest without QEMU.
    String driver = target.kind().isParavirtual() ? "phy" : "qemu";
    XmlElement.Builder element = DomainXml.start("driver", "name", driver, "type", format);
    XmlElement old = before == null ? null : DomainXml.child(before, "driver").orElse(null);
    if (old != null && target.kind().isQemu()) {
      old.attributes().stream()
          .filter(a -> a.name().namespace().isEmpty())
          .filter(a -> PORTABLE_DRIVER.contains(a.name().localName()))
          .forEach(a -> element.attribute(a.name(), a.value()));
    }
    return element.build();
  }

  /** Keeps the address too, while the disk is where it was. */
  private static void keep(
      XmlElement.Builder element, @Nullable XmlElement before, DomainDiskTargets.Target to) {
    if (before == null) {
      return;
    }
    boolean moved = !to.name().equals(DomainXml.attribute(before, "target", "dev"));
    String bus = DomainXml.attribute(before, "target", "bus");
    boolean otherBus = bus != null && !bus.equals("fdc") && !bus.equals(DomainBuses.word(to.bus()));
    before
        .elements()
        .filter(child -> !DomainXml.isOneOf(child, REPLACED))
        .filter(child -> !((moved || otherBus) && child.is("", "address")))
        .forEach(element::add);
    DomainXml.child(before, "readonly").ifPresent(element::add);
  }

  private XmlElement drive(RemovableDrive drive, DomainDiskTargets.Target to) {
    boolean floppy = drive.kind() == RemovableDrive.Kind.FLOPPY;
    XmlElement before = settings.element(DomainExtras.DRIVE + drive.key());
    boolean medium = settings.exact() && before != null;
    XmlElement.Builder element =
        DomainXml.start(
            "disk",
            "type",
            before != null && medium ? DomainXml.attribute(before, "type") : "file",
            "device",
            floppy ? "floppy" : "cdrom");
    if (before != null && medium) {
      DomainXml.child(before, "driver").ifPresent(element::add);
      DomainXml.child(before, "source").ifPresent(element::add);
    } else {
      element.add(DomainXml.of("driver", "name", "qemu", "type", "raw"));
    }
    element.add(
        DomainXml.of(
            "target", "dev", to.name(), "bus", floppy ? "fdc" : DomainBuses.word(to.bus())));
    keep(element, before, to);
    boolean readOnly = before != null && DomainXml.child(before, "readonly").isPresent();
    if (!floppy && !readOnly) {
      element.add(DomainXml.of("readonly"));
    }
    order(element, drive.key());
    return element.build();
  }

  private void order(XmlElement.Builder element, String key) {
    Integer order = bootOrder.get(key);
    if (order != null) {
      element.add(DomainXml.of("boot", "order", order.toString()));
    }
  }
}
