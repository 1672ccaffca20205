package io.intermodal.xml;

import java.util.Objects;

/**
 * Holds a comment.
 *
 * @param value what stands between the dashes
 */
public record XmlComment(String value) implements XmlNode {

  /** Validates the value. */
  public XmlComment {
    Objects.requireNonNull(value, "value");
  }

  /** Names the length only: a document may hold passwords. */
  @Override
  public String toString() {
    return "comment of " + value.length() + " characters";
  }
}
