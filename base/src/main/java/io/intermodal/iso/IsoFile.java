package io.intermodal.iso;

import java.util.Objects;

/** Is a file for the root directory of an image. Immutable; the content may hold secrets. */
public final class IsoFile {

  private final String name;
  private final byte[] content;

  private IsoFile(String name, byte[] content) {
    this.name = name;
    this.content = content;
  }

  /**
   * Makes a file.
   *
   * @param name the name as guests shall see it: 1 to 64 characters, no slash
   * @param content is copied
   */
  public static IsoFile of(String name, byte[] content) {
    return new IsoFile(Objects.requireNonNull(name, "name"), content.clone());
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the length. */
  public int sizeBytes() {
    return content.length;
  }

  /** Returns the content itself, for who writes it. */
  byte[] content() {
    return content;
  }

  /** Names the file and its length. */
  @Override
  public String toString() {
    return name + ", " + content.length + " bytes";
  }
}
