package io.intermodal.disk.internal.xva;

import org.jspecify.annotations.Nullable;

/**
 * The name of a chunk.
 *
 * @param reference the disk it belongs to
 * @param number counts chunks that were sent; it is not the chunk's place
 */
record ChunkName(String reference, long number) {

  private static final int MAX_DIGITS = 12;

  /** Reads a name; null when it is not that of a chunk. */
  static @Nullable ChunkName of(String name) {
    int slash = name.lastIndexOf('/');
    String digits = name.substring(slash + 1);
    boolean number =
        !digits.isEmpty()
            && digits.length() <= MAX_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return slash > 0 && number
        ? new ChunkName(name.substring(0, slash), Long.parseLong(digits))
        : null;
  }
}
