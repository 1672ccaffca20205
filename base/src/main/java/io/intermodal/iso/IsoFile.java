package io.intermodal.iso;

/**
 * Is a file for the root directory of an image. The content may hold secrets; it is neither copied
 * nor shown.
 *
 * @param name the name as guests shall see it: 1 to 64 characters, no slash
 */
public record IsoFile(String name, byte[] content) {

  /** Names the file and its length. */
  @Override
  public String toString() {
    return name + ", " + content.length + " bytes";
  }
}
