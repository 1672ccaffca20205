package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.SECTOR;

import io.intermodal.disk.DiskError;
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
    long directoryOffset,
    long overHead,
    int compressAlgorithm) {

  static final int MAGIC = 0x564D444B;
  static final int ZERO_GRAINS = 1 << 2;
  static final int COMPRESSED_GRAINS = 1 << 16;
  static final int MARKERS = 1 << 17;
  static final long DIRECTORY_AT_END = -1L;
  static final int ENTRIES_PER_TABLE = 512;

  /** VMware's own: newline test, compressed grains, markers. */
  private static final int FLAGS = 0x30001;

  /** What carriage returns and newlines become when a file was moved as text. */
  private static final int NEWLINES = 0x0A0D200A;

  private static final int MAX_TABLE_SECTORS = 4;

  static SparseHeader forWriting(long capacity, long directoryOffset) {
    return new SparseHeader(
        3, FLAGS, capacity, 128, 1, 20, ENTRIES_PER_TABLE, directoryOffset, 128, 1);
  }

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
            b.getLong(56),
            b.getLong(64),
            Short.toUnsignedInt(b.getShort(77)));
    if (b.getInt(73) != NEWLINES && (header.flags & 1) != 0) {
      throw Problems.damaged(
          name, at + 73, "VMDK header", "its line ends are changed: it was moved as text");
    }
    header.validate(name, at);
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
    return parse(stored.name(), at + SECTOR, footer);
  }

  private void validate(String name, long at) {
    if (version < 1 || version > 3) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED, name, at + 4, "VMDK header", "version " + version);
    }
    if ((flags & COMPRESSED_GRAINS) == 0 || (flags & MARKERS) == 0) {
      throw Problems.at(
          DiskError.FORMAT_UNSUPPORTED,
          name,
          at + 8,
          "VMDK header",
          "it is monolithicSparse (no compressed grains), which is not read yet; convert it to"
              + " streamOptimized first");
    }
    if (compressAlgorithm != 1) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED,
          name,
          at + 77,
          "VMDK header",
          "compression algorithm " + compressAlgorithm + ", only deflate (1) exists");
    }
    if (Long.bitCount(grainSize) != 1 || grainSize < 8 || grainSize > Geometry.MAX_UNIT / SECTOR) {
      throw Problems.damaged(
          name,
          at + 20,
          "VMDK header",
          "grain size " + Long.toUnsignedString(grainSize) + " is no power of 2 in 8..4096");
    }
    if (entriesPerTable != ENTRIES_PER_TABLE) {
      throw Problems.damaged(
          name, at + 44, "VMDK header", entriesPerTable + " entries per grain table, not 512");
    }
    if (capacity < 0 || capacity > Geometry.MAX_VIRTUAL_BYTES / SECTOR) {
      throw Problems.at(
          DiskError.TOO_LARGE,
          name,
          at + 12,
          "VMDK header",
          "the capacity of "
              + Long.toUnsignedString(capacity)
              + " sectors is over the cap of 64 TiB");
    }
    if (overHead < 1 || overHead > maxOverHead()) {
      throw Problems.damaged(
          name,
          at + 64,
          "VMDK header",
          "the first grain cannot be at sector " + Long.toUnsignedString(overHead));
    }
    boolean descriptor = descriptorSize != 0;
    if (descriptor
        && (descriptorSize < 0
            || descriptorOffset < 1
            || descriptorOffset >= overHead
            || descriptorSize > overHead - descriptorOffset)) {
      throw Problems.damaged(
          name, at + 28, "VMDK header", "the descriptor does not lie before the first grain");
    }
  }

  /** Two copies of all tables, the descriptor and generous padding; more would be a bomb. */
  private long maxOverHead() {
    return 2 * (tables() * MAX_TABLE_SECTORS + directorySectors()) + 65536;
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

  byte[] toSector() {
    ByteBuffer b = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(MAGIC).putInt(version).putInt(flags);
    b.putLong(capacity).putLong(grainSize).putLong(descriptorOffset).putLong(descriptorSize);
    b.putInt(entriesPerTable).putLong(0).putLong(directoryOffset).putLong(overHead);
    b.put((byte) 0).putInt(NEWLINES).putShort((short) compressAlgorithm);
    return b.array();
  }
}
