package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reports what is wrong with systems, collections and the sections in them. */
final class ContentChecks {

  private static final Set<String> OF_ENVELOPE =
      Set.of("DiskSection", "SharedDiskSection", "NetworkSection", "DeploymentOptionSection");
  private static final Set<String> OF_SYSTEM =
      Set.of("VirtualHardwareSection", "OperatingSystemSection", "InstallSection");
  private static final Set<String> OF_COLLECTION = Set.of("ResourceAllocationSection");
  private static final Set<String> OF_VERSION_2 =
      Set.of(
          "SharedDiskSection",
          "ScaleOutSection",
          "PlacementGroupSection",
          "PlacementSection",
          "BootDeviceSection",
          "EnvironmentFilesSection",
          "EncryptionSection");

  private final Envelope envelope;
  private final Dialect dialect;
  private final Findings findings;
  private final HardwareChecks hardware;
  private final ProductChecks products;
  private final CollectionChecks collections;
  private final ElementChecks elements;
  private final SectionChecks details;
  private final DiskUse diskUse;
  private final Set<String> ids = new HashSet<>();
  private final Set<String> mixed = new HashSet<>();

  ContentChecks(Envelope envelope, Dialect dialect, Findings findings) {
    this.envelope = envelope;
    this.dialect = dialect;
    this.findings = findings;
    this.hardware = new HardwareChecks(envelope, dialect, findings);
    this.products = new ProductChecks(envelope, dialect, findings);
    this.collections = new CollectionChecks(dialect, findings);
    this.elements = new ElementChecks(dialect, findings);
    this.details = new SectionChecks(envelope, dialect, findings);
    this.diskUse = new DiskUse(envelope, findings);
  }

  void run() {
    sections(envelope.sections(), "envelope");
    ProductChecks.Scope scope = products.check(envelope.sections(), null);
    collections.envelope(envelope);
    envelope.contents().forEach(content -> content(content, scope));
    diskUse.report();
  }

  private void content(Content content, ProductChecks.Scope outer) {
    XmlElement at = content.element();
    if (content.id() == null) {
      findings.add(FindingCode.ID_MISSING, at, "the system has no id");
    } else if (!ids.add(content.id())) {
      findings.add(
          FindingCode.SYSTEM_ID_DUPLICATE,
          at,
          "two systems have the id " + Texts.shorten(content.id()));
    }
    if (dialect.child(at, "Info").isEmpty() && !dialect.ovirt()) {
      findings.add(FindingCode.INFO_MISSING, at, "the system has no Info");
    }
    boolean system = content instanceof Content.VirtualSystem;
    sections(content.sections(), system ? "virtual system" : "collection");
    ProductChecks.Scope scope = products.check(content.sections(), outer);
    content.sections(Section.ResourceAllocation.class).forEach(hardware::allocation);
    if (content instanceof Content.VirtualSystem machine) {
      hardware.check(machine);
      diskUse.count(machine);
    } else if (content instanceof Content.VirtualSystemCollection group) {
      collections.check(group);
      group.members().forEach(member -> content(member, scope));
    }
  }

  private void sections(List<Section> sections, String place) {
    Set<String> single = new HashSet<>();
    for (Section section : sections) {
      XmlElement element = section.header().element();
      String name = section.name();
      if (section.header().info() == null
          && element.elements().noneMatch(e -> e.localName().equals("Info"))) {
        findings.add(FindingCode.INFO_MISSING, element, "the " + name + " has no Info");
      }
      boolean defined = dialect.ovf(element.namespace());
      if (!Extension.understood(section)) {
        unknown(section);
      }
      if (misplaced(name, place, defined)) {
        findings.add(
            FindingCode.SECTION_MISPLACED,
            element,
            "the " + name + " does not belong in the " + place);
      }
      boolean once = OF_ENVELOPE.contains(name) || name.equals("OperatingSystemSection");
      if (once && !single.add(name)) {
        findings.add(
            FindingCode.SECTION_DUPLICATE, element, "a second " + name + " in the " + place);
      }
      versionMixed(section);
      elements.check(section);
      details.check(section);
    }
  }

