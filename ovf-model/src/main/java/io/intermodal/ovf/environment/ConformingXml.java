package io.intermodal.ovf.environment;

import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import io.intermodal.xml.XmlNode;
import io.intermodal.xml.XmlReader;
import io.intermodal.xml.XmlText;
import io.intermodal.xml.XmlWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts a document into the form of DSP8027: elements of OVF in its namespace, attributes with a
 * prefix, children in order. Foreign elements stay as they are and go last, where the schema has a
 * place for them.
 */
final class ConformingXml {

  private static final List<String> ORDER =
      List.of(
          "PlatformSection",
          "PropertySection",
          "Entity",
          "Kind",
          "Version",
          "Vendor",
          "Locale",
          "Timezone",
          "Property");

  private final String prefix;

  private ConformingXml(String prefix) {
    this.prefix = prefix;
  }

  static XmlDocument of(XmlDocument document) {
    Set<String> taken = new HashSet<>();
    foreignPrefixes(document.root(), taken);
    String prefix = EnvironmentXml.PREFIX;
    for (int i = 1; taken.contains(prefix); i++) {
      prefix = EnvironmentXml.PREFIX + i;
    }
    XmlElement root = new ConformingXml(prefix).element(document.root(), true);
    XmlDocument ordered =
        new XmlDocument(document.prolog(), root, document.epilog(), "UTF-8", List.of());
    return XmlReader.standard().read("the environment", XmlWriter.indented().toBytes(ordered));
  }

  private static void foreignPrefixes(XmlElement element, Set<String> taken) {
    element.namespaces().stream()
        .filter(n -> !n.uri().equals(EnvironmentXml.NAMESPACE))
        .forEach(n -> taken.add(n.prefix()));
    element.elements().forEach(child -> foreignPrefixes(child, taken));
  }

  private XmlElement element(XmlElement element, boolean root) {
    XmlElement.Builder copy =
        XmlElement.builder(new XmlName(EnvironmentXml.NAMESPACE, element.localName(), prefix));
    if (root) {
      copy.namespace(prefix, EnvironmentXml.NAMESPACE);
    }
    element.namespaces().stream()
        .filter(n -> !n.prefix().equals(prefix))
        .forEach(n -> copy.namespace(n.prefix(), n.uri()));
    Set<String> named = new HashSet<>();
    for (XmlAttribute attribute : element.attributes()) {
      XmlName name = attribute.name();
      boolean ours = EnvironmentXml.isOvf(name.namespace());
      String read = ours ? EnvironmentXml.attribute(element, name.localName()) : null;
      // One with a prefix and one without would become one; that which is read stays.
      if (ours && (!attribute.value().equals(read) || !named.add(name.localName()))) {
        continue;
      }
      copy.attribute(
          ours ? new XmlName(EnvironmentXml.NAMESPACE, name.localName(), prefix) : name,
          attribute.value());
    }
    element.children().stream()
        .filter(n -> !(n instanceof XmlElement) && !(n instanceof XmlText t && t.value().isBlank()))
        .forEach(copy::add);
    element
        .elements()
        .filter(e -> ours(e))
        .sorted((a, b) -> Integer.compare(rank(a), rank(b)))
        .forEach(e -> copy.add(element(e, false)));
    element.elements().filter(e -> !ours(e)).forEach(e -> copy.add((XmlNode) e));
    return copy.build();
  }

  private static boolean ours(XmlElement element) {
    return EnvironmentXml.isOvf(element.namespace());
  }

  private static int rank(XmlElement element) {
    int rank = ORDER.indexOf(element.localName());
    // A section that is OVF's and not known stands with the other sections.
    return rank >= 0 ? rank : 1;
  }
}
