package io.intermodal.ovf.fuzz;

/**
 * Is a document to be broken.
 *
 * @param name where it is from, for messages
 * @param text one character for each byte, so that bytes of no text survive
 */
record FuzzInput(String name, Kind kind, String text) {

  enum Kind {
    DESCRIPTOR,
    ENVIRONMENT,
    MANIFEST,
    ARCHIVE
  }

  @Override
  public String toString() {
    return name;
  }
}
