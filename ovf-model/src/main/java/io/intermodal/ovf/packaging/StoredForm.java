package io.intermodal.ovf.packaging;

import org.jspecify.annotations.Nullable;

/**
 * Says how a file is stored in a package (DSP0243 "References to files"). The descriptor has to say
 * the same: {@code ovf:compression} and {@code ovf:chunkSize}.
 *
 * @param gzip whether it is compressed; before it is cut, and {@code ovf:size} is of what results
 * @param chunkSizeBytes the size of each part but the last; null when it is in one piece
 */
public record StoredForm(boolean gzip, @Nullable Long chunkSizeBytes) {

  private static final StoredForm PLAIN = new StoredForm(false, null);
  private static final StoredForm GZIPPED = new StoredForm(true, null);

  /** Validates the size. */
  public StoredForm {
    if (chunkSizeBytes != null && chunkSizeBytes < 1) {
      throw new IllegalArgumentException("chunkSizeBytes must be positive: " + chunkSizeBytes);
    }
  }

  /** Returns the form of a file that is stored as it is. */
  public static StoredForm plain() {
    return PLAIN;
  }

  /** Returns the form of a file that is stored as a gzip stream. */
  public static StoredForm gzipped() {
    return GZIPPED;
  }

  /** Returns this form, cut into parts. */
  public StoredForm chunked(long partBytes) {
    return new StoredForm(gzip, partBytes);
  }
}
