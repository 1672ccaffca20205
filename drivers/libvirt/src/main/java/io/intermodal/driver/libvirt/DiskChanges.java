package io.intermodal.driver.libvirt;

import static io.intermodal.driver.libvirt.NativeCalls.AFFECT_CONFIG;
import static io.intermodal.driver.libvirt.NativeCalls.AFFECT_LIVE;

import io.intermodal.descriptor.DomainDisk;
import io.intermodal.descriptor.LibvirtDomain;
import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.Support;
import io.intermodal.xml.XmlElement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Adds, removes and enlarges the disks of a domain, with their volumes. */
final class DiskChanges {

  /** A guest that has the disk mounted does not let it go. */
  private static final Duration GUEST_LETS_GO = Duration.ofSeconds(60);

  /** {@code VIR_DOMAIN_BLOCK_RESIZE_BYTES}. */
  private static final int IN_BYTES = 1;

  private static final int LETTERS = 26;
  private static final int MOST_TARGETS = 702;

  private final DomainAccess domain;
  private final Capabilities capabilities;
  private final DiskVolumes volumes;

  DiskChanges(DomainAccess domain, Capabilities capabilities) {
    this.domain = domain;
    this.capabilities = capabilities;
    this.volumes = new DiskVolumes(domain.session());
  }

  /** Makes a blank volume and gives it to the domain, and to its guest when that runs. */
  void attach(DiskSpec disk) {
    MachineState state = require(Operation.ATTACH_DISK);
    LibvirtDomain definition = DomainDefinition.read(domain);
    requireNewKey(definition.spec(), disk.key());
    DiskBus bus = bus(definition.spec(), disk);
    if (state == MachineState.STARTED && !isHotPluggable(bus)) {
      throw domain.failed(
          HypervisorError.ILLEGAL_STATE,
          Operation.ATTACH_DISK.displayName(),
          "a disk on " + bus + " cannot be plugged in while the guest runs; it must be STOPPED");
    }
    String target = freeTarget(bus);
    String format = domain.kind() == HypervisorKind.XEN ? "raw" : "qcow2";
    String pool = pool(definition);
    DiskVolumes.Found volume =
        volumes.create(pool, freeName(pool, disk.key(), format), format, disk.capacityBytes());
    boolean attached = false;
    try {
      String xml = xml(definition, volume.path(), format, target, bus);
      int flags = flags(state);
      domain.change(
          Operation.ATTACH_DISK.displayName(),
          handle -> handle.domain().attachDeviceFlags(xml, flags));
      attached = true;
    } finally {
      if (!attached) {
        volumes.deleteQuietly(volume);
      }
    }
    new DeviceNotes(domain).add(disk.withBus(bus, disk.unit()), target);
  }

  /** Takes a disk from the domain, and from its guest when that runs, and deletes its volume. */
  void detach(String key) {
    MachineState state = require(Operation.DETACH_DISK);
    LibvirtDomain definition = DomainDefinition.read(domain);
    DomainDisk disk = disk(definition, key);
    // A guest whose kernel the host gives may live without any disk.
    boolean boots =
        DomainXml.first(domain.stored(), "os", "kernel").isEmpty()
            && definition.spec().bootDisk().map(DiskSpec::key).filter(key::equals).isPresent();
    if (state == MachineState.STARTED && boots) {
      throw domain.failed(
          HypervisorError.ILLEGAL_STATE,
          Operation.DETACH_DISK.displayName(),
          "the guest runs from the disk " + key + "; to detach it, it must be STOPPED");
    }
    DiskVolumes.Found volume = new Removal(domain).volumeToDelete(disk);
    String xml = DomainEdit.text(element(domain.stored(), disk.target()));
    if (state == MachineState.STARTED) {
      unplug(key, disk.target());
    }
    domain.change(
        Operation.DETACH_DISK.displayName(),
        handle -> handle.domain().detachDeviceFlags(xml, AFFECT_CONFIG));
    new DeviceNotes(domain).removeDisk(disk.target());
    volumes.delete(volume);
  }

  private void unplug(String key, String target) {
    String xml = DomainEdit.text(element(domain.live(), target));
    domain.change(
        Operation.DETACH_DISK.displayName(),
        handle -> handle.domain().detachDeviceFlags(xml, AFFECT_LIVE));
    boolean gone =
        Waiting.until(
            "the disk " + key + " of " + domain.name(),
            GUEST_LETS_GO,
            () ->
                DomainXml.all(domain.live(), "devices", "disk").stream()
                    .noneMatch(disk -> isAt(disk, target)));
    if (!gone) {
      throw domain.failed(
          HypervisorError.GUEST_TIMEOUT,
          Operation.DETACH_DISK.displayName(),
          "its guest did not let go of the disk "
              + key
              + " within "
              + GUEST_LETS_GO.toSeconds()
              + " s; unmount it there, or stop the machine");
    }
  }

  /** Makes a disk larger; a running guest of QEMU sees it at once. */
  void resize(String key, long capacityBytes) {
    MachineState state = require(Operation.RESIZE_DISK);
    LibvirtDomain definition = DomainDefinition.read(domain);
    DomainDisk disk = disk(definition, key);
    DiskSpec spec =
        definition.spec().disk(key).orElseThrow(() -> noSuchDisk(definition.spec(), key));
    if (capacityBytes < spec.capacityBytes()) {
      throw domain.failed(
          HypervisorError.UNSUPPORTED_OPERATION,
          Operation.RESIZE_DISK.displayName(),
          "the disk "
              + key
              + " has "
              + spec.capacityBytes()
              + " bytes, more than "
              + capacityBytes
              + "; disks only grow");
    }
    if (capacityBytes == spec.capacityBytes()) {
      return;
    }
    if (state == MachineState.STARTED) {
      domain.change(
          Operation.RESIZE_DISK.displayName(),
          handle -> handle.domain().blockResize(disk.target(), capacityBytes, IN_BYTES));
    } else {
      volumes.resize(new Removal(domain).volume(disk), capacityBytes);
    }
    new DeviceNotes(domain).add(spec.withCapacityBytes(capacityBytes), disk.target());
  }

