package io.intermodal.disk.internal.vhdx;

import static io.intermodal.disk.internal.vhdx.Vhdx.LOG_SECTOR;

import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file as it will be once its log is replayed. The file itself stays as it is: changes lie over
 * it, and what the log makes it longer reads as zeros.
 */
final class ReplayedBytes implements StoredBytes {

  private final StoredBytes file;
  private final LogRing ring;
  private final long size;
  private final TreeMap<Long, Change> changes = new TreeMap<>();
  private final byte[] sector = new byte[LOG_SECTOR];

  /**
   * A range that the log changes.
   *
   * @param dataAt where in the ring its sector is; -1 for zeros
   * @param leading the sector's first eight bytes
   * @param trailing its last four
   */
  private record Change(long start, long end, int dataAt, long leading, int trailing) {}

  ReplayedBytes(StoredBytes file, LogRing ring, long size) {
    this.file = file;
    this.ring = ring;
    this.size = size;
  }

  /** Returns how many ranges are changed. */
  int changes() {
    return changes.size();
  }

  void zero(long start, long length) {
    if (length > 0) {
      put(new Change(start, start + length, -1, 0, 0));
    }
  }

  void data(long start, int dataAt, long leading, int trailing) {
    put(new Change(start, start + LOG_SECTOR, dataAt, leading, trailing));
  }

  /** Lays a change over those before. All are of whole sectors, so only zeros are ever cut. */
  private void put(Change change) {
    Map.Entry<Long, Change> before = changes.lowerEntry(change.start());
    if (before != null && before.getValue().end() > change.start()) {
      Change cut = before.getValue();
      changes.put(cut.start(), zeros(cut.start(), change.start()));
      if (cut.end() > change.end()) {
        changes.put(change.end(), zeros(change.end(), cut.end()));
      }
    }
    Map<Long, Change> covered = changes.subMap(change.start(), change.end());
    if (!covered.isEmpty()) {
      Change last = changes.lowerEntry(change.end()).getValue();
      covered.clear();
      if (last.end() > change.end()) {
        changes.put(change.end(), zeros(change.end(), last.end()));
      }
    }
    changes.put(change.start(), change);
  }

  private static Change zeros(long start, long end) {
    return new Change(start, end, -1, 0, 0);
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long position, byte[] into, int from, int length, String structure) {
    if (position < 0 || position > size - length) {
      throw Problems.truncated(name(), Math.min(Math.max(position, 0), size), structure);
    }
    int stored = (int) Math.max(0, Math.min(length, file.size() - position));
    file.read(Math.min(position, file.size()), into, from, stored, structure);
    Arrays.fill(into, from + stored, from + length, (byte) 0);
    long end = position + length;
    Map.Entry<Long, Change> change = changes.floorEntry(position);
    if (change == null || change.getValue().end() <= position) {
      change = changes.higherEntry(position);
    }
    while (change != null && change.getKey() < end) {
      apply(change.getValue(), position, into, from, length);
      change = changes.higherEntry(change.getKey());
    }
  }

  private void apply(Change change, long position, byte[] into, int from, int length) {
    long start = Math.max(change.start(), position);
    long end = Math.min(change.end(), position + length);
    int at = from + (int) (start - position);
    int n = (int) (end - start);
    if (change.dataAt() < 0) {
      Arrays.fill(into, at, at + n, (byte) 0);
      return;
    }
    ring.read(change.dataAt(), sector, LOG_SECTOR);
    ByteBuffer fields = Vhdx.little(sector);
    fields.putLong(0, change.leading());
    fields.putInt(LOG_SECTOR - 4, change.trailing());
    System.arraycopy(sector, (int) (start - change.start()), into, at, n);
  }

  @Override
  public void checkUnchanged() {
    file.checkUnchanged();
  }

  @Override
  public void close() {
    file.close();
  }
}
