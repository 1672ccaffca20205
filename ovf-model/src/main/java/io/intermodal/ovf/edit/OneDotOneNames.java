package io.intermodal.ovf.edit;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import io.intermodal.xml.XmlNamespace;

/** Names things as 1.1 does, with the prefixes that the document has. */
final class OneDotOneNames {

  /** What VirtualBox adds to the namespaces of CIM. */
  private static final String XSD = ".xsd";

  private final XmlElement root;
  private final Dialect dialect;
  private final String prefix;

  OneDotOneNames(XmlElement root, Dialect dialect) {
    this.root = root;
    this.dialect = dialect;
    // One of the document's own dialect goes before those of others that it declares.
    prefix =
        root.namespaces().stream()
            .filter(n -> n.uri().equals(root.namespace()) || n.uri().equals(Dialect.OVF1))
            .map(XmlNamespace::prefix)
            .filter(p -> !p.isEmpty())
            .findFirst()
            .orElseGet(() -> unused("ovf"));
  }

  /** Returns the prefix for OVF's names. */
  String prefix() {
    return prefix;
  }

  /** Returns a prefix that was for a namespace or what 1.1 has it for, else the usual one. */
  String prefixOf(String namespace, String usual) {
    return root.namespaces().stream()
        .filter(n -> uri(n.uri()).equals(namespace) && !n.prefix().isEmpty())
        .map(XmlNamespace::prefix)
        .findFirst()
        .orElseGet(() -> unused(usual));
  }

  private String unused(String usual) {
    boolean taken = root.namespaces().stream().anyMatch(n -> n.prefix().equals(usual));
    return taken ? usual + "1" : usual;
  }

  /** Names an element that was there; what had no namespace gets the prefix for OVF. */
  XmlName kept(XmlName old, String name) {
    return new XmlName(Dialect.OVF1, name, old.namespace().isEmpty() ? prefix : old.prefix());
  }

  /** Names a new element of OVF's as the root is named. */
  XmlName made(String name) {
    return kept(root.name(), name);
  }

  /** Returns the URI that 1.1 has in place of one of another dialect. */
  String uri(String uri) {
    if (!uri.isEmpty() && dialect.ovf(uri)) {
      return Dialect.OVF1;
    }
    return uri.startsWith(Dialect.CIM) && uri.endsWith(XSD)
        ? uri.substring(0, uri.length() - XSD.length())
        : uri;
  }

  /** Names a vendor's element in the namespace that 1.1 has it in. */
  XmlName moved(XmlName name) {
    String uri = uri(name.namespace());
    return uri.equals(name.namespace()) ? name : new XmlName(uri, name.localName(), name.prefix());
  }
}
