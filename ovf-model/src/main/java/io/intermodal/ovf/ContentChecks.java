package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reports what is wrong with systems, collections and their sections. */
final class ContentChecks {

  private static final Set<String> OF_ENVELOPE =
      Set.of("DiskSection", "SharedDiskSection", "NetworkSection", "DeploymentOptionSection");
  private static final Set<String> OF_SYSTEM =
      Set.of("VirtualHardwareSection", "OperatingSystemSection", "InstallSection");
  private static final Set<String> OF_COLLECTION = Set.of("ResourceAllocationSection");
  private static final Set<String> OTHERS =
      Set.of(
          "ProductSection",
          "EulaSection",
          "AnnotationSection",
          "StartupSection",
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
  private final PropertyChecks properties;

  ContentChecks(Envelope envelope, Dialect dialect, Findings findings) {
    this.envelope = envelope;
    this.dialect = dialect;
    this.findings = findings;
    this.properties = new PropertyChecks(envelope, dialect, findings);
    this.hardware = new HardwareChecks(envelope, dialect, findings);
  }

  void run() {
    sections(envelope.sections(), "envelope");
    Set<String> ids = new HashSet<>();
    Envelope.all(envelope.contents()).forEach(c -> content(c, ids));
    envelope
        .everywhere(Section.Networks.class)
        .filter(n -> n.networks().isEmpty())
        .forEach(
            n ->
                findings.add(
                    FindingCode.NETWORKS_EMPTY,
                    n.header().element(),
                    "the section lists no network"));
  }

  private void content(Content content, Set<String> ids) {
    XmlElement at = content.element();
    if (content.id() == null) {
      findings.add(FindingCode.ID_MISSING, at, "the system has no id");
    } else if (!ids.add(content.id())) {
      findings.add(
          FindingCode.ID_DUPLICATE, at, "two systems have the id " + Texts.shorten(content.id()));
    }
    if (dialect.child(at, "Info").isEmpty() && !dialect.ovirt()) {
      findings.add(FindingCode.INFO_MISSING, at, "the system has no Info");
    }
    boolean system = content instanceof Content.VirtualSystem;
    sections(content.sections(), system ? "virtual system" : "collection");
    properties.check(content);
    content
        .sections(Section.OperatingSystem.class)
        .filter(s -> Texts.number(s.guestOs().id()) == null)
        .forEach(
            s ->
                findings.add(
                    FindingCode.OS_ID_INVALID,
                    s.header().element(),
                    "the id of the operating system is absent or not a number"));
    if (content instanceof Content.VirtualSystem machine) {
      hardware.check(machine);
    }
  }

  private void sections(List<Section> sections, String place) {
    Set<String> single = new HashSet<>();
    for (Section section : sections) {
      XmlElement element = section.header().element();
      String name = section.name();
      if (section.header().info() == null && dialect.child(element, "Info").isEmpty()) {
        boolean bare = element.elements().noneMatch(e -> e.localName().equals("Info"));
        if (bare) {
          findings.add(FindingCode.INFO_MISSING, element, "the " + name + " has no Info");
        }
      }
      if (section instanceof Section.Other && !OTHERS.contains(name)) {
        unknown(section);
      }
      if (misplaced(name, place, section)) {
        findings.add(
            FindingCode.SECTION_MISPLACED,
            element,
            "a " + name + " does not belong in the " + place);
      }
      boolean once = OF_ENVELOPE.contains(name) || name.equals("OperatingSystemSection");
      if (once && !single.add(name)) {
        findings.add(
            FindingCode.SECTION_DUPLICATE, element, "a second " + name + " in the " + place);
      }
    }
  }

  private void unknown(Section section) {
    boolean required = section.header().required();
    findings.add(
        required ? FindingCode.SECTION_REQUIRED_UNKNOWN : FindingCode.SECTION_UNKNOWN,
        section.header().element(),
        "the section "
            + Texts.shorten(section.name())
            + (required
                ? " must be understood to deploy this, and is not; mark it ovf:required=\"false\""
                : " is not understood; it may be ignored"));
  }

  private static boolean misplaced(String name, String place, Section section) {
    if (section instanceof Section.Other) {
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
}
