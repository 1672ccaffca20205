package io.intermodal.descriptor;

import io.intermodal.convert.Loss;
import io.intermodal.convert.Loss.Severity;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.RemovableDrive;
import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives each disk and drive of a machine a bus and a name that the target has. A disk keeps its
 * place where it can; on Xen the boot disk comes first, since Xen boots from the first one.
 */
final class DomainDiskTargets {

  private static final int IDE_PLACES = 4;

  /** Letters count 702 places with two of them; more than that no controller set has. */
  private static final int MAX_PLACES = 702;

  private final DomainKind kind;
  private final boolean q35;
  private final DomainSettings settings;
  private final List<Loss> losses;
  private final Map<String, Target> targets = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private int idePlaces;

  /** A bus and a name on it; {@code index} counts the letters of the name. */
  record Target(DiskBus bus, String name, int index) {}

  DomainDiskTargets(DomainKind kind, boolean q35, DomainSettings settings, List<Loss> losses) {
    this.kind = kind;
    this.q35 = q35;
    this.settings = settings;
    this.losses = losses;
  }

  DomainDiskTargets assign(MachineSpec machine) {
    idePlaces = q35 || kind.isParavirtual() ? 0 : IDE_PLACES;
    for (RemovableDrive drive : machine.drives()) {
      drive(drive);
    }
    Map<String, DiskBus> buses = new HashMap<>();
    List<DiskSpec> order = bootDiskFirst(machine);
    order.forEach(disk -> buses.put(disk.key(), bus(disk)));
    List<DiskSpec> homeless = new ArrayList<>();
    for (DiskSpec disk : order) {
      DiskBus bus = buses.getOrDefault(disk.key(), DiskBus.VIRTIO);
      OptionalInt wanted = kind.isXen() ? OptionalInt.empty() : wanted(disk, bus);
      if (wanted.isEmpty() || !take(disk.key(), bus, wanted.getAsInt())) {
        homeless.add(disk);
      }
    }
    for (DiskSpec disk : homeless) {
      DiskBus bus = buses.getOrDefault(disk.key(), DiskBus.VIRTIO);
      // hda and xvda are one device to Xen, so names go on behind the emulated ones.
      int index = kind == DomainKind.XEN_HVM && bus == DiskBus.XEN ? IDE_PLACES : 0;
      while (!take(disk.key(), bus, index)) {
        index++;
      }
    }
    machine.disks().forEach(this::tellUnit);
    return this;
  }

  private List<DiskSpec> bootDiskFirst(MachineSpec machine) {
    DiskSpec boot = machine.bootDisk().orElse(null);
    if (!kind.isXen()) {
      return machine.disks();
    }
    List<DiskSpec> order = new ArrayList<>(machine.disks());
    order.sort(Comparator.comparingInt(disk -> disk.equals(boot) ? 0 : 1));
    return order;
  }

  private OptionalInt wanted(DiskSpec disk, DiskBus bus) {
    if (disk.unit() != null) {
      return disk.unit() < MAX_PLACES ? OptionalInt.of(disk.unit()) : OptionalInt.empty();
    }
    XmlElement before = settings.element(DomainExtras.DISK + disk.key());
    String name = before == null ? null : DomainXml.attribute(before, "target", "dev");
    return name == null || !name.startsWith(DomainBuses.prefix(bus))
        ? OptionalInt.empty()
        : DomainNumbers.indexOf(name);
  }

  private boolean take(String key, DiskBus bus, int index) {
    if (bus == DiskBus.IDE && index >= IDE_PLACES) {
      return false;
    }
    String name = DomainBuses.prefix(bus) + DomainNumbers.letters(index);
    if (!taken.add(name)) {
      return false;
    }
    targets.put(key, new Target(bus, name, index));
    return true;
  }

  /** CD drives sit at the end of IDE or behind the SATA disks, floppy drives on their own bus. */
  private void drive(RemovableDrive drive) {
    if (takeAsBefore(drive)) {
      return;
    }
    if (drive.kind() == RemovableDrive.Kind.FLOPPY) {
      int number = taken.contains("fda") ? 1 : 0;
      if (kind.isXen() || !taken.add("fd" + DomainNumbers.letters(number))) {
        dropDrive(drive);
      } else {
        // The bus of the neutral machine is not used of a drive.
        targets.put(
            drive.key(), new Target(DiskBus.IDE, "fd" + DomainNumbers.letters(number), number));
      }
      return;
    }
    if (kind.isParavirtual()) {
      dropDrive(drive);
      return;
    }
    for (int index = IDE_PLACES - 2, tries = 0; idePlaces > 0 && tries < IDE_PLACES; tries++) {
      if (take(drive.key(), DiskBus.IDE, index)) {
        idePlaces--;
        return;
      }
      index = (index + 1) % IDE_PLACES;
    }
    if (kind.isXen()) {
      dropDrive(drive);
      return;
    }
    // The second half of the names, so that disks keep the first places.
    int index = 26;
    while (!take(drive.key(), DiskBus.SATA, index)) {
      index++;
    }
  }

