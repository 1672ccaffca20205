package io.intermodal.disk.internal.qcow2;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.qcow2.Qcow2Header.COMPRESSED;
import static io.intermodal.disk.internal.qcow2.Qcow2Header.OFFSET_MASK;
import static io.intermodal.disk.internal.qcow2.Qcow2Header.SUBCLUSTERS;
import static io.intermodal.disk.internal.qcow2.Qcow2Header.ZERO;

import io.intermodal.IntermodalException;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Walks the two levels of tables in the guest's order with one part of each in memory, and checks
 * every offset against the file. What the entries refer to may not add up to more than the file
 * holds, so that no table makes a small file yield a large one.
 */
final class L2Cursor {

  private static final int L1_PART = 8192;
  private static final long NONE = -1;

  private final StoredBytes file;
  private final Qcow2Header header;
  private final boolean zeros;
  private final Encoding compression;
  private final byte[] l1 = new byte[L1_PART * 8];
  private final ByteBuffer l2;
  private long l1Part = NONE;
  private long l2Number = NONE;
  private long l2Offset;
  private long referred;
  private long compressedReferred;

  /**
   * Creates one at the start.
   *
   * @param zeros whether clusters that say that they are zeros count as data: they hide a base
   */
  L2Cursor(StoredBytes file, Qcow2Header header, boolean zeros) {
    this.file = file;
    this.header = header;
    this.zeros = zeros;
    this.compression =
        switch (header.compression()) {
          case DEFLATE -> Encoding.DEFLATE;
          case ZSTD -> Encoding.ZSTD;
        };
    this.l2 = ByteBuffer.allocate(header.clusterBytes());
  }

  /** Finds the first cluster from {@code cluster} on that has data; the number of all if none. */
  long nextData(long cluster, long end) {
    long at = cluster;
    while (at < end) {
      if (!load(at / header.l2Entries())) {
        at = (at / header.l2Entries() + 1) * header.l2Entries();
      } else if (isAbsent(at)) {
        at++;
      } else {
        return at;
      }
    }
    return end;
  }

  private boolean isAbsent(long cluster) {
    long entry = entry(cluster);
    if ((entry & COMPRESSED) != 0) {
      return false;
    }
    if (header.extendedL2()) {
      return (zeros ? bitmap(cluster) : (int) bitmap(cluster)) == 0;
    }
    return saysZero(entry) ? !zeros : (entry & OFFSET_MASK) == 0;
  }

  private boolean saysZero(long entry) {
    return header.version() >= 3 && !header.extendedL2() && (entry & ZERO) != 0;
  }

  /** Tells where a cluster that has data is stored, and counts it. */
  void collect(long cluster, List<Piece> into) {
    load(cluster / header.l2Entries());
    long entry = entry(cluster);
    long guest = cluster << header.clusterBits();
    int length = (int) Math.min(header.clusterBytes(), header.virtualSizeBytes() - guest);
    if ((entry & COMPRESSED) != 0) {
      into.add(compressed(cluster, entry, guest, length));
    } else if (header.extendedL2()) {
      collectParts(cluster, entry, guest, length, into);
    } else if (saysZero(entry)) {
      into.add(Piece.zeros(guest, length));
    } else {
      into.add(plain(cluster, entry, guest, 0, length));
    }
  }

  /** Collects runs of subclusters of the same kind. */
  private void collectParts(long cluster, long entry, long guest, int length, List<Piece> into) {
    long bitmap = bitmap(cluster);
    int allocated = (int) bitmap;
    int zero = (int) (bitmap >>> SUBCLUSTERS);
    if ((allocated & zero) != 0) {
      throw damaged(cluster, "a subcluster cannot be both stored and zeros");
    }
    int part = header.clusterBytes() / SUBCLUSTERS;
    for (int i = 0; i < SUBCLUSTERS && i * part < length; ) {
      int kind = kind(allocated, zero, i);
      int from = i * part;
      while (i < SUBCLUSTERS && kind(allocated, zero, i) == kind) {
        i++;
      }
      int end = Math.min(i * part, length);
      if (kind == 1) {
        into.add(plain(cluster, entry, guest, from, end));
      } else if (kind == 2 && zeros) {
        into.add(Piece.zeros(guest + from, end - from));
      }
    }
  }

