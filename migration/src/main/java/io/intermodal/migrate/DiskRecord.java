package io.intermodal.migrate;

import org.jspecify.annotations.Nullable;

/**
 * Records what became of one disk.
 *
 * @param key key of the disk
 * @param route the route taken, in a line
 * @param capacityBytes size the guest sees, in bytes
 * @param bytesRead bytes read from the source
 * @param bytesWritten bytes written to the target
 * @param sourceDigest digest of the content at the source; of that with zeros behind its end when
 *     the target's format made the disk larger, which the note then says
 * @param targetDigest digest of the content read back from the target
 * @param note how it was converted; null when there is nothing to say
 */
public record DiskRecord(
    String key,
    String route,
    long capacityBytes,
    long bytesRead,
    long bytesWritten,
    String sourceDigest,
    String targetDigest,
    @Nullable String note) {

  /** Tells whether the guest sees the same bits on both sides. */
  public boolean isIdentical() {
    return sourceDigest.equals(targetDigest);
  }
}
