package io.intermodal.disk.internal;

/** Tells which parts of a file its file system never stored. Thread-safe. */
interface HoleMap extends AutoCloseable {

  /** Returns the first byte at or behind {@code position} that may hold data; or the size. */
  long nextData(long position);

  /** Returns the first byte at or behind {@code position} that is in a hole; or the size. */
  long nextHole(long position);

  @Override
  void close();

  /** Returns the map of a file that nothing is known of. */
  static HoleMap unknown(long size) {
    return new HoleMap() {
      @Override
      public long nextData(long position) {
        return position;
      }

      @Override
      public long nextHole(long position) {
        return size;
      }

      @Override
      public void close() {}
    };
  }
}
