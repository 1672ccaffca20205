package io.intermodal.driver.libvirt;

import io.intermodal.descriptor.DomainDisk;
import io.intermodal.descriptor.LibvirtDomain;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import io.intermodal.xml.XmlElement;
import java.nio.channels.SeekableByteChannel;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.libvirt.StorageVol;

/**
 * Reads the volumes of a stopped domain as they are stored: qcow2 or raw. libvirt has no lock that
 * keeps others from starting the machine meanwhile, so each time that a disk is opened its state is
 * looked at again. Thread-safe.
 */
final class LibvirtExport implements MachineExport {

  private static final Set<String> FORMATS = Set.of("raw", "qcow2");

  private final DomainAccess domain;
  private final MachineSpec spec;
  private final Map<String, Stored> stored;

  /** A disk as it lies on the host. */
  private record Stored(String path, String format, long bytes) {}

  private LibvirtExport(DomainAccess domain, MachineSpec spec, Map<String, Stored> stored) {
    this.domain = domain;
    this.spec = spec;
    this.stored = stored;
  }

  /**
   * Looks at the machine and at all its disks.
   *
   * @throws HypervisorException {@code ILLEGAL_STATE} unless it is stopped; {@code NO_SUCH_PART} or
   *     {@code UNSUPPORTED_OPERATION} when a disk is not one that libvirt can give
   */
  static LibvirtExport begin(DomainAccess domain) {
    requireStopped(domain);
    LibvirtDomain definition = DomainDefinition.read(domain);
    List<DomainDisk> all = DomainDefinition.readAll(domain);
    Map<String, Stored> stored = new LinkedHashMap<>();
    for (DomainDisk disk : all) {
      stored.put(disk.key(), look(domain, disk));
    }
    return new LibvirtExport(domain, definition.spec(), stored);
  }

  private static void requireStopped(DomainAccess domain) {
    domain.require(Operation.EXPORT, EnumSet.of(MachineState.STOPPED));
  }

  private static Stored look(DomainAccess domain, DomainDisk disk) {
    DiskVolumes.Found found =
        new DiskVolumes(domain.session())
            .find(disk)
            .orElseThrow(
                () ->
                    domain.failed(
                        HypervisorError.NO_SUCH_PART,
                        Operation.EXPORT.displayName(),
                        "its disk "
                            + disk.key()
                            + (disk.path() == null ? "" : " at " + disk.path())
                            + " is in no active storage pool; define one for its folder"));
    XmlElement volume = describe(domain, found.path());
    String format =
        disk.format() != null
            ? disk.format()
            : DomainXml.first(volume, "target", "format")
                .flatMap(element -> element.attribute("", "type"))
                .orElse("raw");
    if (!FORMATS.contains(format)) {
      throw refused(domain, disk, "it is stored as " + format + ", only raw and qcow2 are read");
    }
    if (format.equals("qcow2") && DomainXml.first(volume, "backingStore", "path").isPresent()) {
      throw refused(
          domain,
          disk,
          "it holds only the difference to another image; join them first, with qemu-img convert"
              + " or virsh blockpull");
    }
    long bytes =
        DomainXml.text(volume, "physical").map(Long::parseLong).orElse(found.capacityBytes());
    return new Stored(found.path(), format, bytes);
  }

  private static HypervisorException refused(DomainAccess domain, DomainDisk disk, String reason) {
    return domain.failed(
        HypervisorError.UNSUPPORTED_OPERATION,
        Operation.EXPORT.displayName(),
        "its disk " + disk.key() + ": " + reason);
  }

  private static XmlElement describe(DomainAccess domain, String path) {
    return domain
        .session()
        .ask(
            "describe the volume " + path,
            domain.name(),
            connect -> {
              StorageVol volume = connect.storageVolLookupByPath(path);
              try {
                return DomainXml.parse(volume.getXMLDesc(0));
              } finally {
                volume.free();
              }
            });
  }

  @Override
  public MachineSpec spec() {
    return spec;
  }

  @Override
  public List<ExportedDisk> disks() {
    return spec.disks().stream().map(this::exported).toList();
  }

  private ExportedDisk exported(DiskSpec disk) {
    Stored there = stored(disk.key());
    return new ExportedDisk(disk.key(), there.format(), there.bytes());
  }

  private Stored stored(String key) {
    Stored there = stored.get(key);
    if (there == null || spec.disk(key).isEmpty()) {
      throw domain.failed(
          HypervisorError.NO_SUCH_PART,
          Operation.EXPORT.displayName(),
          "it has no disk "
              + key
              + "; it has "
              + String.join(", ", spec.disks().stream().map(DiskSpec::key).toList()));
    }
    return there;
  }

  @Override
  public SeekableByteChannel openDisk(String key) {
    Stored there = stored(key);
    requireStopped(domain);
    return new VolumeReader(domain.session(), there.path(), there.bytes());
  }

  @Override
  public void close() {
    // Nothing is held: the channels are their openers'.
  }
}
