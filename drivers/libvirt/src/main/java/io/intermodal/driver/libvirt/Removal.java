package io.intermodal.driver.libvirt;

import io.intermodal.descriptor.DomainDisk;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** Deletes a domain, with its volumes or without. */
final class Removal {

  private static final int MANAGED_SAVE = 1;
  private static final int SNAPSHOTS = 2;
  private static final int NVRAM = 4;

  /** Xen's driver lists a domain for a moment after it is gone. */
  private static final Duration GONE = Duration.ofSeconds(60);

  private final DomainAccess domain;
  private final DiskVolumes volumes;

  Removal(DomainAccess domain) {
    this.domain = domain;
    this.volumes = new DiskVolumes(domain.session());
  }

  /** Deletes the domain and the volumes of its disks; read-only ones and media stay. */
  void withDisks() {
    domain.require(Operation.DELETE, EnumSet.of(MachineState.STOPPED));
    List<DiskVolumes.Found> mine = new ArrayList<>();
    for (DomainDisk disk : DomainDefinition.readAll(domain)) {
      if (!disk.readOnly()) {
        mine.add(volumeToDelete(disk));
      }
    }
    undefine();
    mine.forEach(volumes::delete);
  }

  /** Deletes the domain alone; returns where each disk is. */
  Map<String, String> keepingDisks() {
    domain.require(Operation.DELETE_KEEPING_DISKS, EnumSet.of(MachineState.STOPPED));
    Map<String, String> places = new LinkedHashMap<>();
    for (DomainDisk disk : DomainDefinition.readAll(domain)) {
      String path = disk.path();
      places.put(
          disk.key(),
          path == null
              ? volumes.find(disk).map(DiskVolumes.Found::path).orElse(disk.sourceType())
              : path);
    }
    undefine();
    return places;
  }

  /**
   * Returns the volume of a disk that may be deleted with it.
   *
   * @throws HypervisorException when it is in no pool, or another domain has it too
   */
  DiskVolumes.Found volumeToDelete(DomainDisk disk) {
    DiskVolumes.Found found = volume(disk);
    String other =
        domain
            .session()
            .ask(
                "look who else has the disk " + disk.key() + " of " + domain.name(),
                domain.name(),
                connect -> otherOwner(connect, found));
    if (!other.isEmpty()) {
      throw domain.failed(
          HypervisorError.LOCKED,
          "delete a disk of",
          "the disk "
              + disk.key()
              + " at "
              + found.path()
              + " is also a disk of "
              + other
              + "; detach it there first");
    }
    return found;
  }

  DiskVolumes.Found volume(DomainDisk disk) {
    return volumes
        .find(disk)
        .orElseThrow(
            () ->
                domain.failed(
                    HypervisorError.NO_SUCH_PART,
                    "change a disk of",
                    "the disk "
                        + disk.key()
                        + (disk.path() == null ? "" : " at " + disk.path())
                        + " is in no active storage pool, so libvirt cannot change or delete it;"
                        + " define a pool for its folder, or keep the disks"));
  }

  private String otherOwner(RawConnect connect, DiskVolumes.Found found) throws LibvirtException {
    Domain[] all = connect.listAllDomains(0);
    try {
      for (Domain other : all) {
        if (other.getUUIDString().equals(domain.id()) || other.getID() == 0) {
          continue;
        }
        boolean has =
            DomainXml.all(DomainXml.parse(other.getXMLDesc(0)), "devices", "disk", "source")
                .stream()
                .anyMatch(
                    source ->
                        source.attribute("", "file").filter(found.path()::equals).isPresent()
                            || (source
                                    .attribute("", "pool")
                                    .filter(found.pool()::equals)
                                    .isPresent()
                                && source
                                    .attribute("", "volume")
                                    .filter(found.name()::equals)
                                    .isPresent()));
        if (has) {
          return other.getName();
        }
      }
      return "";
    } finally {
      for (Domain other : all) {
        other.free();
      }
    }
  }

  private void undefine() {
    int flags =
        switch (domain.kind()) {
          case QEMU -> MANAGED_SAVE | SNAPSHOTS | NVRAM;
          case XEN, TEST -> MANAGED_SAVE;
          case ESX -> 0;
        };
    domain.change("delete", handle -> handle.domain().undefine(flags));
    boolean gone = Waiting.until("the end of " + domain.name(), GONE, this::isGone);
    if (!gone) {
      throw domain.failed(
          HypervisorError.OPERATION_FAILED,
          "delete",
          "the host agreed, but lists it still after " + GONE.toSeconds() + " s");
    }
    if (domain.kind() == HypervisorKind.QEMU) {
      new Firewall(domain).removeAll();
    }
  }

  private boolean isGone() {
    return domain
        .session()
        .ask(
            "list the machines of " + domain.session().uri().shown(),
            domain.name(),
            connect -> {
              Domain[] all = connect.listAllDomains(0);
              try {
                for (Domain one : all) {
                  if (one.getUUIDString().equals(domain.id())) {
                    return false;
                  }
                }
                return true;
              } finally {
                for (Domain one : all) {
                  one.free();
                }
              }
            });
  }
}
