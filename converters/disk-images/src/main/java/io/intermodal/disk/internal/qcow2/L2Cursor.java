package io.intermodal.disk.internal.qcow2;

import static io.intermodal.disk.internal.Geometry.SECTOR;

import io.intermodal.IntermodalException;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;

/**
 * Walks the two levels of tables in the guest's order with one part of each in memory, and checks
 * every offset against the file. What the entries refer to may not add up to more than the file
 * holds, so that no table makes a small file yield a large one.
 */
final class L2Cursor {

  private static final int L1_PART = 8192;
  private static final long OFFSET_MASK = 0x00FFFFFFFFFFFE00L;
  private static final long COMPRESSED = 1L << 62;
  private static final long ZERO = 1;
  private static final long NONE = -1;

  private final StoredBytes file;
  private final Qcow2Header header;
  private final byte[] l1 = new byte[L1_PART * 8];
  private final byte[] l2;
  private long l1Part = NONE;
  private long l2Number = NONE;
  private long l2Offset;
  private long referred;
  private long compressedReferred;

  L2Cursor(StoredBytes file, Qcow2Header header) {
    this.file = file;
    this.header = header;
    this.l2 = new byte[header.clusterBytes()];
  }

  /** Finds the first cluster from {@code cluster} on that has data; the number of all if none. */
  long nextData(long cluster, long end) {
    long at = cluster;
    while (at < end) {
      if (!load(at / header.l2Entries())) {
        at = (at / header.l2Entries() + 1) * header.l2Entries();
      } else if (isZero(entry(at))) {
        at++;
      } else {
        return at;
      }
    }
    return end;
  }

  /** Tells where a cluster that has data is stored, and counts it. */
  Cluster cluster(long cluster) {
    load(cluster / header.l2Entries());
    long entry = entry(cluster);
    return (entry & COMPRESSED) != 0 ? compressed(cluster, entry) : plain(cluster, entry);
  }

  private Cluster plain(long cluster, long entry) {
    long offset = entry & OFFSET_MASK;
    long guest = cluster << header.clusterBits();
    int length = (int) Math.min(header.clusterBytes(), header.virtualSizeBytes() - guest);
    if (offset % header.clusterBytes() != 0 || offset < header.clusterBytes()) {
      throw damaged(cluster, "a cluster cannot be at byte " + offset);
    }
    if (offset > file.size() - length) {
      throw Problems.truncated(file.name(), file.size(), "cluster at byte " + offset);
    }
    referred += length;
    if (referred > file.size()) {
      throw damaged(cluster, "the tables refer to more data than the file holds");
    }
    return new Cluster(guest, length, offset, length, false);
  }

  private Cluster compressed(long cluster, long entry) {
    int x = 62 - (header.clusterBits() - 8);
    long offset = entry & ((1L << x) - 1);
    long sectors = (entry & (COMPRESSED - 1)) >>> x;
    long size = (sectors + 1) * SECTOR - offset % SECTOR;
    long guest = cluster << header.clusterBits();
    if (offset < header.clusterBytes() || offset >= file.size()) {
      throw damaged(cluster, "a compressed cluster cannot be at byte " + offset);
    }
    size = Math.min(size, file.size() - offset);
    // The first and last sector may be shared with neighbours.
    compressedReferred += Math.max(4, size - 2L * SECTOR);
    if (compressedReferred > file.size()) {
      throw damaged(cluster, "the tables refer to more compressed data than the file holds");
    }
    int length = (int) Math.min(header.clusterBytes(), header.virtualSizeBytes() - guest);
    return new Cluster(guest, length, offset, (int) size, true);
  }

  private boolean isZero(long entry) {
    if ((entry & COMPRESSED) != 0) {
      return false;
    }
    return (entry & OFFSET_MASK) == 0 || (header.version() >= 3 && (entry & ZERO) != 0);
  }

  private long entry(long cluster) {
    return ByteBuffer.wrap(l2).getLong((int) (cluster % header.l2Entries()) * 8);
  }

  private boolean load(long number) {
    if (number == l2Number) {
      return l2Offset != 0;
    }
    long part = number / L1_PART;
    if (part != l1Part) {
      int entries = (int) Math.min(L1_PART, header.l1Entries() - part * L1_PART);
      file.read(header.l1Offset() + part * l1.length, l1, 0, entries * 8, "L1 table");
      l1Part = part;
    }
    l2Offset = ByteBuffer.wrap(l1).getLong((int) (number % L1_PART) * 8) & OFFSET_MASK;
    l2Number = number;
    if (l2Offset == 0) {
      return false;
    }
    if (l2Offset % header.clusterBytes() != 0 || l2Offset < header.clusterBytes()) {
      throw Problems.damaged(
          file.name(),
          header.l1Offset() + number * 8,
          "L1 table, entry " + number,
          "an L2 table cannot be at byte " + l2Offset);
    }
    referred += l2.length;
    if (referred > file.size()) {
      throw Problems.damaged(
          file.name(),
          header.l1Offset() + number * 8,
          "L1 table, entry " + number,
          "the tables refer to more data than the file holds");
    }
    file.read(l2Offset, l2, 0, l2.length, "L2 table");
    return true;
  }

  private IntermodalException damaged(long cluster, String why) {
    long index = cluster % header.l2Entries();
    return Problems.damaged(
        file.name(), l2Offset + index * 8, "L2 table " + l2Number + ", entry " + index, why);
  }

  /** Where a cluster of the guest is stored. */
  record Cluster(long guest, int length, long storedAt, int size, boolean compressed) {}
}
