package io.intermodal.xml;

import java.util.Objects;

/**
 * Binds a prefix on an element.
 *
 * @param prefix empty for the default namespace
 * @param uri empty where a default namespace is taken back
 */
public record XmlNamespace(String prefix, String uri) {

  /** Validates the parts. */
  public XmlNamespace {
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(uri, "uri");
  }
}