  /** Keeps a drive where it was on this kind of domain. */
  private boolean takeAsBefore(RemovableDrive drive) {
    XmlElement before = settings.element(DomainExtras.DRIVE + drive.key());
    String name = before == null ? null : DomainXml.attribute(before, "target", "dev");
    String word = before == null ? null : DomainXml.attribute(before, "target", "bus");
    OptionalInt index = name == null ? OptionalInt.empty() : DomainNumbers.indexOf(name);
    DiskBus bus = "fdc".equals(word) || word == null ? DiskBus.IDE : DomainBuses.ofWord(word);
    if (name == null || bus == null || index.isEmpty() || (bus == DiskBus.IDE && noIde(name))) {
      return false;
    }
    if (!taken.add(name)) {
      return false;
    }
    idePlaces -= name.startsWith("hd") ? 1 : 0;
    targets.put(drive.key(), new Target(bus, name, index.getAsInt()));
    return true;
  }

  private boolean noIde(String name) {
    return !name.startsWith("fd") && (idePlaces <= 0 || !name.startsWith("hd"));
  }

  private void dropDrive(RemovableDrive drive) {
    lose(
        "libvirt.drive.dropped",
        Severity.INFO,
        "drives[" + drive.key() + "]",
        drive.kind().name(),
        "such a domain has no such drive, or no more of them; it is left out");
  }

  private DiskBus bus(DiskSpec disk) {
    DiskBus bus = disk.bus();
    DiskBus given = kind.isXen() ? busOfXen() : busOfPc(bus);
    if (given == DiskBus.IDE) {
      idePlaces--;
    }
    if (bus == null) {
      lose(
          "libvirt.disk.bus.chosen",
          Severity.INFO,
          "disks[" + disk.key() + "].bus",
          null,
          "it was not stated; the domain gets " + DomainBuses.word(given));
    } else if (given != bus) {
      boolean sameDriver = kind == DomainKind.XEN_HVM && bus == DiskBus.XEN;
      lose(
          "libvirt.disk.bus",
          sameDriver ? Severity.INFO : Severity.WARNING,
          "disks[" + disk.key() + "].bus",
          bus.name(),
          sameDriver
              ? "the emulated PC boots from IDE; Xen's drivers take over in the guest"
              : "such a domain has no such bus or no place left on it; it gets "
                  + DomainBuses.word(given));
    }
    return given;
  }

  private DiskBus busOfXen() {
    return kind.isParavirtual() || idePlaces <= 0 ? DiskBus.XEN : DiskBus.IDE;
  }

  private DiskBus busOfPc(@Nullable DiskBus bus) {
    if (bus == null) {
      return DiskBus.VIRTIO;
    }
    return switch (bus) {
      case XEN -> DiskBus.VIRTIO;
      case NVME -> DiskBus.SATA;
      case IDE -> idePlaces > 0 ? DiskBus.IDE : DiskBus.SATA;
      case SCSI, SATA, VIRTIO -> bus;
    };
  }

  private void tellUnit(DiskSpec disk) {
    if (disk.unit() != null && !disk.unit().equals(unit(disk))) {
      lose(
          "libvirt.disk.unit",
          Severity.INFO,
          "disks[" + disk.key() + "].unit",
          disk.unit().toString(),
          "it cannot have this place on its bus; it is now "
              + of(disk.key()).map(Target::name).orElse("nowhere"));
    }
  }

  /** Returns the unit that was asked for where the disk has it; null otherwise. */
  @Nullable Integer unit(DiskSpec disk) {
    Target target = targets.get(disk.key());
    return disk.unit() != null && target != null && target.index() == disk.unit()
        ? disk.unit()
        : null;
  }

  /** Returns where a disk or drive is; empty for a drive that is left out. */
  Optional<Target> of(String key) {
    return Optional.ofNullable(targets.get(key));
  }

  private void lose(
      String rule, Severity severity, String path, @Nullable String value, String reason) {
    losses.add(new Loss(rule, severity, path, value, reason, null));
  }
}
