package io.intermodal.disk.internal;

/** Holds the sizes that readers, engine and writers agree on. */
public final class Geometry {

  /** The unit of sizes everywhere. */
  public static final int SECTOR = 512;

  /** The unit of writing, of compression and of the content digest. */
  public static final int BLOCK = 64 * 1024;

  /** How much of the guest travels as one batch, unless one unit of the source is larger. */
  public static final int WINDOW = 1024 * 1024;

  /** The largest unit that a source may have: a cluster or a grain. */
  public static final int MAX_UNIT = 2 * 1024 * 1024;

  /** The largest disk that is read or written. */
  public static final long MAX_VIRTUAL_BYTES = 64L << 40;

  private Geometry() {}

  /** Rounds up to a multiple of {@code unit}, a power of two. */
  public static long roundUp(long value, long unit) {
    return Math.addExact(value, unit - 1) & -unit;
  }
}
