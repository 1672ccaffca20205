package io.intermodal.driver.libvirt;

import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import io.intermodal.xml.XmlNode;
import io.intermodal.xml.XmlText;
import io.intermodal.xml.XmlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Changes single elements of a domain's document and leaves all others as they are. */
final class DomainEdit {

  private final DomainAccess domain;

  DomainEdit(DomainAccess domain) {
    this.domain = domain;
  }

  /** Stores another definition of the same domain. */
  void redefine(XmlElement definition) {
    String xml = text(definition);
    domain.change("redefine", handle -> handle.connect().domainDefineXML(xml).free());
  }

  /** Returns a definition with that many processors at most, and without a stated topology. */
  static XmlElement withoutTopology(XmlElement definition, int count) {
    List<XmlNode> children = new ArrayList<>();
    for (XmlNode child : definition.children()) {
      if (child instanceof XmlElement element && element.is("", "vcpu")) {
        children.add(
            element.with(
                without(element, "current"), List.of(new XmlText(Integer.toString(count)))));
      } else if (child instanceof XmlElement element && element.is("", "cpu")) {
        children.add(without(element, inner -> inner.is("", "topology")));
      } else {
        children.add(child);
      }
    }
    return definition.with(definition.attributes(), children);
  }

  /** Returns an element without some of its child elements. */
  static XmlElement without(XmlElement element, Predicate<XmlElement> unwanted) {
    List<XmlNode> children =
        element.children().stream()
            .filter(child -> !(child instanceof XmlElement inner && unwanted.test(inner)))
            .toList();
    return element.with(element.attributes(), children);
  }

  /** Returns an element with one more child at its end. */
  static XmlElement with(XmlElement element, XmlElement more) {
    List<XmlNode> children = new ArrayList<>(element.children());
    children.add(more);
    return element.with(element.attributes(), children);
  }

  static XmlElement element(String name, String... attributes) {
    XmlElement.Builder builder = XmlElement.builder(XmlName.local(name));
    for (int i = 0; i < attributes.length; i += 2) {
      builder.attribute(XmlName.local(attributes[i]), attributes[i + 1]);
    }
    return builder.build();
  }

  static String text(XmlElement element) {
    return new String(XmlWriter.exact().toBytes(XmlDocument.of(element)), StandardCharsets.UTF_8);
  }

  private static List<XmlAttribute> without(XmlElement element, String attribute) {
    return element.attributes().stream().filter(one -> !one.name().is("", attribute)).toList();
  }
}
