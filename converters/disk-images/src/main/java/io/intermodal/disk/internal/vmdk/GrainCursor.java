package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.vmdk.SparseHeader.ENTRIES_PER_TABLE;

import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.Zeros;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks grain directory and grain tables in the guest's order with one part of each in memory, and
 * holds the redundant ones against them where there are any. What the tables refer to may not add
 * up to more than the file holds, so that no table makes a small file yield a large disk.
 */
final class GrainCursor {

  private static final int TABLE_BYTES = ENTRIES_PER_TABLE * 4;
  private static final int ZERO_GRAIN = 1;

  private final StoredBytes file;
  private final SparseHeader header;
  private final Cancellation cancellation;
  private final Directory directory;
  private final @Nullable Directory redundant;
  private final byte[] bytes = new byte[TABLE_BYTES];
  private final byte[] copy = new byte[TABLE_BYTES];
  private final ByteBuffer entries = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

  /** The table in memory, -1 before the first. */
  private long table = -1;

  /** Where the table in memory stands; 0 when it has no grain. */
  private long tableAt;

  private long referred;
  private long differing;
  private long firstDiffering;

  GrainCursor(StoredBytes file, SparseHeader header, Cancellation cancellation) {
    this.file = file;
    this.header = header;
    this.cancellation = cancellation;
    this.directory = new Directory(file, header.directoryOffset(), header.tables());
    if (!directory.fits()) {
      throw Problems.damaged(
          file.name(),
          56,
          "VMDK header",
          "the grain directory cannot be at sector "
              + Long.toUnsignedString(header.directoryOffset()));
    }
    this.redundant =
        header.hasRedundantTables()
            ? new Directory(file, header.redundantOffset(), header.tables())
            : null;
  }

  /** Finds the first grain from {@code grain} on that is stored; {@code end} if there is none. */
  long next(long grain, long end) {
    long at = grain;
    while (at < end) {
      load(at / ENTRIES_PER_TABLE);
      if (tableAt == 0) {
        at = (at / ENTRIES_PER_TABLE + 1) * ENTRIES_PER_TABLE;
      } else if (isStored(at)) {
        return at;
      } else {
        at++;
      }
    }
    return end;
  }

  boolean isStored(long grain) {
    load(grain / ENTRIES_PER_TABLE);
    int entry = tableAt == 0 ? 0 : entry(grain);
    return entry != 0 && !(entry == ZERO_GRAIN && header.hasZeroGrains());
  }

  /** Returns the sector where a grain that is stored starts. */
  long sector(long grain) {
    load(grain / ENTRIES_PER_TABLE);
    return Integer.toUnsignedLong(entry(grain));
  }

  /** Counts bytes that an entry refers to; each is counted once. */
  void count(long grain, long length) {
    referred += length;
    if (referred > file.size()) {
      throw damaged(grain, "the tables refer to more data than the file holds");
    }
  }

  /** Makes the error for an entry. */
  IntermodalException damaged(long grain, String why) {
    long index = grain % ENTRIES_PER_TABLE;
    return Problems.damaged(
        file.name(), tableAt + index * 4, "grain table " + table + ", entry " + index, why);
  }

  List<String> notes() {
    return differing == 0
        ? List.of()
        : List.of(
            "the redundant tables differ from the grain tables in "
                + differing
                + " of them, the first is table "
                + firstDiffering
                + "; the grain tables were taken");
  }

  private int entry(long grain) {
    return entries.getInt((int) (grain % ENTRIES_PER_TABLE) * 4);
  }

  private void load(long number) {
    if (number == table) {
      return;
    }
    cancellation.check("read " + file.name());
    long at = directory.table(number);
    if (at > file.size() - TABLE_BYTES || (at != 0 && at < 2 * SECTOR)) {
      throw Problems.damaged(
          file.name(),
          directory.at(number),
          "grain directory, entry " + number,
          "a grain table cannot be at byte " + at);
    }
    table = number;
    tableAt = at;
    Arrays.fill(bytes, (byte) 0);
    if (at != 0) {
      count(number * ENTRIES_PER_TABLE, TABLE_BYTES);
      file.read(at, bytes, 0, TABLE_BYTES, "grain table " + number);
    }
    compareWithCopy(number);
    if (Zeros.isZero(bytes, 0, TABLE_BYTES)) {
      tableAt = 0;
    }
  }

  private void compareWithCopy(long number) {
    if (redundant == null) {
      return;
    }
    Arrays.fill(copy, (byte) 0);
    boolean readable = redundant.fits();
    long at = readable ? redundant.table(number) : 0;
    readable &= at <= file.size() - TABLE_BYTES;
    if (readable && at != 0) {
      file.read(at, copy, 0, TABLE_BYTES, "redundant grain table " + number);
    }
    if (!readable || !Arrays.equals(bytes, copy)) {
      firstDiffering = differing == 0 ? number : firstDiffering;
      differing++;
    }
  }

  /** One of the two directories, of which a part is in memory. */
  private static final class Directory {

    private static final int PART = 8192;

    private final StoredBytes file;
    private final long sector;
    private final long tables;
    private final byte[] bytes = new byte[PART * 4];
    private long part = -1;

    Directory(StoredBytes file, long sector, long tables) {
      this.file = file;
      this.sector = sector;
      this.tables = tables;
    }

    boolean fits() {
      long most = file.size() - tables * 4;
      return sector > 0 && most >= 0 && sector <= most / SECTOR;
    }

    long at(long number) {
      return sector * SECTOR + number * 4;
    }

    /** Returns the byte where a table starts; 0 when there is none. */
    long table(long number) {
      if (number / PART != part) {
        part = number / PART;
        int count = (int) Math.min(PART, tables - part * PART);
        file.read(at(part * PART), bytes, 0, count * 4, "grain directory");
      }
      ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      return Integer.toUnsignedLong(b.getInt((int) (number % PART) * 4)) * SECTOR;
    }
  }
}
