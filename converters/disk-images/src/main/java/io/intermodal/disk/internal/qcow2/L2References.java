package io.intermodal.disk.internal.qcow2;

import static io.intermodal.disk.internal.qcow2.Qcow2Header.COPIED;
import static io.intermodal.disk.internal.qcow2.Qcow2Header.OFFSET_MASK;

import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what refers to L2 tables, of the active state and of all snapshots, so that each table is
 * read once however often it is shared; and what else has clusters of its own.
 */
final class L2References {

  /** As many as the active state alone may have, and as many again for snapshots. */
  private static final int MOST = 2 * Qcow2Header.MAX_L1_BYTES / 8;

  private static final int PART = 64 * 1024;

  /**
   * One L2 table.
   *
   * @param references how many entries of L1 tables refer to it
   * @param active whether one of them is the active state's
   * @param copied whether that one says that nobody else does
   */
  record Table(long offset, int references, boolean active, boolean copied) {}

  /** Hears of a run of bytes that one structure owns. */
  interface Owned {
    void run(long offset, long bytes);
  }

  private final StoredBytes file;
  private final Qcow2Header header;
  private final List<long[]> owned = new ArrayList<>();
  private final List<String> unsound = new ArrayList<>();

  /** Offsets of data clusters that bitmaps own; each array is one bitmap's. */
  private final List<long[]> bitmapClusters = new ArrayList<>();

  private long[] active = new long[0];
  private long[] all = new long[1024];
  private int count;
  private long entriesRead;

  private L2References(StoredBytes file, Qcow2Header header) {
    this.file = file;
    this.header = header;
  }

  /** Reads all L1 tables; null when there are too many entries to hold. */
  static @Nullable L2References read(StoredBytes file, Qcow2Header header) {
    L2References read = new L2References(file, header);
    if (!read.add(header.l1Offset(), header.l1Entries(), "L1 table")) {
      return null;
    }
    read.active = Arrays.copyOf(read.all, read.count);
    if (header.snapshots() > 0) {
      SnapshotTable snapshots = SnapshotTable.read(file, header);
      read.own(header.snapshotsOffset(), snapshots.bytes());
      int i = 0;
      for (SnapshotTable.L1 table : snapshots.tables()) {
        if (!read.add(table.offset(), table.entries(), "L1 table of snapshot " + i++)) {
          return null;
        }
      }
    }
    if (header.bitmaps() != null && !read.addBitmaps(header.bitmaps())) {
      return null;
    }
    read.all = Arrays.copyOf(read.all, read.count);
    Arrays.setAll(read.all, i -> read.all[i] & OFFSET_MASK);
    Arrays.sort(read.all);
    sortByOffset(read.active);
    return read;
  }

  /** Sorts entries by their offsets: the bits around those are moved out of the way. */
  private static void sortByOffset(long[] entries) {
    Arrays.setAll(entries, i -> (entries[i] & OFFSET_MASK) | ((entries[i] & COPIED) != 0 ? 1 : 0));
    Arrays.sort(entries);
  }

  private void own(long offset, long bytes) {
    owned.add(new long[] {offset, bytes});
  }

  /** Adds the entries of an L1 table; false when that makes too many. */
  private boolean add(long offset, int entries, String what) {
    entriesRead += entries;
    if (entries < 0 || entriesRead > MOST) {
      return false;
    }
    if (entries == 0) {
      return true;
    }
    if (offset < header.clusterBytes()
        || offset % header.clusterBytes() != 0
        || offset > file.size() - entries * 8L) {
      unsound.add(what + " cannot be at byte " + offset);
      return true;
    }
    own(offset, entries * 8L);
    for (long entry : longs(offset, entries, what)) {
      long at = entry & OFFSET_MASK;
      if (at == 0) {
        continue;
      }
      if (at % header.clusterBytes() != 0 || at > file.size() - header.clusterBytes()) {
        unsound.add(what + ": an L2 table cannot be at byte " + at);
        continue;
      }
      if (count == all.length) {
        all = Arrays.copyOf(all, count * 2);
      }
      all[count++] = entry & (OFFSET_MASK | COPIED);
    }
    return true;
  }

  private boolean addBitmaps(Qcow2Header.Bitmaps bitmaps) {
    own(bitmaps.directoryOffset(), bitmaps.directoryBytes());
    for (BitmapDirectory.Table table : BitmapDirectory.read(file, bitmaps).tables()) {
      entriesRead += table.entries();
      if (entriesRead > MOST) {
        return false;
      }
      if (table.entries() == 0
          || table.offset() < header.clusterBytes()
          || table.offset() > file.size() - table.entries() * 8L) {
        unsound.add("the table of a bitmap cannot be at byte " + table.offset());
        continue;
      }
      own(table.offset(), table.entries() * 8L);
      bitmapClusters.add(longs(table.offset(), table.entries(), "table of a bitmap"));
    }
    return true;
  }

  private long[] longs(long offset, int entries, String what) {
    long[] values = new long[entries];
    byte[] bytes = new byte[Math.min(PART, entries) * 8];
    for (int done = 0; done < entries; ) {
      int n = Math.min(PART, entries - done);
      file.read(offset + done * 8L, bytes, 0, n * 8, what);
      ByteBuffer.wrap(bytes, 0, n * 8).asLongBuffer().get(values, done, n);
      done += n;
    }
    return values;
  }

  /** Hands out what cannot be where it is said to be. */
  void unsound(Consumer<String> hears) {
    unsound.forEach(hears);
  }

  /** Counts what belongs to L1 tables, the table of snapshots and bitmaps. */
  void addOwn(ClusterUse use, Owned hears) {
    for (long[] run : owned) {
      if (run[1] > 0) {
        hears.run(run[0], run[1]);
      }
    }
    for (long[] bitmap : bitmapClusters) {
      for (long entry : bitmap) {
        long offset = entry & OFFSET_MASK;
        if (offset != 0) {
          use.add(offset / header.clusterBytes(), 1, ClusterUse.FIXED);
        }
      }
    }
  }

  /** Hands out each L2 table once, by ascending offset. */
  void forEach(Consumer<Table> hears) {
    int next = 0;
    for (int i = 0; i < all.length; ) {
      int from = i;
      while (i < all.length && all[i] == all[from]) {
        i++;
      }
      boolean isActive = false;
      boolean copied = false;
      while (next < active.length && (active[next] & OFFSET_MASK) == all[from]) {
        isActive = true;
        copied = (active[next++] & 1) != 0;
      }
      hears.accept(new Table(all[from], i - from, isActive, copied));
    }
  }
}
