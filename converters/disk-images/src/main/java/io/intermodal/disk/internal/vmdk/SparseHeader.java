package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.SECTOR;

import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The header of a hosted sparse extent, which the footer repeats ("Virtual Disk Format" 5.0,
 * section "Hosted Sparse Extent Header"). All numbers are in sectors, little-endian.
 */
record SparseHeader(
    int version,
    int flags,
    long capacity,
    long grainSize,
    long descriptorOffset,
    long descriptorSize,
    int entriesPerTable,
    long redundantOffset,
    long directoryOffset,
    long overHead,
    boolean unclean,
    int compressAlgorithm) {

  static final int MAGIC = 0x564D444B;
  static final int REDUNDANT_TABLES = 1 << 1;
  static final int ZERO_GRAINS = 1 << 2;
  static final int COMPRESSED_GRAINS = 1 << 16;
  static final int MARKERS = 1 << 17;
  static final long DIRECTORY_AT_END = -1L;
  static final int ENTRIES_PER_TABLE = 512;
  static final int TABLE_SECTORS = ENTRIES_PER_TABLE * 4 / SECTOR;

  /** VMware's own for streamOptimized: newline test, compressed grains, markers. */
  static final int STREAM_FLAGS = 0x30001;

  static final int STREAM_VERSION = 3;

  /** Newline test, redundant tables. */
  private static final int PLAIN_FLAGS = 3;

  /** The grain that everything is written with: 64 KiB. */
  static final long GRAIN_SECTORS = Geometry.BLOCK / SECTOR;

  /** What carriage returns and newlines become when a file was moved as text. */
  private static final int NEWLINES = 0x0A0D200A;

  /** The largest grain that is not compressed: 32 MiB. */
  private static final long MAX_PLAIN_GRAIN = 65536;

  static SparseHeader forStream(long capacity, long descriptorSectors, long directoryOffset) {
    return new SparseHeader(
        STREAM_VERSION,
        STREAM_FLAGS,
        capacity,
        GRAIN_SECTORS,
        1,
        descriptorSectors,
        ENTRIES_PER_TABLE,
        0,
        directoryOffset,
        Geometry.roundUp(1 + descriptorSectors, GRAIN_SECTORS),
        false,
        1);
  }

  static SparseHeader forPlain(
      long capacity,
      long descriptorSectors,
      long redundantOffset,
      long directoryOffset,
      long overHead) {
    return new SparseHeader(
        1,
        PLAIN_FLAGS,
        capacity,
        GRAIN_SECTORS,
        1,
        descriptorSectors,
        ENTRIES_PER_TABLE,
        redundantOffset,
        directoryOffset,
        overHead,
        false,
        0);
  }

  /** Reads one and checks what holds for every sparse extent. */
  static SparseHeader parse(String name, long at, byte[] sector) {
    ByteBuffer b = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
    if (b.getInt(0) != MAGIC) {
      throw Problems.damaged(name, at, "VMDK header", "it does not start with KDMV");
    }
    SparseHeader header =
        new SparseHeader(
            b.getInt(4),
            b.getInt(8),
            b.getLong(12),
            b.getLong(20),
            b.getLong(28),
            b.getLong(36),
            b.getInt(44),
            b.getLong(48),
            b.getLong(56),
            b.getLong(64),
            b.get(72) != 0,
            Short.toUnsignedInt(b.getShort(77)));
    if (b.getInt(73) != NEWLINES && (header.flags & 1) != 0) {
      throw Problems.damaged(
          name, at + 73, "VMDK header", "its line ends are changed: it was moved as text");
    }
    new SparseHeaderCheck(name, at, header).common(MAX_PLAIN_GRAIN);
    return header;
  }

  /** Reads one of a streamOptimized extent. */
  static SparseHeader parseCompressed(String name, long at, byte[] sector) {
    SparseHeader header = parse(name, at, sector);
    new SparseHeaderCheck(name, at, header).compressed();
    return header;
  }

  /** Reads one of an extent whose grains are the guest's bytes. */
  static SparseHeader parsePlain(String name, long at, byte[] sector) {
    SparseHeader header = parse(name, at, sector);
    new SparseHeaderCheck(name, at, header).plain();
    return header;
  }

  /** Looks where the footer must be: before the last sector, behind its marker. */
  static @Nullable SparseHeader findFooter(StoredBytes stored) {
    long at = stored.size() - 3L * SECTOR;
    if (at < SECTOR || at % SECTOR != 0) {
      return null;
    }
    byte[] tail = new byte[2 * SECTOR];
    stored.read(at, tail, 0, tail.length, "footer");
    Marker marker = Marker.parse(tail);
    if (marker.isGrain() || marker.type() != Marker.FOOTER || marker.value() != 1) {
      return null;
    }
    byte[] footer = Arrays.copyOfRange(tail, SECTOR, 2 * SECTOR);
    return parseCompressed(stored.name(), at + SECTOR, footer);
  }

  /** Returns the size of a grain in bytes. */
  long grainBytes() {
    return grainSize * SECTOR;
  }

  /** Returns how many grains the capacity needs. */
  long grains() {
    return (capacity + grainSize - 1) / grainSize;
  }

  /** Returns how many grain tables the capacity needs. */
  long tables() {
    long perTable = grainSize * ENTRIES_PER_TABLE;
    return (capacity + perTable - 1) / perTable;
  }

  /** Returns how long the grain directory is. */
  long directorySectors() {
    return (tables() * 4 + SECTOR - 1) / SECTOR;
  }

  /** Tells whether directory and tables follow the grains, as VMware writes them. */
  boolean tablesAtEnd() {
    return directoryOffset == DIRECTORY_AT_END;
  }

  boolean hasRedundantTables() {
    return (flags & REDUNDANT_TABLES) != 0 && redundantOffset != 0;
  }

  /** Tells whether an entry of 1 stands for a grain of zeros that is not stored. */
  boolean hasZeroGrains() {
    return (flags & ZERO_GRAINS) != 0;
  }

  byte[] toSector() {
    ByteBuffer b = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(MAGIC).putInt(version).putInt(flags);
    b.putLong(capacity).putLong(grainSize).putLong(descriptorOffset).putLong(descriptorSize);
    b.putInt(entriesPerTable).putLong(redundantOffset).putLong(directoryOffset).putLong(overHead);
    b.put((byte) (unclean ? 1 : 0)).putInt(NEWLINES).putShort((short) compressAlgorithm);
    return b.array();
  }
}
