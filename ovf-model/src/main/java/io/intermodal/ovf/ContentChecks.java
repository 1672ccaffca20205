package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reports what is wrong with systems, collections and their sections. */
final class ContentChecks {

  private static final Set<String> OF_ENVELOPE =
      Set.of("DiskSection", "SharedDiskSection", "NetworkSection", "DeploymentOptionSection");
  private static final Set<String> OF_SYSTEM =
      Set.of("VirtualHardwareSection", "OperatingSystemSection", "InstallSection");
  private static final Set<String> OF_COLLECTION = Set.of("ResourceAllocationSection");
  private static final Set<String> TYPES =
      Set.of(
          "uint8",
          "uint16",
          "uint32",
          "uint64",
          "sint8",
          "sint16",
          "sint32",
          "sint64",
          "string",
          "boolean",
          "real32",
          "real64",
          "int",
          "real",
          "ip",
          "password",
          "expression");

  private final Envelope envelope;
  private final Dialect dialect;
  private final Findings findings;
  private final HardwareChecks hardware;
  private final Set<String> options;

  ContentChecks(Envelope envelope, Dialect dialect, Findings findings) {
    this.envelope = envelope;
    this.dialect = dialect;
    this.findings = findings;
    this.options =
        envelope.deploymentOptions().stream().map(DeploymentOption::id).collect(Collectors.toSet());
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
    products(content);
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
      if (!Extension.understood(section)) {
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

  private void products(Content content) {
    Set<String> products = new HashSet<>();
    Set<String> keys = new HashSet<>();
    content
        .sections(Section.Product.class)
        .forEach(
            product -> {
              XmlElement at = product.header().element();
              if (!products.add(product.productClass() + "\n" + product.instance())) {
                findings.add(
                    FindingCode.PRODUCT_DUPLICATE,
                    at,
                    "two product sections have the same class and instance");
              }
              List<XmlElement> elements =
                  dialect
                      .children(at, "Property")
                      .filter(p -> dialect.filled(p, "key") != null)
                      .toList();
              List<ProductProperty> properties = product.properties();
              for (int i = 0; i < properties.size(); i++) {
                property(properties.get(i), elements.get(i), keys);
              }
            });
  }

  private void property(ProductProperty property, XmlElement at, Set<String> keys) {
    if (!keys.add(property.fullKey())) {
      findings.add(
          FindingCode.PROPERTY_KEY_DUPLICATE,
          at,
          "two properties have the key " + Texts.shorten(property.fullKey()));
    }
    String type = property.type();
    if (type == null) {
      findings.add(
          FindingCode.PROPERTY_TYPE,
          at,
          "the property " + Texts.shorten(property.key()) + " has no type");
    } else {
      String base = type.split("[:(\\[]", 2)[0].strip().toLowerCase(Locale.ROOT);
      if (!TYPES.contains(base)) {
        findings.add(
            FindingCode.PROPERTY_TYPE,
            at,
            "the property "
                + Texts.shorten(property.key())
                + " has a type that is not known: "
                + Texts.shorten(type));
      }
    }
    List<String> used = new ArrayList<>(property.configurationValues().keySet());
    String own = dialect.filled(at, "configuration");
    Stream.concat(used.stream(), Texts.words(own).stream())
        .filter(id -> !options.contains(id))
        .sorted()
        .forEach(
            id ->
                findings.add(
                    FindingCode.CONFIGURATION_UNKNOWN,
                    at,
                    "there is no deployment option " + Texts.shorten(id)));
  }
}
