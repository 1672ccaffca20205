package io.intermodal.xml;

import java.util.Objects;

/**
 * Holds one attribute.
 *
 * @param value the value after normalisation
 */
public record XmlAttribute(XmlName name, String value) {

  /** Validates the parts. */
  public XmlAttribute {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }

  /** Names the attribute without its value: a document may hold passwords. */
  @Override
  public String toString() {
    return "@" + name.qualified();
  }
}
