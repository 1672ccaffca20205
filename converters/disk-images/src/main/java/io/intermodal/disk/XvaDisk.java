package io.intermodal.disk;

import java.util.Objects;

/**
 * Describes a virtual disk of an XVA, as its {@code ova.xml} does.
 *
 * @param reference what the archive calls it, such as {@code Ref:3}
 * @param nameLabel its name for people; may be empty, and need not be unique
 * @param virtualSizeBytes the size that a guest sees
 */
public record XvaDisk(String reference, String nameLabel, long virtualSizeBytes) {

  /** Validates that the size is not negative. */
  public XvaDisk {
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(nameLabel, "nameLabel");
    if (virtualSizeBytes < 0) {
      throw new IllegalArgumentException(
          "virtualSizeBytes must not be negative: " + virtualSizeBytes);
    }
  }
}
