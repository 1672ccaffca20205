package io.intermodal.disk.internal.engine;

import io.intermodal.disk.internal.Encoding;

/**
 * Says what workers do with each block.
 *
 * @param virtualSizeBytes the guest's size
 * @param windowBytes the window of the reader's batches
 * @param wanted the encoding that the writer wants; {@code ZERO} when nothing is written
 * @param verifyContent whether payloads that are passed on are inflated and checked
 * @param contentDigest whether blocks are digested
 * @param level of deflate
 */
public record Plan(
    long virtualSizeBytes,
    int windowBytes,
    Encoding wanted,
    boolean verifyContent,
    boolean contentDigest,
    int level) {

  boolean inspects() {
    return verifyContent || contentDigest;
  }

  boolean writes() {
    return wanted != Encoding.ZERO;
  }
}