  private static int kind(int allocated, int zero, int part) {
    return (allocated >>> part & 1) + 2 * (zero >>> part & 1);
  }

  private Piece plain(long cluster, long entry, long guest, int from, int to) {
    long offset = entry & OFFSET_MASK;
    if (offset % header.clusterBytes() != 0 || offset < header.clusterBytes()) {
      throw damaged(cluster, "a cluster cannot be at byte " + offset);
    }
    if (offset > file.size() - to) {
      throw Problems.truncated(file.name(), file.size(), "cluster at byte " + offset);
    }
    int length = to - from;
    referred += length;
    if (referred > file.size()) {
      throw damaged(cluster, "the tables refer to more data than the file holds");
    }
    return new Piece(guest + from, length, Encoding.RAW, offset + from, length);
  }

  private Piece compressed(long cluster, long entry, long guest, int length) {
    int x = header.sectorCountShift();
    long offset = entry & ((1L << x) - 1);
    long sectors = (entry & (COMPRESSED - 1)) >>> x;
    long size = (sectors + 1) * SECTOR - offset % SECTOR;
    if (offset < header.clusterBytes() || offset >= file.size()) {
      throw damaged(cluster, "a compressed cluster cannot be at byte " + offset);
    }
    if (header.extendedL2() && bitmap(cluster) != 0) {
      throw damaged(cluster, "a compressed cluster cannot have subclusters");
    }
    size = Math.min(size, file.size() - offset);
    // The first and last sector may be shared with neighbours.
    compressedReferred += Math.max(4, size - 2L * SECTOR);
    if (compressedReferred > file.size()) {
      throw damaged(cluster, "the tables refer to more compressed data than the file holds");
    }
    return new Piece(guest, length, compression, offset, (int) size);
  }

  private long entry(long cluster) {
    return l2.getLong((int) (cluster % header.l2Entries()) * header.l2EntryBytes());
  }

  private long bitmap(long cluster) {
    return l2.getLong((int) (cluster % header.l2Entries()) * header.l2EntryBytes() + 8);
  }

  private boolean load(long number) {
    if (number == l2Number) {
      return l2Offset != 0;
    }
    long part = number / L1_PART;
    if (part != l1Part) {
      int entries = (int) Math.min(L1_PART, header.l1Entries() - part * L1_PART);
      long at = header.l1Offset() + part * l1.length;
      // Behind what the size needs there may be entries that the file is too short for.
      int length = (int) Math.min(entries * 8L, file.size() - at);
      file.read(at, l1, 0, length, "L1 table");
      l1Part = part;
    }
    l2Offset = ByteBuffer.wrap(l1).getLong((int) (number % L1_PART) * 8) & OFFSET_MASK;
    l2Number = number;
    if (l2Offset == 0) {
      return false;
    }
    if (l2Offset % header.clusterBytes() != 0 || l2Offset < header.clusterBytes()) {
      throw damagedL1(number, "an L2 table cannot be at byte " + l2Offset);
    }
    referred += header.clusterBytes();
    if (referred > file.size()) {
      throw damagedL1(number, "the tables refer to more data than the file holds");
    }
    file.read(l2Offset, l2.array(), 0, header.clusterBytes(), "L2 table");
    return true;
  }

  private IntermodalException damagedL1(long number, String why) {
    return Problems.damaged(
        file.name(), header.l1Offset() + number * 8, "L1 table, entry " + number, why);
  }

  private IntermodalException damaged(long cluster, String why) {
    long index = cluster % header.l2Entries();
    return Problems.damaged(
        file.name(),
        l2Offset + index * header.l2EntryBytes(),
        "L2 table " + l2Number + ", entry " + index,
        why);
  }

  /**
   * Where a run of the guest's bytes is stored: a cluster, or a part of one.
   *
   * @param size how many bytes are stored, with those that may follow behind a payload's end
   */
  record Piece(long guest, int length, Encoding encoding, long storedAt, int size) {

    static Piece zeros(long guest, int length) {
      return new Piece(guest, length, Encoding.ZERO, 0, 0);
    }

    /** Tells whether another one goes on where this run ends, in the guest and in the file. */
    boolean goesOnWith(Piece next, int runLength) {
      return encoding == next.encoding
          && guest + runLength == next.guest
          && (encoding == Encoding.ZERO
              || (encoding == Encoding.RAW && storedAt + runLength == next.storedAt));
    }
  }
}
