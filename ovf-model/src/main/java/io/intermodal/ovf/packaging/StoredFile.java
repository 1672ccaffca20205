package io.intermodal.ovf.packaging;

import java.util.Objects;

/**
 * Is a file as stored: a member of an archive, or a file beside the descriptor. A chunked file is
 * several of them.
 *
 * @param name the name in the package, decoded
 */
public record StoredFile(String name, FileRange range) {

  /** Validates the parts. */
  public StoredFile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(range, "range");
  }
}
