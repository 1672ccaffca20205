package io.intermodal.ovf.environment;

import io.intermodal.ovf.internal.SecretNames;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlNode;
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
    return XmlDocument.of(redacted(document.root(), secretKeys, false));
  }

  /** Copies an element; all values are hidden within one that is a secret. */
  private static XmlElement redacted(XmlElement element, Set<String> secretKeys, boolean within) {
    XmlElement.Builder copy = XmlElement.builder(element.name());
    element.namespaces().forEach(n -> copy.namespace(n.prefix(), n.uri()));
    boolean keyed = keyed(element, secretKeys);
    boolean hidden = within || keyed || SecretNames.matches(element.localName());
    for (XmlAttribute attribute : element.attributes()) {
      String local = attribute.name().localName();
      boolean secret = within || (keyed && local.equals("value")) || SecretNames.matches(local);
      copy.attribute(attribute.name(), shown(attribute.value(), secret));
    }
    for (XmlNode child : element.children()) {
      if (child instanceof XmlElement inner) {
        copy.add(redacted(inner, secretKeys, hidden));
      } else if (child instanceof XmlText text && !text.value().isBlank()) {
        copy.text(shown(text.value(), hidden));
      }
    }
    return copy.build();
  }

  private static String shown(String value, boolean secret) {
    return secret && !value.isBlank() && !isSwitch(value.strip()) ? HIDDEN : value;
  }

  /** Tells whether a key or name beside the value says that this is a secret. */
  private static boolean keyed(XmlElement element, Set<String> secretKeys) {
    return element.attributes().stream()
        .filter(a -> a.name().localName().equals("key") || a.name().localName().equals("name"))
        .anyMatch(a -> secretKeys.contains(a.value()) || SecretNames.matches(a.value()));
  }

  /** Tells {@code DisableSshPasswordAuthentication} from a password. */
  private static boolean isSwitch(String value) {
    return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
  }
}
