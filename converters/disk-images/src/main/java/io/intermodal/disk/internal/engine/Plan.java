package io.intermodal.disk.internal.engine;

import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.ExtentReader;

/**
 * Says what workers do with each block.
 *
 * @param virtualSizeBytes the guest's size
 * @param windowBytes the window of the reader's batches
 * @param wanted the encoding that the writer wants; {@code ZERO} when nothing is written
 * @param verifyContent whether payloads that are passed on are inflated and checked
 * @param contentDigest whether blocks are digested
 * @param level of deflate
 * @param goesOn whether a block that cannot be decoded is noted and taken for zeros, not thrown
 */
public record Plan(
    long virtualSizeBytes,
    int windowBytes,
    Encoding wanted,
    boolean verifyContent,
    boolean contentDigest,
    int level,
    boolean goesOn) {

  /** Plans to digest the content. */
  public static Plan digest(ExtentReader reader) {
    return new Plan(
        reader.virtualSizeBytes(), reader.windowBytes(), Encoding.ZERO, true, true, 0, false);
  }

  /** Plans to look at all of the content and to list what is wrong with it. */
  public static Plan check(ExtentReader reader) {
    return new Plan(
        reader.virtualSizeBytes(), reader.windowBytes(), Encoding.ZERO, true, false, 0, true);
  }

  /** Plans to decode all of the content. */
  public static Plan decode(ExtentReader reader) {
    return new Plan(
        reader.virtualSizeBytes(), reader.windowBytes(), Encoding.RAW, true, false, 0, false);
  }

  boolean inspects() {
    return verifyContent || contentDigest;
  }

  boolean writes() {
    return wanted != Encoding.ZERO;
  }
}