  private MachineState require(Operation operation) {
    boolean live = capabilities.support(operation).effect() == Support.Effect.LIVE;
    return domain.require(
        operation,
        live
            ? EnumSet.of(MachineState.STARTED, MachineState.STOPPED)
            : EnumSet.of(MachineState.STOPPED));
  }

  private static int flags(MachineState state) {
    return state == MachineState.STARTED ? AFFECT_LIVE | AFFECT_CONFIG : AFFECT_CONFIG;
  }

  private void requireNewKey(MachineSpec spec, String key) {
    boolean taken =
        spec.disk(key).isPresent()
            || spec.nics().stream().anyMatch(nic -> nic.key().equals(key))
            || spec.drives().stream().anyMatch(drive -> drive.key().equals(key));
    if (taken) {
      throw domain.failed(
          HypervisorError.NO_SUCH_PART,
          Operation.ATTACH_DISK.displayName(),
          "a device has the key " + key + " already");
    }
  }

  private DomainDisk disk(LibvirtDomain definition, String key) {
    return definition.disk(key).orElseThrow(() -> noSuchDisk(definition.spec(), key));
  }

  private HypervisorException noSuchDisk(MachineSpec spec, String key) {
    return domain.failed(
        HypervisorError.NO_SUCH_PART,
        "change",
        "it has no disk " + key + "; it has " + spec.disks().stream().map(DiskSpec::key).toList());
  }

  /** Takes the bus that was asked for, else that of the first disk, else the kind's favourite. */
  private DiskBus bus(MachineSpec spec, DiskSpec disk) {
    DiskBus asked = disk.bus();
    if (asked == null && !spec.disks().isEmpty()) {
      asked = spec.disks().get(0).bus();
    }
    DiskBus bus = asked == null ? capabilities.diskBuses().get(0) : asked;
    if (!capabilities.diskBuses().contains(bus)) {
      throw domain.failed(
          HypervisorError.LIMIT_EXCEEDED,
          Operation.ATTACH_DISK.displayName(),
          "the disk is on the bus " + bus + ", disks are added on " + capabilities.diskBuses());
    }
    return bus;
  }

  private static boolean isHotPluggable(DiskBus bus) {
    return bus == DiskBus.VIRTIO || bus == DiskBus.SCSI || bus == DiskBus.XEN;
  }

  private String pool(LibvirtDomain definition) {
    if (domain.session().uri().pool() == null) {
      for (DomainDisk disk : definition.disks()) {
        var found = volumes.find(disk);
        if (found.isPresent()) {
          return found.get().pool();
        }
      }
    }
    return volumes.poolForNewDisks(domain.name());
  }

  private String freeName(String pool, String key, String format) {
    String base = (domain.name() + "-" + key).replaceAll("[^A-Za-z0-9._-]", "_");
    String name = base + "." + format;
    for (int i = 2; volumes.exists(pool, name); i++) {
      name = base + "-" + i + "." + format;
    }
    return name;
  }

  /** Returns the first name of a bus that neither the running nor the stored domain has. */
  private String freeTarget(DiskBus bus) {
    Set<String> taken = new HashSet<>();
    for (XmlElement definition : List.of(domain.stored(), domain.live())) {
      for (XmlElement disk : DomainXml.all(definition, "devices", "disk")) {
        DomainXml.attribute(disk, "dev", "target").ifPresent(taken::add);
      }
    }
    String prefix =
        switch (bus) {
          case VIRTIO -> "vd";
          case XEN -> "xvd";
          case IDE -> "hd";
          default -> "sd";
        };
    for (int i = 0; i < MOST_TARGETS; i++) {
      String target = prefix + letters(i);
      if (!taken.contains(target)) {
        return target;
      }
    }
    throw domain.failed(
        HypervisorError.LIMIT_EXCEEDED,
        Operation.ATTACH_DISK.displayName(),
        "it has " + MOST_TARGETS + " disks on that bus already");
  }

  /** Counts a, b, … z, aa, ab, …. */
  static String letters(int index) {
    String last = String.valueOf((char) ('a' + index % LETTERS));
    return index < LETTERS ? last : letters(index / LETTERS - 1) + last;
  }

  private String xml(
      LibvirtDomain definition, String path, String format, String target, DiskBus bus) {
    // Only dom0's own block driver serves a guest of Xen that has no QEMU.
    boolean byDom0 = definition.kind().isXen() && bus == DiskBus.XEN;
    return "<disk type='file' device='disk'><driver name='"
        + (byDom0 ? "phy" : "qemu")
        + "' type='"
        + format
        + "'/><source file='"
        + DomainXml.escape(path)
        + "'/><target dev='"
        + target
        + "' bus='"
        + bus.name().toLowerCase(Locale.ROOT)
        + "'/></disk>";
  }

  private XmlElement element(XmlElement definition, String target) {
    return DomainXml.all(definition, "devices", "disk").stream()
        .filter(disk -> isAt(disk, target))
        .findFirst()
        .orElseThrow(
            () ->
                domain.failed(
                    HypervisorError.NO_SUCH_PART, "change", "it has no disk at " + target));
  }

  private static boolean isAt(XmlElement disk, String target) {
    return DomainXml.attribute(disk, "dev", "target").filter(target::equals).isPresent();
  }
}
