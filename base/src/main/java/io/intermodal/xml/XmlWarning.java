package io.intermodal.xml;

import java.util.Objects;

/**
 * Says what a reader set right to read a document at all.
 *
 * @param kind what it was, fit for programs
 * @param message what it was and what was done, for people
 */
public record XmlWarning(Kind kind, String message) {

  /** Names what can be set right. */
  public enum Kind {
    /** The declared encoding is not the one of the bytes; the bytes won. */
    ENCODING_LIE,
    /** The declared encoding is unknown; UTF-8 was tried. */
    ENCODING_UNKNOWN,
    /** White space stands before the XML declaration, which is not well-formed. */
    LEADING_WHITE_SPACE,
    /** The declaration names a version other than 1.0; the document was read as 1.0. */
    VERSION
  }

  /** Validates the parts. */
  public XmlWarning {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(message, "message");
  }
}
