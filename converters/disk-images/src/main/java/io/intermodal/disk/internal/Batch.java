package io.intermodal.disk.internal;

import java.util.List;

/**
 * All the extents of one window of the guest with the buffer that holds their payloads. What no
 * extent covers is zeros. Extents are ascending and disjoint; only where layers were joined may a
 * later one cover a part of an earlier one that is compressed, and then the later one wins.
 */
public final class Batch {

  private final long start;
  private final int length;
  private final List<Extent> extents;
  private final byte[] buffer;
  private final long storedEnd;

  /**
   * Creates one.
   *
   * @param start the guest's first byte, a multiple of the window
   * @param length the guest's bytes, the window or less at the end of the disk
   * @param buffer goes back to the pool once the batch is done
   * @param storedEnd how much of the source has been read with it, for progress
   */
  public Batch(long start, int length, List<Extent> extents, byte[] buffer, long storedEnd) {
    this.start = start;
    this.length = length;
    this.extents = List.copyOf(extents);
    this.buffer = buffer;
    this.storedEnd = storedEnd;
  }

  /** Returns the guest's first byte. */
  public long start() {
    return start;
  }

  /** Returns the guest's bytes. */
  public int length() {
    return length;
  }

  /** Returns the extents in the order in which they are to be treated. */
  public List<Extent> extents() {
    return extents;
  }

  /** Returns the buffer behind the payloads. */
  public byte[] buffer() {
    return buffer;
  }

  /** Returns how much of the source has been read with it. */
  public long storedEnd() {
    return storedEnd;
  }
}
