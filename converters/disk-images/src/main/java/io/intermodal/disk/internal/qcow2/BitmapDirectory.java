package io.intermodal.disk.internal.qcow2;

import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.qcow2.Qcow2Header.Bitmaps;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Where the tables of persistent bitmaps are (QEMU docs/interop/qcow2, "Bitmaps"). */
record BitmapDirectory(List<Table> tables) {

  private static final int FIXED = 24;
  private static final int MAX_COUNT = 65535;
  private static final int MAX_EXTRA = 64 * 1024;

  /** One bitmap's table of clusters. */
  record Table(long offset, int entries) {}

  BitmapDirectory {
    tables = List.copyOf(tables);
  }

  static BitmapDirectory read(StoredBytes file, Bitmaps bitmaps) {
    List<Table> tables = new ArrayList<>();
    long at = bitmaps.directoryOffset();
    long end = Math.addExact(at, bitmaps.directoryBytes());
    if (bitmaps.count() < 0 || bitmaps.count() > MAX_COUNT || at < 0 || end > file.size()) {
      throw Problems.damaged(file.name(), at, "directory of bitmaps", "it cannot be there");
    }
    byte[] fixed = new byte[FIXED];
    ByteBuffer b = ByteBuffer.wrap(fixed);
    for (int i = 0; i < bitmaps.count(); i++) {
      file.read(at, fixed, 0, FIXED, "directory of bitmaps, entry " + i);
      int extra = b.getInt(20);
      if (extra < 0 || extra > MAX_EXTRA || b.getInt(8) < 0 || at > end - FIXED) {
        throw Problems.damaged(
            file.name(), at, "directory of bitmaps, entry " + i, "its lengths cannot be");
      }
      tables.add(new Table(b.getLong(0), b.getInt(8)));
      at += Geometry.roundUp(FIXED + extra + b.getChar(18), 8);
    }
    return new BitmapDirectory(tables);
  }
}
