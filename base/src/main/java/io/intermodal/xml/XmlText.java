package io.intermodal.xml;

import java.util.Objects;

/**
 * Holds a run of character data; CDATA and character references are resolved into it.
 *
 * @param value the characters, line ends as {@code \n}
 */
public record XmlText(String value) implements XmlNode {

  /** Validates the value. */
  public XmlText {
    Objects.requireNonNull(value, "value");
  }

  /** Names the length only: a document may hold passwords. */
  @Override
  public String toString() {
    return "text of " + value.length() + " characters";
  }
}
