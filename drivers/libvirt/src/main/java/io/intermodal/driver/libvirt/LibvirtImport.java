package io.intermodal.driver.libvirt;

import io.intermodal.convert.Conversion;
import io.intermodal.descriptor.DomainKind;
import io.intermodal.descriptor.DomainTarget;
import io.intermodal.descriptor.LibvirtFormat;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Makes a domain: its volumes first, one for each disk, then the definition. Until that stands,
 * others see volumes only. Thread-safe.
 */
final class LibvirtImport implements MachineImport {

  private final LibvirtHypervisor hypervisor;
  private final Session session;
  private final DiskVolumes volumes;
  private final ImportChecks checks;
  private final MachineSpec spec;
  private final DomainKind kind;
  private final String pool;
  private final Map<String, Made> made = new HashMap<>();
  private final Set<VolumeWriter> writers = new HashSet<>();
  private boolean ended;

  /** A volume that this import made. */
  private record Made(DiskVolumes.Found volume, String format, VolumeWriter writer) {}

  private LibvirtImport(
      LibvirtHypervisor hypervisor, MachineSpec spec, ImportChecks checks, String pool) {
    this.hypervisor = hypervisor;
    this.session = hypervisor.session();
    this.volumes = new DiskVolumes(session);
    this.checks = checks;
    this.spec = spec;
    this.kind = GuestKinds.choose(session.uri(), spec);
    this.pool = pool;
  }

  /**
   * Begins an import, with nothing made yet.
   *
   * @throws HypervisorException {@code NAME_TAKEN}, {@code LIMIT_EXCEEDED}, {@code NO_SUCH_PART} or
   *     {@code STORAGE_FULL}
   */
  static LibvirtImport begin(LibvirtHypervisor hypervisor, MachineSpec spec) {
    // An identity of our own: with one that libvirt chooses, a definition could replace another.
    MachineSpec identified =
        spec.uuid() == null ? spec.toBuilder().uuid(UUID.randomUUID().toString()).build() : spec;
    hypervisor.leftovers().removeIf(new DiskVolumes(hypervisor.session())::deleteQuietly);
    ImportChecks checks = new ImportChecks(hypervisor, identified);
    checks.machine();
    String pool =
        spec.disks().isEmpty()
            ? ""
            : new DiskVolumes(hypervisor.session()).poolForNewDisks(spec.name());
    checks.space(pool);
    return new LibvirtImport(hypervisor, identified, checks, pool);
  }

  @Override
  public synchronized SeekableByteChannel openDisk(String key, String format) {
    requireGoingOn();
    requireDisk(key);
    if (!hypervisor.capabilities().importFormats().contains(format)) {
      throw checks.failed(
          HypervisorError.UNSUPPORTED_OPERATION,
          "its disk "
              + key
              + " cannot be stored as "
              + format
              + ": "
              + hypervisor.info().product()
              + " takes "
              + String.join(", ", hypervisor.capabilities().importFormats()));
    }
    Made before = made.get(key);
    if (before != null) {
      if (before.writer().isOpen()) {
        throw new IllegalStateException("the disk " + key + " is open for writing already");
      }
      made.remove(key);
      volumes.delete(before.volume());
    }
    // Without a length and without a format's own structures, so that what is not written is zeros;
    // libvirt looks at the content when all is there.
    DiskVolumes.Found volume = volumes.create(pool, freeName(key, format), "raw", 0);
    VolumeWriter writer = new VolumeWriter(session, volume.path());
    made.put(key, new Made(volume, format, writer));
    writers.add(writer);
    return writer;
  }

  private String freeName(String key, String format) {
    String wanted = VolumeNames.of(spec.name(), key, format);
    String name = wanted;
    for (int number = 2; volumes.exists(pool, name); number++) {
      name = VolumeNames.numbered(wanted, number);
    }
    return name;
  }

  @Override
  public synchronized SeekableByteChannel reopenDisk(String key) {
    requireGoingOn();
    requireDisk(key);
    Made there = made.get(key);
    if (there == null) {
      throw new IllegalStateException("the disk " + key + " was not written");
    }
    there.writer().close();
    return new VolumeReader(session, there.volume().path(), there.writer().written());
  }

  @Override
  public synchronized Machine commit() {
    requireGoingOn();
    writers.forEach(VolumeWriter::close);
    DomainTarget target = DomainTarget.of(kind);
    for (DiskSpec disk : spec.disks()) {
      Made there = made.get(disk.key());
      if (there == null) {
        there = blank(disk);
      } else {
        enlarge(disk, there);
      }
      target =
          target.withDisk(
              disk.key(), DomainTarget.Place.file(there.volume().path(), there.format()));
    }
    // Somebody may have taken the name since; a definition of the same identity replaces.
    checks.machine();
    Conversion<byte[]> xml = new LibvirtFormat().writeDomain(spec, target);
    String id = define(new String(xml.result(), StandardCharsets.UTF_8));
    ended = true;
    return new LibvirtMachine(hypervisor, id, spec.name());
  }

  private String define(String xml) {
    try {
      return session.change(
          "make the machine " + spec.name(),
          spec.name(),
          connect -> {
            org.libvirt.Domain domain = connect.domainDefineXML(xml);
            try {
              return domain.getUUIDString();
            } finally {
              domain.free();
            }
          });
    } catch (HypervisorException e) {
      if (e.code() == HypervisorError.OPERATION_FAILED) {
        // libvirt has no code for a name that was taken in between: the machines there are tell.
        checks.machine();
      }
      throw e;
    }
  }

  private Made blank(DiskSpec disk) {
    String format = hypervisor.capabilities().importFormats().get(0);
    DiskVolumes.Found volume =
        volumes.create(pool, freeName(disk.key(), format), format, disk.capacityBytes());
    VolumeWriter nobody = new VolumeWriter(session, volume.path());
    nobody.close();
    Made there = new Made(volume, format, nobody);
    made.put(disk.key(), there);
    return there;
  }

  /** A raw disk that was written shorter than the definition says gets zeros at its end. */
  private void enlarge(DiskSpec disk, Made there) {
    if (there.format().equals("raw") && there.writer().written() < disk.capacityBytes()) {
      volumes.resize(there.volume(), disk.capacityBytes());
    }
  }

  @Override
  public synchronized void close() {
    if (ended) {
      return;
    }
    ended = true;
    writers.forEach(VolumeWriter::abandon);
    made.values().stream()
        .map(Made::volume)
        .filter(volume -> !volumes.deleteQuietly(volume))
        .forEach(hypervisor.leftovers()::add);
  }

  private void requireGoingOn() {
    if (ended) {
      throw new IllegalStateException("the import of " + spec.name() + " has ended");
    }
  }

  private void requireDisk(String key) {
    if (spec.disk(key).isEmpty()) {
      throw checks.failed(HypervisorError.NO_SUCH_PART, "its definition has no disk " + key);
    }
  }
}
