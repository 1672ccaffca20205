package io.intermodal.ovf;

import io.intermodal.xml.XmlElement;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names a file of the package, {@code References/File} (DSP0243 "References to files"). What is not
 * stated is null.
 *
 * @param id what disks and drives refer to
 * @param href where it is, relative to the descriptor, as written: percent-encoded or not
 * @param sizeBytes the stated size as stored, compressed if it is compressed; not the real one
 * @param compression {@code gzip}, {@code identity} or another word, as written
 * @param chunkSizeBytes the size of each part but the last
 * @param element the element as written
 */
public record FileReference(
    @Nullable String id,
    @Nullable String href,
    @Nullable Long sizeBytes,
    @Nullable String compression,
    @Nullable Long chunkSizeBytes,
    XmlElement element) {

  /** Validates the numbers. */
  public FileReference {
    Objects.requireNonNull(element, "element");
    if ((sizeBytes != null && sizeBytes < 0) || (chunkSizeBytes != null && chunkSizeBytes <= 0)) {
      throw new IllegalArgumentException("sizes must not be negative");
    }
  }

  /** Tells whether the file is stored as a gzip stream. */
  public boolean gzip() {
    return compression != null && compression.toLowerCase(Locale.ROOT).equals("gzip");
  }
}
