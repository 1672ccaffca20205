package io.intermodal.ovf.packaging;

/** Is a file of a package that is held as a whole: the descriptor, a manifest, a certificate. */
final class SmallFile {

  private final String name;
  private final byte[] bytes;

  SmallFile(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  String name() {
    return name;
  }

  byte[] bytes() {
    return bytes;
  }
}
