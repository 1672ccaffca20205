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

  /** Fails when the files are not any more what they were at opening. */
  default void checkUnchanged() {}

  @Override
  default void close() {}
}
