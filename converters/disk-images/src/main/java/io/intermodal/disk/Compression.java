package io.intermodal.disk;

/**
 * Says how blocks are compressed that do not come compressed already. A format that is always
 * compressed takes {@link #NONE} for {@link #FAST}.
 */
public enum Compression {
  /** Stores blocks as they are. */
  NONE(0),
  /** Deflate, about twice as fast as {@link #SMALL}; output some 4 % larger. */
  FAST(1),
  /** Deflate at the ratio of zlib's level 6. */
  SMALL(6);

  private final int level;

  Compression(int level) {
    this.level = level;
  }

  /** Returns zlib's level that has about this ratio, 0 to 9. */
  public int level() {
    return level;
  }
}
