package io.intermodal.driver.libvirt;

import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Asks small questions of libvirt's documents; whole definitions are read elsewhere. */
final class DomainXml {

  private DomainXml() {}

  static XmlElement parse(String xml) {
    return XmlReader.standard()
        .read("libvirt's definition", xml.getBytes(StandardCharsets.UTF_8))
        .root();
  }

  /** Returns the elements at a path below an element, without the element's own name. */
  static List<XmlElement> all(XmlElement from, String... path) {
    List<XmlElement> found = List.of(from);
    for (String step : path) {
      found =
          found.stream().flatMap(XmlElement::elements).filter(child -> child.is("", step)).toList();
    }
    return found;
  }

  static Optional<XmlElement> first(XmlElement from, String... path) {
    return all(from, path).stream().findFirst();
  }

  static Optional<String> attribute(XmlElement from, String name, String... path) {
    return first(from, path).flatMap(found -> found.attribute("", name));
  }

  static Optional<String> text(XmlElement from, String... path) {
    return first(from, path).map(found -> found.text().strip());
  }

  /** Escapes a text for an attribute in single quotes or for content. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '\'' -> escaped.append("&apos;");
                case '"' -> escaped.append("&quot;");
                default -> {
                  if (c < ' ') {
                    throw new IllegalArgumentException(
                        "a control character cannot stand in a definition: " + c);
                  }
                  escaped.appendCodePoint(c);
                }
              }
            });
    return escaped.toString();
  }
}
