package io.intermodal.driver.libvirt;

import io.intermodal.convert.Conversion;
import io.intermodal.descriptor.DomainDisk;
import io.intermodal.descriptor.LibvirtDomain;
import io.intermodal.descriptor.LibvirtFormat;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/** Reads a domain's document, and asks the host for the sizes of disks, which it does not say. */
final class DomainDefinition {

  private DomainDefinition() {}

  static LibvirtDomain read(DomainAccess domain) {
    return convert(domain).result();
  }

  static Conversion<LibvirtDomain> convert(DomainAccess domain) {
    byte[] xml = domain.storedXml().getBytes(StandardCharsets.UTF_8);
    return new LibvirtFormat()
        .readDomain(xml, "the definition of " + domain.name(), disk -> capacity(domain, disk));
  }

  /** Reads where all its disks are, also those whose size nobody knows. */
  static List<DomainDisk> readAll(DomainAccess domain) {
    byte[] xml = domain.storedXml().getBytes(StandardCharsets.UTF_8);
    return new LibvirtFormat()
        .readDomain(xml, "the definition of " + domain.name(), disk -> OptionalLong.of(1))
        .result()
        .disks();
  }

  /** Empty where the host cannot say: a network disk, or a file that is not there. */
  private static OptionalLong capacity(DomainAccess domain, DomainDisk disk) {
    try {
      long bytes =
          domain.ask(
              "ask for the size of a disk of",
              handle -> handle.domain().blockInfo(disk.target()).getCapacity());
      return bytes > 0 ? OptionalLong.of(bytes) : fromVolume(domain, disk);
    } catch (HypervisorException e) {
      if (e.code() == HypervisorError.CONNECTION_FAILED
          || e.code() == HypervisorError.MACHINE_NOT_FOUND) {
        throw e;
      }
      return fromVolume(domain, disk);
    }
  }

  private static OptionalLong fromVolume(DomainAccess domain, DomainDisk disk) {
    return new DiskVolumes(domain.session())
        .find(disk)
        .map(DiskVolumes.Found::capacityBytes)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }
}
