package io.intermodal.disk.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads data that lies in a file as the guest sees it, without the holes of that file. Used by one
 * thread.
 */
public final class FlatData {

  /** How many runs are looked at to know beforehand how much there is to read. */
  private static final int MOST_COUNTED = 50_000;

  private final StoredBytes stored;
  private long read;

  /** The run of data that was found last; empty at the start. */
  private long dataFrom;

  private long dataTo;

  /** Creates one. */
  public FlatData(StoredBytes stored) {
    this.stored = stored;
  }

  /** Returns how many bytes have been read. */
  public long bytesRead() {
    return read;
  }

  /** Returns the first byte from {@code position} on that may not be zero; the size if none. */
  public long nextData(long position) {
    if (position >= dataTo) {
      dataFrom = stored.nextData(position);
      dataTo = dataFrom < stored.size() ? stored.nextHole(dataFrom) : dataFrom;
    }
    return Math.max(position, dataFrom);
  }

  /**
   * Reads what a window of the guest holds.
   *
   * @param guest the guest's byte that the window starts with
   * @param at where that byte is stored
   * @param length how much of the window is stored, at most as long as {@code into}
   */
  public List<Extent> read(long guest, long at, int length, byte[] into) {
    List<Extent> extents = new ArrayList<>(1);
    long end = at + length;
    for (long from = nextData(at); from < end; from = nextData(from)) {
      int n = (int) (Math.min(end, dataTo) - from);
      int into0 = (int) (from - at);
      stored.read(from, into, into0, n, "raw data");
      extents.add(Extent.raw(guest + into0, into, into0, n, from));
      read += n;
      from += n;
    }
    return extents;
  }

  /** Counts what there is to read, in bytes; what has too many holes counts as full from there. */
  public long total() {
    long total = 0;
    long position = 0;
    for (int i = 0; i < MOST_COUNTED && position < stored.size(); i++) {
      long from = stored.nextData(position);
      position = from < stored.size() ? stored.nextHole(from) : from;
      total += position - from;
    }
    return total + stored.size() - position;
  }
}
