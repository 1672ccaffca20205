package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads one section into its record. */
final class SectionParser {

  private final Dialect dialect;
  private final Findings findings;
  private final ItemParser items;
  private final Ovf2Sections newer;

  SectionParser(Dialect dialect, Findings findings) {
    this.dialect = dialect;
    this.findings = findings;
    this.items = new ItemParser(dialect, findings);
    this.newer = new Ovf2Sections(dialect, findings);
  }

  Section parse(XmlElement element) {
    String name = dialect.sectionName(element);
    String required = dialect.filled(element, "required");
    Section.Header header =
        new Section.Header(name, !Texts.isFalse(required), dialect.text(element, "Info"), element);
    if (!dialect.ovf(element.namespace())) {
      return VendorSections.parse(header, dialect, findings);
    }
    return switch (name) {
      case "DiskSection", "SharedDiskSection" -> disks(header, name.startsWith("Shared"));
      case "NetworkSection" -> networks(header);
      case "DeploymentOptionSection" -> options(header);
      case "OperatingSystemSection" -> new Section.OperatingSystem(header, guestOs(element));
      case "VirtualHardwareSection" -> hardware(header);
      case "ResourceAllocationSection" ->
          new Section.ResourceAllocation(header, items.items(element));
      case "ProductSection" -> product(header);
      case "EulaSection" -> new Section.Eula(header, dialect.text(element, "License"));
      case "AnnotationSection" ->
          new Section.Annotation(header, dialect.text(element, "Annotation"));
      case "StartupSection" -> startup(header);
      case "InstallSection" ->
          new Section.Install(
              header, number(element, "initialBootStopDelay", "the delay of the first boot"));
      default -> newer.parse(header);
    };
  }

  private Section disks(Section.Header header, boolean shared) {
    List<Disk> disks = new ArrayList<>();
    header
        .element()
        .elements()
        .filter(e -> dialect.is(e, "Disk") || dialect.is(e, "SharedDisk"))
        .forEach(e -> disks.add(disk(e, shared)));
    return new Section.Disks(header, disks);
  }

  private Disk disk(XmlElement e, boolean shared) {
    String capacity = dialect.filled(e, "capacity");
    String units = dialect.filled(e, "capacityAllocationUnits");
    // oVirt states the size of the disk in GiB where everybody else states a capacity.
    String gib = dialect.ovirt() && capacity == null ? dialect.filled(e, "size") : null;
    return new Disk(
        dialect.filled(e, "diskId"),
        dialect.filled(e, "fileRef"),
        gib != null ? gib : capacity,
        gib != null ? "byte * 2^30" : units,
        null,
        dialect.filled(e, "format"),
        dialect.filled(e, "parentRef"),
        Numbers.size(dialect.filled(e, "populatedSize"), "the populated size", e, findings),
        shared,
        Texts.isTrue(dialect.filled(e, "readOnly")),
        e);
  }

  private Section networks(Section.Header header) {
    List<Network> networks = new ArrayList<>();
    dialect
        .children(header.element(), "Network")
        .forEach(
            e -> {
              String name = dialect.filled(e, "name");
              if (name == null) {
                findings.add(FindingCode.ID_MISSING, e, "a network has no name");
              } else {
                networks.add(new Network(name, dialect.text(e, "Description"), profiles(e)));
              }
            });
    return new Section.Networks(header, networks);
  }

  private List<NetworkPortProfile> profiles(XmlElement network) {
    List<NetworkPortProfile> profiles = new ArrayList<>();
    for (XmlElement e : network.elements().toList()) {
      if (dialect.is(e, "NetworkPortProfile")) {
        profiles.add(new NetworkPortProfile(null, items.portItems(e), e));
      } else if (dialect.is(e, "NetworkPortProfileURI")) {
        profiles.add(new NetworkPortProfile(Dialect.blankToNull(e.text()), List.of(), e));
      }
    }
    return profiles;
  }

  private Section options(Section.Header header) {
    List<DeploymentOption> options = new ArrayList<>();
    dialect
        .children(header.element(), "Configuration")
        .forEach(
            e -> {
              String id = dialect.filled(e, "id");
              if (id == null) {
                findings.add(FindingCode.ID_MISSING, e, "a deployment option has no id");
              } else {
                options.add(
                    new DeploymentOption(
                        id,
                        Texts.isTrue(dialect.filled(e, "default")),
                        dialect.text(e, "Label"),
                        dialect.text(e, "Description")));
              }
            });
    return new Section.DeploymentOptions(header, options);
  }

  private GuestOs guestOs(XmlElement e) {
    String vendor = e.attribute(Dialect.VMW, "osType").map(Dialect::blankToNull).orElse(null);
    if (vendor == null) {
      vendor =
          e.element(Dialect.VBOX, "OSType").map(t -> Dialect.blankToNull(t.text())).orElse(null);
    }
    return new GuestOs(
        dialect.filled(e, "id"),
        dialect.filled(e, "version"),
        dialect.text(e, "Description"),
        vendor);
  }