  private void unknown(Section section) {
    boolean required = section.header().required();
    XmlElement at = section.header().element();
    String name = Texts.shorten(section.name());
    if (!required) {
      findings.add(
          FindingCode.SECTION_UNKNOWN,
          at,
          "the section " + name + " is not understood; it may be ignored");
    } else if (Vendors.known(section, dialect)) {
      findings.add(
          FindingCode.SECTION_VENDOR_REQUIRED,
          at,
          "the section " + name + " must be understood, and only its vendor's products do");
    } else {
      findings.add(
          FindingCode.SECTION_REQUIRED_UNKNOWN,
          at,
          "the section " + name + " must be understood to deploy this, and is not");
    }
  }

  /** Each kind of thing is told of once: who writes one of them writes many. */
  private void versionMixed(Section section) {
    if (!envelope.namespace().equals(Dialect.OVF1)) {
      return;
    }
    XmlElement at = section.header().element();
    if (OF_VERSION_2.contains(section.name()) && dialect.ovf(at.namespace())) {
      mixed(section.name(), at);
    }
    at.elements()
        .filter(e -> dialect.is(e, "StorageItem") || dialect.is(e, "EthernetPortItem"))
        .forEach(e -> mixed(e.localName(), e));
  }

  private void mixed(String name, XmlElement at) {
    if (mixed.add(name)) {
      findings.add(FindingCode.VERSION_MIXED, at, name + " is of OVF 2, and the envelope of 1");
    }
  }

  private static boolean misplaced(String name, String place, boolean defined) {
    if (!defined) {
      return false;
    }
    return switch (place) {
      case "envelope" ->
          OF_SYSTEM.contains(name)
              || OF_COLLECTION.contains(name)
              || name.equals("AnnotationSection");
      case "virtual system" -> OF_ENVELOPE.contains(name) || OF_COLLECTION.contains(name);
      default -> OF_ENVELOPE.contains(name) || OF_SYSTEM.contains(name);
    };
  }

  /** Counts who uses which disk. */
  private static final class DiskUse {

    private final Envelope envelope;
    private final Findings findings;
    private final Set<String> used = new HashSet<>();
    private final Set<String> taken = new HashSet<>();

    DiskUse(Envelope envelope, Findings findings) {
      this.envelope = envelope;
      this.findings = findings;
    }

    /** Alternatives of hardware are for one machine, so only the first section takes disks. */
    void count(Content.VirtualSystem system) {
      boolean first = true;
      for (Section.VirtualHardware section :
          system.sections(Section.VirtualHardware.class).toList()) {
        for (Item item : section.items()) {
          count(item, first);
        }
        first = false;
      }
    }

    private void count(Item item, boolean counts) {
      Disk disk = HostResources.disk(item, envelope);
      if (disk == null || disk.id() == null) {
        return;
      }
      used.add(disk.id());
      if (!counts || disk.shared() || item.bound() != Item.Bound.NORMAL) {
        return;
      }
      List<String> levels = item.configurations().isEmpty() ? List.of("") : item.configurations();
      for (String level : levels) {
        if (!taken.add(disk.id() + "\n" + level)) {
          findings.add(
              FindingCode.DISK_ATTACHED_TWICE,
              item.element(),
              "another device has the disk " + Texts.shorten(disk.id()));
          return;
        }
      }
    }

    void report() {
      for (Disk disk : envelope.disks()) {
        if (disk.parentRef() != null) {
          used.add(disk.parentRef());
        }
      }
      for (Disk disk : envelope.disks()) {
        if (disk.id() != null && !used.contains(disk.id())) {
          findings.add(
              FindingCode.DISK_UNUSED,
              disk.element(),
              "no device has the disk " + Texts.shorten(disk.id()));
        }
      }
    }
  }
}
