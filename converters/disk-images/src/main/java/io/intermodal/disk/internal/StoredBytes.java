package io.intermodal.disk.internal;

/** Stored bytes with random access: a file, a part of one, several in a row. */
public interface StoredBytes extends AutoCloseable {

  /** Returns the name for messages. */
  String name();

  /** Returns how many bytes there are; fixed from opening on. */
  long size();

  /**
   * Reads exactly {@code length} bytes.
   *
   * @throws io.intermodal.IntermodalException {@code TRUNCATED} when there are not so many
   */
  void read(long position, byte[] into, int offset, int length, String structure);

  /**
   * Returns the first byte at or behind a position that may hold data; what is before it is zeros.
   * Where that is not known it is the position itself. Returns the size when there is none.
   */
  default long nextData(long position) {
    return Math.min(position, size());
  }

  /** Returns where the data that starts at a position ends, as far as known; or the size. */
  default long nextHole(long position) {
    return size();
  }

  /**
   * Opens a file beside this one that the image names, such as an extent of a VMDK; closed with
   * this.
   *
   * @param at where the image names it, for messages
   * @param fileName what the image says; only a plain name is followed
   * @throws io.intermodal.IntermodalException {@code REFERS_TO_ANOTHER_FILE} when it is no plain
   *     name of a regular file, or when this is not a whole file itself
   */
  default StoredBytes companion(long at, String fileName) {
    throw Problems.notBeside(name(), at, fileName);
  }

  /** Tells whether this is a whole file in a folder, so that others may be beside it. */
  default boolean hasCompanions() {
    return false;
  }

  /** Returns how many bytes there are with those of the files that were opened beside this one. */
  default long totalSize() {
    return size();
  }

  /**
   * Makes reads fail soon, those that wait too; called by another thread when nothing is wanted any
   * more.
   */
  default void abort() {}

  /** Fails when the files are not any more what they were at opening. */
  default void checkUnchanged() {}

  @Override
  default void close() {}
}
