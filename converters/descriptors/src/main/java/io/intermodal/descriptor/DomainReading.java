package io.intermodal.descriptor;

import io.intermodal.convert.Conversion;
import io.intermodal.convert.Loss;
import io.intermodal.convert.Loss.Severity;
import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.xml.XmlElement;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the neutral machine of a libvirt domain. What it does not interpret stays as extras; what
 * it cannot carry over is a loss. Used once.
 */
final class DomainReading {

  private static final String LIBOSINFO = "http://libosinfo.org/xmlns/libvirt/domain/1.0";

  /** Read apart, or true of one run only. */
  private static final Set<String> INTERPRETED =
      Set.of("name", "uuid", "memory", "currentMemory", "vcpu", "os", "cpu", "metadata", "devices");

  private final String source;
  private final XmlElement domain;
  private final DiskCapacities capacities;
  private final List<Loss> losses = new ArrayList<>();
  private final DomainExtras extras = new DomainExtras(losses);

  private DomainReading(String source, XmlElement domain, DiskCapacities capacities) {
    this.source = source;
    this.domain = domain;
    this.capacities = capacities;
  }

  static Conversion<LibvirtDomain> read(String source, byte[] document, DiskCapacities capacities) {
    XmlElement root = DomainXml.read(source, document);
    if (!root.is("", "domain")) {
      throw LibvirtFormat.unreadable(
          source, root, "a <domain> is expected, <" + root.name().qualified() + "> is there");
    }
    DomainReading reading = new DomainReading(source, root, capacities);
    LibvirtDomain result = reading.domain();
    return new Conversion<>(result, reading.losses);
  }

  private LibvirtDomain domain() {
    XmlElement os =
        DomainXml.child(domain, "os")
            .orElseThrow(() -> LibvirtFormat.unreadable(source, domain, "it has no <os>"));
    DomainKind kind = kind(os);
    extras.keep(DomainExtras.KIND, kind.id());
    String name = DomainXml.child(domain, "name").map(XmlElement::text).orElse("");
    if (name.isBlank()) {
      throw LibvirtFormat.unreadable(source, domain, "it has no <name>");
    }
    DomainFirmware firmware = DomainFirmware.of(kind, os);
    DomainNotes notes = notes();
    DomainDevices devices =
        new DomainDevices(kind, notes, capacities, losses, extras)
            .read(DomainXml.child(domain, "devices").orElse(DomainXml.of("devices")));
    MachineSpec.Builder spec =
        MachineSpec.named(name)
            .uuid(DomainXml.text(domain, "uuid"))
            .cpu(cpu())
            .memoryBytes(memoryBytes())
            .firmware(firmware.firmware())
            .secureBoot(firmware.secureBoot())
            .guestOs(guestOs(notes))
            .disks(devices.diskSpecs())
            .nics(devices.nicSpecs())
            .drives(devices.driveSpecs())
            .bootOrder(devices.bootOrder(DomainXml.children(os, "boot"), notes.bootStated()));
    keepOs(os);
    keepOthers();
    spec.extras(extras.all());
    notes.extras().forEach(spec::addExtra);
    return new LibvirtDomain(
        kind,
        spec.build(),
        devices.disks(),
        devices.drives(),
        devices.nics(),
        devices.consoles(),
        devices.guestAgent());
  }

  private DomainKind kind(XmlElement os) {
    String type = String.valueOf(DomainXml.attribute(domain, "type"));
    String guest = String.valueOf(DomainXml.text(os, "type"));
    String machine = String.valueOf(DomainXml.attribute(os, "type", "machine"));
    return switch (type) {
      case "qemu" -> DomainKind.QEMU;
      case "kvm" -> DomainKind.KVM;
      case "test" -> DomainKind.TEST;
      case "xen" ->
          switch (guest) {
            case "xenpvh" -> DomainKind.XEN_PVH;
            case "hvm" -> DomainKind.XEN_HVM;
            case "linux", "xen" ->
                machine.equals("xenpvh") ? DomainKind.XEN_PVH : DomainKind.XEN_PV;
            default ->
                throw LibvirtFormat.unreadable(
                    source, os, "Xen has no guests of the type \"" + guest + "\"");
          };
      default ->
          throw LibvirtFormat.unreadable(
              source,
              domain,
              "domains of the type \""
                  + type
                  + "\" are not known; those of qemu, kvm, xen and test are");
    };
  }

  private DomainNotes notes() {
    boolean there =
        DomainXml.child(domain, "metadata").stream()
            .flatMap(XmlElement::elements)
            .anyMatch(DomainNotes::isNotes);
    DomainNotes empty = new DomainNotes(true, Map.of(), Map.of(), List.of(), null, List.of());
    return DomainNotes.of(domain)
        .orElseGet(
            () -> {
              if (there) {
                lose(
                    "libvirt.notes.unreadable",
                    Severity.WARNING,
                    "metadata",
                    "another program changed our notes about the machine; keys of devices and the"
                        + " name of its operating system are not known");
              }
              return empty;
            });
  }

