package io.intermodal.descriptor;

import io.intermodal.BuildVersion;
import io.intermodal.IntermodalException;
import io.intermodal.convert.Conversion;
import io.intermodal.convert.ConvertError;
import io.intermodal.convert.spi.DescriptorFormat;
import io.intermodal.hypervisor.Extra;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.xml.XmlElement;

/**
 * Reads and writes the domain XML of libvirt for QEMU, KVM, Xen and libvirt's test driver.
 * Stateless and thread-safe.
 *
 * <p>A domain does not say how large its disks are and has no keys for devices. Domains that this
 * class wrote carry both in {@code <metadata>}; for others {@link #readDomain} asks. What the
 * neutral machine has no place for travels as extras under the namespace {@value #ID}: each is an
 * element of the domain as text.
 */
public final class LibvirtFormat implements DescriptorFormat {

  /** Id of the format, and namespace of its extras. */
  public static final String ID = "libvirt-xml";

  /**
   * Namespace of the one element in a domain's {@code <metadata>} that keeps what libvirt has no
   * word for: keys of devices, sizes of disks, the operating system.
   */
  public static final String NOTES_NAMESPACE = "urn:intermodal:machine:1";

  /** Makes the plugin; called by {@code ServiceLoader}. */
  public LibvirtFormat() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String description() {
    return "libvirt domain XML for QEMU, KVM and Xen";
  }

  @Override
  public String version() {
    return BuildVersion.of(LibvirtFormat.class);
  }

  @Override
  public Conversion<MachineSpec> read(byte[] descriptor, String source) {
    Conversion<LibvirtDomain> domain = readDomain(descriptor, source, DiskCapacities.unknown());
    return new Conversion<>(domain.result().spec(), domain.losses());
  }

  /**
   * Writes a machine for the kind of domain it was read from, with all its extras, and for {@link
   * DomainKind#QEMU} when it comes from elsewhere.
   */
  @Override
  public Conversion<byte[]> write(MachineSpec machine) {
    DomainKind kind =
        machine.extras().stream()
            .filter(extra -> extra.namespace().equals(ID))
            .filter(extra -> extra.name().equals(DomainExtras.KIND))
            .map(Extra::value)
            .flatMap(id -> DomainKind.ofId(id).stream())
            .findFirst()
            .orElse(DomainKind.QEMU);
    return writeDomain(machine, DomainTarget.of(kind).keepingAll());
  }

  /**
   * Reads a domain with what a driver needs beside the machine.
   *
   * @param descriptor the document
   * @param source name of the document for messages
   * @param capacities asked for the size of each disk; where it knows none, the size that was noted
   *     in the domain counts, and a disk without either is a loss
   * @throws IntermodalException {@code UNREADABLE_DESCRIPTOR} when it is no such domain; the errors
   *     of {@link io.intermodal.xml.XmlReader} when it is no XML
   */
  public Conversion<LibvirtDomain> readDomain(
      byte[] descriptor, String source, DiskCapacities capacities) {
    return DomainReading.read(source, descriptor, capacities);
  }

  /**
   * Writes a machine as a domain; the same machine and target give the same bytes.
   *
   * @param machine the machine
   * @param target who will run it, and where its disks are
   */
  public Conversion<byte[]> writeDomain(MachineSpec machine, DomainTarget target) {
    return DomainWriting.write(machine, target);
  }

  static IntermodalException unreadable(String source, XmlElement at, String reason) {
    String place = source + ":" + at.line() + ":" + at.column();
    return new IntermodalException(
        ConvertError.UNREADABLE_DESCRIPTOR,
        "cannot read " + place + " as a libvirt domain: " + reason,
        place,
        null);
  }
}
