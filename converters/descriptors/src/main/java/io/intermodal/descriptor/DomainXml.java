package io.intermodal.descriptor;

import io.intermodal.xml.XmlComment;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlLimits;
import io.intermodal.xml.XmlName;
import io.intermodal.xml.XmlNode;
import io.intermodal.xml.XmlReader;
import io.intermodal.xml.XmlText;
import io.intermodal.xml.XmlWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Handles trees of domain XML, whose elements are in no namespace. */
final class DomainXml {

  /** A domain of a hundred disks takes some 100 KiB. */
  static final int MAX_BYTES = 4 << 20;

  private static final XmlReader READER =
      XmlReader.with(new XmlLimits(MAX_BYTES, 64, 128, 50_000, 1 << 20));
  private static final int DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".length();

  private DomainXml() {}

  /** Reads a document within bounds, without white space between elements and without comments. */
  static XmlElement read(String source, byte[] document) {
    return stripped(READER.read(source, document).root());
  }

  private static XmlElement stripped(XmlElement element) {
    boolean holdsElements = !element.childElements().isEmpty();
    List<XmlNode> children =
        element.children().stream()
            .filter(child -> !(child instanceof XmlComment))
            .filter(child -> !(holdsElements && child instanceof XmlText t && t.value().isBlank()))
            .map(child -> child instanceof XmlElement inner ? stripped(inner) : child)
            .toList();
    return element.with(element.attributes(), children);
  }

  /** Writes an element as text that can be read alone. */
  static String text(XmlElement element) {
    String all =
        new String(XmlWriter.exact().toBytes(XmlDocument.of(element)), StandardCharsets.UTF_8);
    return all.substring(DECLARATION).strip();
  }

  /** Starts an element with attributes, given as names and values; a null value is left out. */
  static XmlElement.Builder start(String name, @Nullable String... attributes) {
    XmlElement.Builder builder = XmlElement.builder(XmlName.local(name));
    for (int i = 0; i + 1 < attributes.length; i += 2) {
      String attribute = attributes[i];
      String value = attributes[i + 1];
      if (attribute != null && value != null) {
        builder.attribute(XmlName.local(attribute), value);
      }
    }
    return builder;
  }

  /** Makes an element with attributes and no children. */
  static XmlElement of(String name, @Nullable String... attributes) {
    return start(name, attributes).build();
  }

  /** Makes an element that holds a text. */
  static XmlElement holding(String name, String text, @Nullable String... attributes) {
    return start(name, attributes).text(text).build();
  }

  static Optional<XmlElement> child(XmlElement element, String name) {
    return element.element("", name);
  }

  static List<XmlElement> children(XmlElement element, String name) {
    return element.elements().filter(child -> child.is("", name)).toList();
  }

  /** Returns an attribute that is there and not blank. */
  static @Nullable String attribute(@Nullable XmlElement element, String name) {
    return element == null
        ? null
        : element.attribute("", name).filter(value -> !value.isBlank()).orElse(null);
  }

  /** Returns an attribute of a child; null when either is missing. */
  static @Nullable String attribute(XmlElement element, String child, String name) {
    return attribute(child(element, child).orElse(null), name);
  }

  /** Returns the text of a child without blanks around it; null when it is missing or blank. */
  static @Nullable String text(XmlElement element, String child) {
    return child(element, child)
        .map(found -> found.text().strip())
        .filter(text -> !text.isEmpty())
        .orElse(null);
  }

  /** Returns the element without the children that fit. */
  static XmlElement without(XmlElement element, Predicate<XmlElement> unwanted) {
    return element.with(
        element.attributes(),
        element.children().stream()
            .filter(child -> !(child instanceof XmlElement inner && unwanted.test(inner)))
            .toList());
  }

  static XmlElement without(XmlElement element, Set<String> names) {
    return without(element, child -> isOneOf(child, names));
  }

  static boolean isOneOf(XmlElement element, Set<String> names) {
    return element.namespace().isEmpty() && names.contains(element.localName());
  }

  /** Returns the element without attributes of these names. */
  static XmlElement withoutAttributes(XmlElement element, Set<String> names) {
    return element.with(
        element.attributes().stream()
            .filter(a -> !(a.name().namespace().isEmpty() && names.contains(a.name().localName())))
            .toList(),
        element.children());
  }
}