  /** Counts the processors that are plugged in; how many there is room for is an extra. */
  private @Nullable CpuSpec cpu() {
    XmlElement cpu = DomainXml.child(domain, "cpu").orElse(null);
    if (cpu != null) {
      extras.keep("cpu", cpu);
    }
    XmlElement vcpu = DomainXml.child(domain, "vcpu").orElse(null);
    if (vcpu == null) {
      return CpuSpec.of(1);
    }
    OptionalInt maximum = DomainNumbers.count(vcpu.text());
    String currentText = DomainXml.attribute(vcpu, "current");
    OptionalInt current = currentText == null ? maximum : DomainNumbers.count(currentText);
    if (maximum.isEmpty() || current.isEmpty() || current.getAsInt() > maximum.getAsInt()) {
      throw LibvirtFormat.unreadable(source, vcpu, "the number of processors makes no sense");
    }
    int count = current.getAsInt();
    boolean bare =
        DomainXml.withoutAttributes(vcpu, Set.of("placement", "current")).attributes().isEmpty();
    if (count != maximum.getAsInt() || !bare) {
      extras.keep("vcpu", vcpu);
    }
    return new CpuSpec(count, cpu == null ? null : coresPerSocket(cpu, count));
  }

  private @Nullable Integer coresPerSocket(XmlElement cpu, int count) {
    XmlElement topology = DomainXml.child(cpu, "topology").orElse(null);
    if (topology == null) {
      return null;
    }
    OptionalInt cores = DomainTopology.coresPerSocket(topology);
    if (cores.isEmpty() || count % cores.getAsInt() != 0) {
      lose(
          "libvirt.cpu.topology",
          Severity.INFO,
          "cpu.coresPerSocket",
          "the cores of a socket do not divide the processors that are plugged in");
      return null;
    }
    return cores.getAsInt();
  }

  /** Takes what the guest has now, below the most it may be given. */
  private @Nullable Long memoryBytes() {
    XmlElement memory = DomainXml.child(domain, "memory").orElse(null);
    XmlElement current = DomainXml.child(domain, "currentMemory").orElse(memory);
    if (memory == null || current == null) {
      return null;
    }
    OptionalLong maximum = DomainNumbers.bytes(memory);
    OptionalLong bytes = DomainNumbers.bytes(current);
    if (maximum.isEmpty() || bytes.isEmpty()) {
      throw LibvirtFormat.unreadable(
          source, memory, "the memory is not a number of bytes from 1 to 2^63 - 1");
    }
    // libvirt itself takes the smaller one.
    long now = Math.min(bytes.getAsLong(), maximum.getAsLong());
    boolean bare = DomainXml.withoutAttributes(memory, Set.of("unit")).attributes().isEmpty();
    if (now != maximum.getAsLong() || !bare) {
      extras.keep("memory", memory);
    }
    return now;
  }

  private @Nullable GuestOs guestOs(DomainNotes notes) {
    if (notes.guestOs() != null) {
      return notes.guestOs();
    }
    return DomainXml.child(domain, "metadata")
        .flatMap(metadata -> metadata.element(LIBOSINFO, "libosinfo"))
        .flatMap(info -> info.element(LIBOSINFO, "os"))
        .flatMap(os -> os.attribute("", "id"))
        .map(DomainReading::osName)
        .map(name -> new GuestOs(null, null, name, null))
        .orElse(null);
  }

  /** Takes {@code debian/12} of {@code http://debian.org/debian/12}. */
  private static @Nullable String osName(String id) {
    try {
      String path = new URI(id).getPath();
      return path == null || path.length() < 2 ? null : path.substring(1);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private void keepOs(XmlElement os) {
    extras.keep("os", os);
  }

  private void keepOthers() {
    Map<String, Integer> seen = new HashMap<>();
    for (XmlElement child : domain.childElements()) {
      if (!DomainXml.isOneOf(child, INTERPRETED)) {
        String name = child.name().qualified();
        int number = seen.merge(name, 1, Integer::sum);
        extras.keep(number == 1 ? name : name + "#" + number, child);
      }
    }
    DomainXml.child(domain, "metadata").stream()
        .flatMap(XmlElement::elements)
        .filter(element -> !DomainNotes.isNotes(element))
        .forEach(element -> extras.keep("metadata/" + element.name().qualified(), element));
  }

  private void lose(String rule, Severity severity, String path, String reason) {
    losses.add(new Loss(rule, severity, path, null, reason, null));
  }
}
