package io.intermodal.disk;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Describes an image without reading its data.
 *
 * @param format what it is
 * @param virtualSizeBytes the size that a guest sees, a multiple of 512
 * @param storedBytes the length of the file, member or chunks that hold it, with extents beside it
 * @param details what else its header says, by names that are stable per format, in a fixed order
 */
public record DiskInfo(
    DiskFormat format, long virtualSizeBytes, long storedBytes, Map<String, String> details) {

  /** Validates the sizes and copies the details. */
  public DiskInfo {
    Objects.requireNonNull(format, "format");
    if (virtualSizeBytes < 0) {
      throw new IllegalArgumentException("virtualSizeBytes must not be negative");
    }
    if (storedBytes < 0) {
      throw new IllegalArgumentException("storedBytes must not be negative");
    }
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }
}
