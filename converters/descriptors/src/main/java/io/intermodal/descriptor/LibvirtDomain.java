package io.intermodal.descriptor;

import io.intermodal.hypervisor.MachineSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Holds a libvirt domain: the neutral machine, and what a driver needs to know beside it.
 * Immutable.
 *
 * @param kind who runs it
 * @param spec the machine
 * @param disks where the disks of the machine are, in its order
 * @param drives what is in the drives for removable media, in its order
 * @param nics what its network cards are connected to, in its order
 * @param consoles its serial ports and consoles, in the order of the document
 * @param guestAgent whether it has a channel for the QEMU guest agent
 */
public record LibvirtDomain(
    DomainKind kind,
    MachineSpec spec,
    List<DomainDisk> disks,
    List<DomainDisk> drives,
    List<DomainNic> nics,
    List<DomainConsole> consoles,
    boolean guestAgent) {

  /** Copies the lists. */
  public LibvirtDomain {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(spec, "spec");
    disks = List.copyOf(disks);
    drives = List.copyOf(drives);
    nics = List.copyOf(nics);
    consoles = List.copyOf(consoles);
  }

  /** Returns where the disk with that key is. */
  public Optional<DomainDisk> disk(String key) {
    return disks.stream().filter(disk -> disk.key().equals(key)).findFirst();
  }

  /** Returns what the card with that key is connected to. */
  public Optional<DomainNic> nic(String key) {
    return nics.stream().filter(nic -> nic.key().equals(key)).findFirst();
  }
}
