package io.intermodal.disk.internal.engine;

import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.Geometry;

/**
 * Says what workers do with each block.
 *
 * @param virtualSizeBytes the guest's size
 * @param writtenBytes the size of the disk that is written, as large or larger
 * @param windowBytes the window of the reader's batches
 * @param wanted the encoding that the writer wants; {@code ZERO} when nothing is written
 * @param verifyContent whether payloads that are passed on are inflated and checked
 * @param contentDigest whether blocks are digested
 * @param level of deflate
 * @param unitBytes what the writer takes as one compressed payload, a power of two; 64 KiB unless
 *     {@code wanted} is {@code DEFLATE} or {@code ZSTD}
 * @param goesOn whether a block that cannot be decoded is noted and taken for zeros, not thrown
 */
public record Plan(
    long virtualSizeBytes,
    long writtenBytes,
    int windowBytes,
    Encoding wanted,
    boolean verifyContent,
    boolean contentDigest,
    int level,
    int unitBytes,
    boolean goesOn) {

  /** Plans to digest the content. */
  public static Plan digest(ExtentReader reader) {
    return looking(reader, Encoding.ZERO, true, false);
  }

  /** Plans to look at all of the content and to list what is wrong with it. */
  public static Plan check(ExtentReader reader) {
    return looking(reader, Encoding.ZERO, false, true);
  }

  /** Plans to decode all of the content. */
  public static Plan decode(ExtentReader reader) {
    return looking(reader, Encoding.RAW, false, false);
  }

  private static Plan looking(
      ExtentReader reader, Encoding wanted, boolean contentDigest, boolean goesOn) {
    long size = reader.virtualSizeBytes();
    return new Plan(
        size, size, reader.windowBytes(), wanted, true, contentDigest, 0, Geometry.BLOCK, goesOn);
  }

  boolean inspects() {
    return verifyContent || contentDigest;
  }

  boolean writes() {
    return wanted != Encoding.ZERO;
  }
}
