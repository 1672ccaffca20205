package io.intermodal.xml;

import java.util.Objects;

/**
 * Names an element or an attribute.
 *
 * @param namespace the namespace URI; empty for a name in no namespace
 * @param localName the name without its prefix
 * @param prefix the prefix as written; empty without one. It has no meaning: compare with {@link
 *     #is}
 */
public record XmlName(String namespace, String localName, String prefix) {

  /** Validates the parts. */
  public XmlName {
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(prefix, "prefix");
    if (localName.isEmpty()) {
      throw new IllegalArgumentException("localName must not be empty");
    }
  }

  /** Creates a name in no namespace. */
  public static XmlName local(String localName) {
    return new XmlName("", localName, "");
  }

  /** Tells whether namespace and local name are these; the prefix does not matter. */
  public boolean is(String otherNamespace, String otherLocalName) {
    return localName.equals(otherLocalName) && namespace.equals(otherNamespace);
  }

  /** Returns the name as written, with its prefix. */
  public String qualified() {
    return prefix.isEmpty() ? localName : prefix + ":" + localName;
  }
}
