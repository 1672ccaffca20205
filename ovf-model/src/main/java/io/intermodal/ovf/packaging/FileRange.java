package io.intermodal.ovf.packaging;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Says where bytes of a package are, for reading by random access without unpacking.
 *
 * @param path the file: a member's archive, or the file itself
 * @param offset where they start in it
 * @param length how many there are
 */
public record FileRange(Path path, long offset, long length) {

  /** Validates the numbers. */
  public FileRange {
    Objects.requireNonNull(path, "path");
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("offset and length must not be negative");
    }
  }
}
