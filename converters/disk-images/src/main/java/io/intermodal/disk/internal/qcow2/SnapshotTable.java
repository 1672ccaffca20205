package io.intermodal.disk.internal.qcow2;

import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the tables of internal snapshots are (QEMU docs/interop/qcow2, "Snapshots").
 *
 * @param bytes how long the table is
 */
record SnapshotTable(long bytes, List<L1> tables) {

  private static final int FIXED = 40;
  private static final int MAX_EXTRA = 64 * 1024;
  private static final long MAX_BYTES = 64L << 20;

  /** One snapshot's table of L2 tables. */
  record L1(long offset, int entries) {}

  SnapshotTable {
    tables = List.copyOf(tables);
  }

  static SnapshotTable read(StoredBytes file, Qcow2Header header) {
    List<L1> tables = new ArrayList<>();
    long start = header.snapshotsOffset();
    long at = start;
    byte[] fixed = new byte[FIXED];
    ByteBuffer b = ByteBuffer.wrap(fixed);
    for (int i = 0; i < header.snapshots(); i++) {
      file.read(at, fixed, 0, FIXED, "snapshot table, entry " + i);
      int entries = b.getInt(8);
      int extra = b.getInt(36);
      if (extra < 0 || extra > MAX_EXTRA || entries < 0 || at - start > MAX_BYTES) {
        throw Problems.damaged(
            file.name(), at, "snapshot table, entry " + i, "its lengths cannot be");
      }
      long names = (long) b.getChar(12) + b.getChar(14);
      tables.add(new L1(b.getLong(0), entries));
      at += Geometry.roundUp(FIXED + extra + names, 8);
    }
    return new SnapshotTable(at - start, tables);
  }
}
