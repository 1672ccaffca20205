package io.intermodal.disk.internal;

/** A run of the guest's bytes with its payload, which lies in a buffer that others share. */
public final class Extent {

  private final long offset;
  private final int length;
  private final int unit;
  private final Encoding encoding;
  private final byte[] bytes;
  private final int from;
  private final int size;
  private final long storedAt;

  /**
   * Creates one.
   *
   * @param offset the guest's first byte
   * @param length the guest's bytes that belong to the disk
   * @param unit how many bytes the payload yields; more than {@code length} at the disk's end only
   * @param from where the payload starts in {@code bytes}
   * @param size how long the payload is
   * @param storedAt where in the source it came from, for messages
   */
  public Extent(
      long offset,
      int length,
      int unit,
      Encoding encoding,
      byte[] bytes,
      int from,
      int size,
      long storedAt) {
    this.offset = offset;
    this.length = length;
    this.unit = unit;
    this.encoding = encoding;
    this.bytes = bytes;
    this.from = from;
    this.size = size;
    this.storedAt = storedAt;
  }

  /** Makes an extent whose payload is the guest's bytes themselves. */
  public static Extent raw(long offset, byte[] bytes, int from, int size, long storedAt) {
    return new Extent(offset, size, size, Encoding.RAW, bytes, from, size, storedAt);
  }

  /** Makes one that has another payload for the same bytes of the guest. */
  public Extent with(Encoding newEncoding, byte[] newBytes, int newFrom, int newSize) {
    return new Extent(offset, length, unit, newEncoding, newBytes, newFrom, newSize, storedAt);
  }

  /** Returns the guest's first byte. */
  public long offset() {
    return offset;
  }

  /** Returns how many of the guest's bytes it covers. */
  public int length() {
    return length;
  }

  /** Returns how many bytes the payload yields when it is decoded. */
  public int unit() {
    return unit;
  }

  /** Returns how the payload carries them. */
  public Encoding encoding() {
    return encoding;
  }

  /** Returns the buffer itself, not a copy: whoever holds the batch may read it. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns where the payload starts in the buffer. */
  public int from() {
    return from;
  }

  /** Returns the length of the payload. */
  public int size() {
    return size;
  }

  /** Returns where in the source the payload was found. */
  public long storedAt() {
    return storedAt;
  }
}
