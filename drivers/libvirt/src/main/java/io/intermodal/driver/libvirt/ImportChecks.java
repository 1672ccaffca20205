package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.Resources;
import io.intermodal.xml.XmlElement;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** Looks whether a machine can be made at a host, before anything is made. */
final class ImportChecks {

  /** libvirt keeps a file of that name with an extension. */
  static final int MAX_NAME_BYTES = 240;

  private final LibvirtHypervisor hypervisor;
  private final MachineSpec spec;

  ImportChecks(LibvirtHypervisor hypervisor, MachineSpec spec) {
    this.hypervisor = hypervisor;
    this.spec = spec;
  }

  /** Checks name, identity, addresses and networks. */
  void machine() {
    name();
    UUID uuid = uuid();
    Set<String> macs =
        spec.nics().stream().map(NicSpec::mac).filter(Objects::nonNull).collect(Collectors.toSet());
    if (macs.size() < spec.nics().stream().filter(nic -> nic.mac() != null).count()) {
      throw failed(HypervisorError.NAME_TAKEN, "two of its network cards have one address");
    }
    hypervisor
        .session()
        .ask(
            "look what machines there are",
            spec.name(),
            connect -> {
              Domain[] all = connect.listAllDomains(0);
              try {
                for (Domain other : all) {
                  compare(other, uuid, macs);
                }
              } finally {
                for (Domain other : all) {
                  other.free();
                }
              }
              return true;
            });
    networks();
  }

  private void name() {
    String name = spec.name();
    boolean plain = name.chars().noneMatch(c -> c == '/' || Character.isISOControl(c));
    if (!plain || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      throw failed(
          HypervisorError.LIMIT_EXCEEDED,
          "libvirt takes names of at most "
              + MAX_NAME_BYTES
              + " bytes without slashes and control characters; choose another");
    }
    if (!name.equals(name.strip())) {
      throw failed(
          HypervisorError.LIMIT_EXCEEDED,
          "libvirt takes no names with blanks at their ends; choose another");
    }
  }

  private UUID uuid() {
    String uuid = String.valueOf(spec.uuid());
    String dashed =
        uuid.length() == 32
            ? uuid.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")
            : uuid;
    try {
      return UUID.fromString(dashed.strip().toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw failed(
          HypervisorError.LIMIT_EXCEEDED,
          "its identity is no UUID; leave it out and one is chosen");
    }
  }

  private void compare(Domain other, UUID uuid, Set<String> macs) throws LibvirtException {
    String name = other.getName();
    if (name.equals(spec.name())) {
      throw failed(
          HypervisorError.NAME_TAKEN,
          "there is a machine of that name; choose another name, or delete that one");
    }
    if (other.getUUIDString().equals(uuid.toString())) {
      throw failed(
          HypervisorError.NAME_TAKEN,
          "the machine " + name + " has the same UUID; leave it out and one is chosen");
    }
    if (macs.isEmpty()) {
      return;
    }
    for (XmlElement mac :
        DomainXml.all(DomainXml.parse(other.getXMLDesc(0)), "devices", "interface", "mac")) {
      String address = mac.attribute("", "address").orElse("").toLowerCase(Locale.ROOT);
      if (macs.contains(address)) {
        throw failed(
            HypervisorError.NAME_TAKEN,
            "the machine "
                + name
                + " has a network card of the same address "
                + address
                + "; leave it out and one is chosen");
      }
    }
  }

  private void networks() {
    Set<String> wanted = new HashSet<>();
    spec.nics().stream().map(NicSpec::network).filter(Objects::nonNull).forEach(wanted::add);
    List<String> there = hypervisor.resources().networks();
    for (String network : wanted) {
      if (!there.contains(network)) {
        throw failed(
            HypervisorError.NO_SUCH_PART,
            "there is no active network "
                + network
                + "; there are "
                + (there.isEmpty() ? "none" : String.join(", ", there)));
      }
    }
  }

  /**
   * Checks that the pool can hold all disks when they are full, although they start small.
   *
   * @throws HypervisorException {@code STORAGE_FULL}
   */
  void space(String pool) {
    if (pool.isEmpty()) {
      return;
    }
    long needed = 0;
    for (DiskSpec disk : spec.disks()) {
      needed =
          needed > Long.MAX_VALUE - disk.capacityBytes()
              ? Long.MAX_VALUE
              : needed + disk.capacityBytes();
    }
    Resources.Pool place =
        hypervisor.resources().pools().stream()
            .filter(each -> each.name().equals(pool))
            .findFirst()
            .orElseThrow(
                () ->
                    failed(
                        HypervisorError.NO_SUCH_PART, "there is no active storage pool " + pool));
    if (place.freeBytes() < needed) {
      throw failed(
          HypervisorError.STORAGE_FULL,
          "its disks take "
              + needed
              + " bytes, the pool "
              + pool
              + " has "
              + place.freeBytes()
              + "; make room, or name another pool with ?pool=");
    }
  }

  HypervisorException failed(HypervisorError code, String reason) {
    return new HypervisorException(
        code,
        LibvirtDriver.ID,
        "cannot import " + spec.name() + " to " + hypervisor.info().uri() + ": " + reason,
        spec.name());
  }
}
