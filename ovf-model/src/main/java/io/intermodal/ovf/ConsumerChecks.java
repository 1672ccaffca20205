package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reports what one product would refuse in a descriptor, or read as something else. */
final class ConsumerChecks {

  private static final String MIB = "byte * 2^20";

  private final Envelope envelope;
  private final Dialect dialect;
  private final Consumer consumer;
  private final Findings findings;
  private final Set<String> told = new HashSet<>();

  private ConsumerChecks(Envelope envelope, Dialect dialect, Consumer consumer) {
    this.envelope = envelope;
    this.dialect = dialect;
    this.consumer = consumer;
    this.findings = new Findings(envelope.document().root());
  }

  static List<Finding> check(Envelope envelope, Dialect dialect, Consumer consumer) {
    ConsumerChecks checks = new ConsumerChecks(envelope, dialect, consumer);
    checks.run();
    return checks.findings.list();
  }

  private void run() {
    dialect();
    envelope.sections().forEach(this::required);
    storage();
    Envelope.all(envelope.contents())
        .forEach(
            content -> {
              content.sections().forEach(this::required);
              if (content instanceof Content.VirtualSystem system) {
                system
                    .sections(Section.VirtualHardware.class)
                    .forEach(hardware -> hardware(system, hardware));
              }
            });
    if (consumer == Consumer.VMWARE) {
      envelope.sections().stream()
          .filter(Section.Startup.class::isInstance)
          .forEach(
              s ->
                  findings.add(
                      FindingCode.TARGET_PLACE,
                      s.header().element(),
                      "VMware refuses a start order in the envelope"));
    }
  }

  /** Reports what the product reads only if it is its own, and namespaces that it does not know. */
  private void dialect() {
    boolean fit =
        switch (envelope.namespace()) {
          case Dialect.OVF1 -> true;
          case Dialect.OVF09, Dialect.DRAFT -> consumer == Consumer.VMWARE;
          case Dialect.OVF2 -> consumer == Consumer.VIRTUALBOX;
          case Dialect.OVIRT -> consumer == Consumer.OVIRT;
          default -> false;
        };
    if (!fit) {
      once(
          FindingCode.TARGET_DIALECT,
          envelope.document().root(),
          "is not known to read the namespace " + Texts.shorten(envelope.namespace()));
    }
  }

  private void required(Section section) {
    XmlElement at = section.header().element();
    if (section instanceof Section.Other && section.header().required()) {
      boolean foreign = !dialect.ovf(at.namespace());
      Consumer owner = Vendors.owner(section, dialect);
      if ((foreign || owner != null) && owner != consumer) {
        refuse(at, "the section " + section.name());
      }
    }
    children(at);
  }

  private void children(XmlElement parent) {
    if (!dialect.ovf(parent.namespace()) || dialect.ovirt()) {
      return;
    }
    parent
        .elements()
        .filter(e -> !dialect.ovf(e.namespace()) && !e.namespace().startsWith(Dialect.CIM))
        .filter(e -> !Texts.isFalse(dialect.filled(e, "required")))
        .filter(e -> Vendors.owner(e.namespace()) != consumer)
        .forEach(e -> refuse(e, "the element " + e.name().qualified()));
  }

  private void refuse(XmlElement at, String what) {
    findings.add(
        FindingCode.TARGET_REQUIRED,
        at,
        consumer.title() + " refuses " + Texts.shorten(what) + ", which must be understood");
  }

  private void storage() {
    for (FileReference file : envelope.files()) {
      boolean odd = file.gzip() || file.chunkSizeBytes() != null;
      if (odd && consumer != Consumer.VMWARE) {
        once(
            FindingCode.TARGET_STORAGE,
            file.element(),
            "is not known to read files that are compressed or cut into chunks");
      }
    }
    for (Disk disk : envelope.disks()) {
      String format = disk.format() == null ? "" : disk.format().toLowerCase(Locale.ROOT);
      boolean vmdk = format.contains("vmdk");
      boolean vhd = format.contains("vhd") || format.contains("linkid=137171");
      boolean fit =
          switch (consumer) {
            case VMWARE -> vmdk;
            case VIRTUALBOX, XENSERVER -> vmdk || vhd;
            case OVIRT -> !vhd;
          };
      // A format that is not stated has a finding of its own, whoever reads it.
      if (!fit && !format.isEmpty() && disk.fileRef() != null) {
        once(
            FindingCode.TARGET_FORMAT,
            disk.element(),
            "is not known to read the format " + Texts.shorten(String.valueOf(disk.format())));
      }
    }
  }

  private void hardware(Content.VirtualSystem system, Section.VirtualHardware hardware) {
    family(hardware);
    hardware.items().forEach(this::item);
    if (consumer == Consumer.XENSERVER) {
      firmware(system, hardware);
      addresses(hardware.items());
    }
  }

  private void family(Section.VirtualHardware hardware) {
    List<String> families = hardware.virtualSystemTypes();
    boolean vmx = families.stream().anyMatch(f -> f.toLowerCase(Locale.ROOT).matches("vmx-[0-9]+"));
    if (consumer == Consumer.VMWARE && !families.isEmpty() && !vmx) {
      findings.add(
          FindingCode.TARGET_FAMILY,
          hardware.header().element(),
          "VMware has no hardware of the family "
              + Texts.shorten(String.join(" ", families))
              + "; it needs vmx- and a number");
    }
  }

  private void item(Item item) {
    XmlElement at = item.element();
    children(at);
    if (consumer == Consumer.VMWARE && item.kind() != Item.Kind.ITEM) {
      findings.add(
          FindingCode.TARGET_ITEM, at, "VMware refuses " + at.localName() + ", an item of OVF 2");
    }
    if (consumer == Consumer.OVIRT && item.isType(4) && !MIB.equals(memoryUnit(item))) {
      once(
          FindingCode.TARGET_MISREAD,
          at,
          "was reported to take every quantity of memory for MiB, whatever the unit");
    }
    boolean counted = item.isType(3) || item.isType(4);
    if (consumer == Consumer.XENSERVER
        && counted
        && Dialect.cim(at, "Limit").findFirst().isEmpty()) {
      once(FindingCode.TARGET_MISREAD, at, "was reported to fail where an item has no Limit");
    }
  }

  private static String memoryUnit(Item item) {
    String units = item.allocationUnits();
    return units == null
        ? ""
        : ProgrammaticUnit.parse(units)
            .filter(u -> u.toString().equals("byte * 1048576"))
            .map(u -> MIB)
            .orElse(units);
  }

  /** Xen Orchestra was reported to take disks of two controllers with equal units for one. */
  private void addresses(List<Item> items) {
    Map<String, String> controllers = new HashMap<>();
    for (Item item : items) {
      String unit = item.addressOnParent();
      if (item.isType(17) && unit != null && item.parent() != null) {
        String other = controllers.putIfAbsent(unit, item.parent());
        if (other != null && !other.equals(item.parent())) {
          once(
              FindingCode.TARGET_MISREAD,
              item.element(),
              "was reported to mix up disks of equal AddressOnParent on two controllers");
        }
      }
    }
  }

  private void firmware(Content.VirtualSystem system, Section.VirtualHardware hardware) {
    if (FirmwarePlaces.find(system, hardware, null) == Firmware.EFI) {
      once(FindingCode.TARGET_MISREAD, system.element(), "was reported to lose the firmware EFI");
    }
  }

  /** Says each thing once: what holds for one item holds for all. */
  private void once(FindingCode code, XmlElement at, String what) {
    if (told.add(code + what)) {
      findings.add(code, at, consumer.title() + " " + what);
    }
  }
}
