package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import org.libvirt.DomainSnapshot;
import org.libvirt.LibvirtException;

/** Keeps and restores the snapshots of a domain of QEMU, which lie inside its qcow2 disks. */
final class Snapshots {

  private final DomainAccess domain;

  Snapshots(DomainAccess domain) {
    this.domain = domain;
  }

  private record Taken(String name, long createdSeconds) {}

  /** Lists them, oldest first. */
  List<String> list() {
    List<Taken> taken =
        domain.ask(
            "list the snapshots of",
            handle -> {
              List<Taken> all = new ArrayList<>();
              for (String name : handle.domain().snapshotListNames()) {
                all.add(new Taken(name, created(handle, name)));
              }
              return all;
            });
    taken.sort(Comparator.comparingLong(Taken::createdSeconds).thenComparing(Taken::name));
    return taken.stream().map(Taken::name).toList();
  }

  void take(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank");
    }
    domain.require(Operation.SNAPSHOT, EnumSet.of(MachineState.STOPPED));
    if (list().contains(name)) {
      throw domain.failed(
          HypervisorError.NO_SUCH_PART, "snapshot", "the snapshot " + name + " exists already");
    }
    String xml = "<domainsnapshot><name>" + DomainXml.escape(name) + "</name></domainsnapshot>";
    domain.change("snapshot", handle -> handle.domain().snapshotCreateXML(xml, 0).free());
  }

  void revert(String name) {
    domain.require(Operation.REVERT, EnumSet.of(MachineState.STOPPED));
    require(name);
    domain.change(
        "revert",
        handle -> {
          DomainSnapshot snapshot = handle.domain().snapshotLookupByName(name);
          try {
            handle.domain().revertToSnapshot(snapshot);
          } finally {
            snapshot.free();
          }
        });
  }

  void delete(String name) {
    require(name);
    domain.change(
        "delete a snapshot of",
        handle -> {
          DomainSnapshot snapshot = handle.domain().snapshotLookupByName(name);
          try {
            snapshot.delete(0);
          } finally {
            snapshot.free();
          }
        });
  }

  private void require(String name) {
    List<String> all = list();
    if (!all.contains(name)) {
      throw domain.failed(
          HypervisorError.NO_SUCH_PART,
          "change",
          "there is no snapshot " + name + "; there are " + all);
    }
  }

  private static long created(DomainHandle handle, String name) throws LibvirtException {
    DomainSnapshot snapshot = handle.domain().snapshotLookupByName(name);
    try {
      return DomainXml.text(DomainXml.parse(snapshot.getXMLDesc()), "creationTime")
          .map(Long::valueOf)
          .orElse(0L);
    } finally {
      snapshot.free();
    }
  }
}
