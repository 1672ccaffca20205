package io.intermodal.disk.internal.engine;

import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Geometry;

/**
 * Says what workers do with each block.
 *
 * @param virtualSizeBytes the guest's size
 * @param windowBytes the window of the reader's batches
 * @param wanted the encoding that the writer wants; {@code ZERO} when nothing is written
 * @param verifyContent whether payloads that are passed on are inflated and checked
 * @param contentDigest whether blocks are digested
 * @param level of deflate
 * @param unitBytes what the writer takes as one compressed payload, a power of two; 64 KiB unless
 *     {@code wanted} is {@code DEFLATE} or {@code ZSTD}
 */
public record Plan(
    long virtualSizeBytes,
    int windowBytes,
    Encoding wanted,
    boolean verifyContent,
    boolean contentDigest,
    int level,
    int unitBytes) {

  /** Plans with units of 64 KiB. */
  public Plan(
      long virtualSizeBytes,
      int windowBytes,
      Encoding wanted,
      boolean verifyContent,
      boolean contentDigest,
      int level) {
    this(
        virtualSizeBytes, windowBytes, wanted, verifyContent, contentDigest, level, Geometry.BLOCK);
  }

  boolean inspects() {
    return verifyContent || contentDigest;
  }

  boolean writes() {
    return wanted != Encoding.ZERO;
  }
}
