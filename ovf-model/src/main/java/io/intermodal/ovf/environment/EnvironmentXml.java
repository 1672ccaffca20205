package io.intermodal.ovf.environment;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import io.intermodal.xml.XmlReader;
import io.intermodal.xml.XmlWriter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Knows the elements of environment documents (DSP8027). */
final class EnvironmentXml {

  static final String NAMESPACE = "http://schemas.dmtf.org/ovf/environment/1";
  static final String PREFIX = "oe";

  /** Drafts and 2.x differ in what follows. */
  private static final String FAMILY = "http://schemas.dmtf.org/ovf/environment";

  private EnvironmentXml() {}

  static boolean isOvf(String namespace) {
    return namespace.isEmpty() || namespace.startsWith(FAMILY);
  }

  static boolean is(XmlElement element, String localName) {
    return element.localName().equals(localName) && isOvf(element.namespace());
  }

  static Stream<XmlElement> children(XmlElement of, String localName) {
    return of.elements().filter(e -> is(e, localName));
  }

  /** Returns an attribute, the qualified one before one without prefix; null when absent. */
  static @Nullable String attribute(XmlElement of, String localName) {
    String plain = null;
    for (XmlAttribute attribute : of.attributes()) {
      if (attribute.name().localName().equals(localName)) {
        if (attribute.name().namespace().isEmpty()) {
          plain = attribute.value();
        } else if (isOvf(attribute.name().namespace())) {
          return attribute.value();
        }
      }
    }
    return plain;
  }

  static OvfEnvironment.Platform platform(XmlElement section) {
    String zone = text(section, "Timezone");
    return new OvfEnvironment.Platform(
        text(section, "Kind"),
        text(section, "Version"),
        text(section, "Vendor"),
        text(section, "Locale"),
        zone != null && zone.matches("[+-]?[0-9]{1,4}") ? Integer.valueOf(zone) : null);
  }

  private static @Nullable String text(XmlElement of, String localName) {
    return children(of, localName)
        .findFirst()
        .map(e -> e.text().strip())
        .filter(text -> !text.isEmpty())
        .orElse(null);
  }

  static XmlDocument build(
      String id,
      OvfEnvironment.@Nullable Platform platform,
      List<OvfEnvironment.Property> properties,
      List<OvfEnvironment.Entity> entities) {
    XmlElement.Builder root =
        element("Environment")
            .namespace("", NAMESPACE)
            .namespace(PREFIX, NAMESPACE)
            .attribute(attributeName("id"), held("the id of the machine", id));
    if (platform != null) {
      XmlElement.Builder section = element("PlatformSection");
      add(section, "Kind", platform.kind());
      add(section, "Version", platform.version());
      add(section, "Vendor", platform.vendor());
      add(section, "Locale", platform.locale());
      Integer zone = platform.timezoneMinutes();
      add(section, "Timezone", zone == null ? null : zone.toString());
      root.add(section.build());
    }
    root.add(section(properties));
    for (OvfEnvironment.Entity entity : entities) {
      root.add(
          element("Entity")
              .attribute(attributeName("id"), held("the id of an entity", entity.id()))
              .add(section(entity.properties()))
              .build());
    }
    // Read back, so that the tree has the white space that it is written with.
    byte[] bytes = XmlWriter.indented().toBytes(XmlDocument.of(root.build()));
    return XmlReader.standard().read("the environment", bytes);
  }

  private static XmlElement section(List<OvfEnvironment.Property> properties) {
    XmlElement.Builder section = element("PropertySection");
    for (OvfEnvironment.Property property : properties) {
      String name = "the property " + Texts.shorten(property.key());
      section.add(
          element("Property")
              .attribute(attributeName("key"), held("the key of a property", property.key()))
              .attribute(attributeName("value"), held(name, property.value()))
              .build());
    }
    return section.build();
  }

  private static void add(XmlElement.Builder to, String localName, @Nullable String text) {
    if (text != null) {
      to.add(element(localName).text(held("the platform's " + localName, text)).build());
    }
  }

  private static XmlElement.Builder element(String localName) {
    return XmlElement.builder(new XmlName(NAMESPACE, localName, ""));
  }

  private static XmlName attributeName(String localName) {
    return new XmlName(NAMESPACE, localName, PREFIX);
  }

  /** Refuses what has no form in XML, before a writer does in words that name no property. */
  private static String held(String what, String text) {
    boolean good =
        text.codePoints()
            .allMatch(
                c ->
                    c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || (c >= ' ' && c <= 0xD7FF)
                        || (c >= 0xE000 && c <= 0xFFFD)
                        || c >= 0x10000);
    if (!good) {
      throw new IntermodalException(
          OvfError.ENVIRONMENT_VALUE,
          "cannot write "
              + what.replaceAll("\\p{Cntrl}", "?")
              + ": it has a control character or another one that XML cannot hold; encode it, for"
              + " example in base64");
    }
    return text;
  }
}
