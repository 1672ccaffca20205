package io.intermodal.xml;

import java.util.Objects;

/**
 * Holds a processing instruction; it is kept and never acted on.
 *
 * @param target the word after {@code <?}
 * @param data the rest; empty without any
 */
public record XmlInstruction(String target, String data) implements XmlNode {

  /** Validates the parts. */
  public XmlInstruction {
    Objects.requireNonNull(data, "data");
    if (target.isEmpty()) {
      throw new IllegalArgumentException("target must not be empty");
    }
  }
}