  private Section hardware(Section.Header header) {
    XmlElement e = header.element();
    XmlElement system = dialect.child(e, "System").orElse(null);
    return new Section.VirtualHardware(
        header,
        system == null ? List.of() : Texts.words(Dialect.cimText(system, "VirtualSystemType")),
        system == null ? null : Dialect.cimText(system, "VirtualSystemIdentifier"),
        Texts.words(dialect.filled(e, "transport")),
        items.items(e));
  }

  private Section product(Section.Header header) {
    XmlElement e = header.element();
    String productClass = dialect.filled(e, "class");
    String instance = dialect.filled(e, "instance");
    List<ProductProperty> properties = new ArrayList<>();
    String category = null;
    for (XmlElement child : e.elements().toList()) {
      if (dialect.is(child, "Category")) {
        category = Dialect.blankToNull(child.text());
      } else if (dialect.is(child, "Property")) {
        ProductProperty property = property(child, productClass, instance, category);
        if (property != null) {
          properties.add(property);
        }
      }
    }
    return new Section.Product(
        header,
        productClass,
        instance,
        dialect.text(e, "Product"),
        dialect.text(e, "Vendor"),
        dialect.text(e, "Version"),
        fullVersion(e),
        dialect.text(e, "ProductUrl"),
        dialect.text(e, "VendorUrl"),
        dialect.text(e, "AppUrl"),
        dialect.children(e, "Icon").map(this::icon).toList(),
        properties);
  }

  private Icon icon(XmlElement e) {
    return new Icon(
        dialect.filled(e, "fileRef"),
        dialect.filled(e, "mimeType"),
        number(e, "width", "the width of the icon"),
        number(e, "height", "the height of the icon"));
  }

  private @Nullable String fullVersion(XmlElement e) {
    String version = dialect.text(e, "FullVersion");
    return version != null ? version : dialect.text(e, "Full-version");
  }

  private @Nullable ProductProperty property(
      XmlElement e,
      @Nullable String productClass,
      @Nullable String instance,
      @Nullable String category) {
    String key = dialect.filled(e, "key");
    if (key == null) {
      findings.add(FindingCode.PROPERTY_KEY_MISSING, e, "a property has no key");
      return null;
    }
    Map<String, String> values = new LinkedHashMap<>();
    String common = dialect.attribute(e, "value");
    for (XmlElement v : dialect.children(e, "Value").toList()) {
      String value = Objects.requireNonNullElse(dialect.attribute(v, "value"), "");
      String options = dialect.filled(v, "configuration");
      for (String id : Texts.words(options)) {
        values.putIfAbsent(id, value);
      }
      // The schema lets a Value be for no option; VMware's tools fill an empty default so.
      if (options == null && (common == null || common.isEmpty())) {
        common = value;
      }
    }
    String typeText = dialect.filled(e, "type");
    PropertyType type = typeText == null ? null : PropertyType.parse(typeText);
    // isPassword is written by appliances of VMware's.
    boolean password =
        Texts.isTrue(dialect.filled(e, "password"))
            || Texts.isTrue(dialect.filled(e, "isPassword"))
            || Secrets.holds(key, type);
    return new ProductProperty(
        key,
        (productClass == null ? "" : productClass + ".")
            + key
            + (instance == null ? "" : "." + instance),
        type,
        qualifiers(dialect.filled(e, "qualifiers"))
            .and(qualifiers(e.attribute(Dialect.VMW, "qualifiers").orElse(null))),
        common,
        values,
        Texts.words(dialect.filled(e, "configuration")),
        Texts.isTrue(dialect.filled(e, "userConfigurable")),
        password,
        dialect.text(e, "Label"),
        dialect.text(e, "Description"),
        category);
  }

  private static PropertyQualifiers qualifiers(@Nullable String text) {
    return text == null ? PropertyQualifiers.none() : PropertyQualifiers.parse(text);
  }

  private Section startup(Section.Header header) {
    List<StartupItem> list = new ArrayList<>();
    dialect
        .children(header.element(), "Item")
        .forEach(
            e -> {
              String id = dialect.filled(e, "id");
              if (id == null) {
                findings.add(FindingCode.ID_MISSING, e, "an item of the start order has no id");
                return;
              }
              list.add(
                  new StartupItem(
                      id,
                      number(e, "order", "the order"),
                      number(e, "startDelay", "the delay"),
                      Texts.isTrue(dialect.filled(e, "waitingForGuest")),
                      number(e, "stopDelay", "the delay"),
                      dialect.filled(e, "startAction"),
                      dialect.filled(e, "stopAction")));
            });
    return new Section.Startup(header, list);
  }

  private @Nullable Integer number(XmlElement e, String attribute, String what) {
    return Numbers.small(dialect.attribute(e, attribute), what, e, findings);
  }
}
