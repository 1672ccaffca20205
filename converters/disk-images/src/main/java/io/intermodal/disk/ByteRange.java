package io.intermodal.disk;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Names a run of bytes inside a file, such as a member of a tar archive.
 *
 * @param file where
 * @param offsetBytes the first byte, 0 or more
 * @param lengthBytes how many, 0 or more
 */
public record ByteRange(Path file, long offsetBytes, long lengthBytes) {

  /** Validates the bounds; whether the file is that long is checked when it is opened. */
  public ByteRange {
    Objects.requireNonNull(file, "file");
    if (offsetBytes < 0) {
      throw new IllegalArgumentException("offsetBytes must not be negative: " + offsetBytes);
    }
    if (lengthBytes < 0 || offsetBytes > Long.MAX_VALUE - lengthBytes) {
      throw new IllegalArgumentException("lengthBytes is out of range: " + lengthBytes);
    }
  }
}
