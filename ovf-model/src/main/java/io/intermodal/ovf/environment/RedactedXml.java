package io.intermodal.ovf.environment;

import io.intermodal.ovf.internal.SecretNames;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlText;
import java.util.Set;

/**
 * Takes secrets out of a document: values of elements, attributes and keys whose names say so, in
 * foreign sections too. Azure's hold the password of the machine's user.
 */
final class RedactedXml {

  private static final String HIDDEN = "***";

  private RedactedXml() {}

  static XmlDocument of(XmlDocument document, Set<String> secretKeys) {
    return XmlDocument.of(redacted(document.root(), secretKeys));
  }

  private static XmlElement redacted(XmlElement element, Set<String> secretKeys) {
    XmlElement.Builder copy = XmlElement.builder(element.name());
    element.namespaces().forEach(n -> copy.namespace(n.prefix(), n.uri()));
    boolean named = keyed(element, secretKeys);
    for (XmlAttribute attribute : element.attributes()) {
      String local = attribute.name().localName();
      boolean hidden =
          (named && local.equals("value"))
              || (SecretNames.matches(local) && !isSwitch(attribute.value()));
      copy.attribute(attribute.name(), hidden ? HIDDEN : attribute.value());
    }
    boolean texts = element.elements().findAny().isPresent();
    boolean hidden = named || (SecretNames.matches(element.localName()) && !isSwitch(element));
    if (hidden && !texts) {
      return element.text().isBlank() ? copy.build() : copy.text(HIDDEN).build();
    }
    element
        .children()
        .forEach(
            child -> {
              if (child instanceof XmlElement inner) {
                copy.add(redacted(inner, secretKeys));
              } else if (child instanceof XmlText text && !text.value().isBlank()) {
                copy.text(hidden ? HIDDEN : text.value());
              }
            });
    return copy.build();
  }

  /** Tells whether a key or name beside the value says that this is a secret. */
  private static boolean keyed(XmlElement element, Set<String> secretKeys) {
    return element.attributes().stream()
        .filter(a -> a.name().localName().equals("key") || a.name().localName().equals("name"))
        .anyMatch(a -> secretKeys.contains(a.value()) || SecretNames.matches(a.value()));
  }

  private static boolean isSwitch(XmlElement element) {
    return element.elements().findAny().isEmpty() && isSwitch(element.text().strip());
  }

  /** Tells {@code DisableSshPasswordAuthentication} from a password. */
  private static boolean isSwitch(String value) {
    return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
  }
}
